package org.bpf4j.examples.tracing;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Usdt;

/// Sees the threads that a JVM starts, by the static probes of HotSpot.
@Bpf(license = "GPL")
public final class JvmThreads {

  @Config static int process = -1;

  static long started;
  static long thread;
  static int nameLength;
  static boolean daemon;
  static final BpfString name = BpfString.ofSize(32);

  @Usdt(binary = "libjvm.so", provider = "hotspot", name = "thread__start")
  static void start(long nameAt, int length, long javaThread, long nativeThread, boolean isDaemon) {
    if ((int) (Helpers.getCurrentPidTgid() >>> 32) != process) {
      return;
    }
    started++;
    thread = javaThread;
    nameLength = length;
    daemon = isDaemon;
    Helpers.probeReadUserStr(name, nameAt);
  }

  private JvmThreads() {}
}
