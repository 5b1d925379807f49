import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Be16;
import org.bpf4j.lang.Be32;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Buckets;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Fentry;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Structs;
import org.bpf4j.lang.U16;

/// Histograms of the round-trip times of TCP connections, by peer or for all together.
@Bpf(license = "GPL")
public final class TcpRtt {

  static final int SLOTS = 27;

  @KernelStruct
  interface Sock {
    @Field("__sk_common.skc_daddr")
    @Be32
    int destination();

    @Field("__sk_common.skc_num")
    @U16
    int sourcePort();

    @Field("__sk_common.skc_dport")
    @Be16
    int destinationPort();
  }

  @KernelStruct
  interface TcpSock {
    /// Eight times the smoothed time.
    int srttUs();
  }

  @Struct
  static final class Histogram {
    final AtomicLong totalUs = new AtomicLong();
    final AtomicLong count = new AtomicLong();
    final AtomicLong[] slots = Structs.fill(new AtomicLong[SLOTS], AtomicLong::new);
  }

  static final BpfHashMap<Integer, Histogram> histograms = BpfHashMap.create(10_240);

  @Config static boolean byPeer = false;
  @Config static boolean inMilliseconds = false;
  @Config static int onlyPort = 0;

  @Fentry("tcp_rcv_established")
  static void onReceived(Sock socket) {
    if (socket == null || onlyPort != 0 && onlyPort != socket.destinationPort()) return;
    TcpSock tcp = Helpers.skcToTcpSock(socket, TcpSock.class);
    if (tcp == null) return;

    int peer = byPeer ? socket.destination() : 0;
    Histogram histogram = histograms.get(peer);
    if (histogram == null) {
      histograms.putIfAbsent(peer, new Histogram());
      histogram = histograms.get(peer);
      if (histogram == null) return;
    }
    int us = tcp.srttUs() >>> 3;
    int slot = Buckets.log2(inMilliseconds ? us / 1_000 : us);
    histogram.slots[Math.min(slot, SLOTS - 1)].incrementAndGet();
    histogram.totalUs.addAndGet(us);
    histogram.count.incrementAndGet();
  }
}
