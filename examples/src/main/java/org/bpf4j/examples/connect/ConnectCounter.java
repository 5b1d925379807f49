package org.bpf4j.examples.connect;

import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Kprobe;
import org.bpf4j.lang.U16;

/// Counts the TCP connections that processes open, by process: a kprobe whose parameters are those
/// of the kernel function.
@Bpf(license = "GPL")
public final class ConnectCounter {

  /// The fields that are read of the kernel's `struct sock`; where they lie is found when loading.
  @KernelStruct("sock")
  interface Sock {
    @Field("__sk_common.skc_family")
    @U16
    int family();
  }

  static final BpfHashMap<Integer, Long> connects = BpfHashMap.create(10_240);
  static final AtomicLong total = new AtomicLong();

  /// Only this process is counted; 0 for all.
  @Config static int onlyProcess = 0;

  /// The address family of the last socket: 2 (`AF_INET`) for IPv4.
  static int lastFamily;

  @Kprobe("tcp_v4_connect")
  static void onConnect(Sock sock) {
    int process = (int) (Helpers.getCurrentPidTgid() >>> 32);
    if (onlyProcess != 0 && process != onlyProcess) {
      return;
    }
    Long before = connects.get(process);
    connects.put(process, before == null ? 1L : before + 1);
    total.incrementAndGet();
    if (sock != null) {
      lastFamily = sock.family();
    }
  }

  /// Prints the counts every two seconds, until it is interrupted.
  public static void main(String[] args) throws InterruptedException {
    try (var bpf = ConnectCounterBpf.load();
        var _ = bpf.attachAll()) {
      while (true) {
        Thread.sleep(2_000);
        System.out.println("connections: " + bpf.total());
        bpf.connects()
            .forEach((process, count) -> System.out.println("  " + process + ": " + count));
      }
    }
  }
}
