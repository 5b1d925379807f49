import java.util.concurrent.atomic.AtomicInteger;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.PerCpu;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Structs;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class StructsEverywhere {

  @Struct
  static final class Bucket {
    final AtomicInteger hits = new AtomicInteger();
    short least;
    short greatest;
  }

  @Struct
  static final class Leaf {
    final BpfString name = BpfString.ofSize(4);
    final byte[] bytes = new byte[3];
  }

  @Struct
  static final class Stats {
    int packets;
    final Bucket[] buckets = Structs.fill(new Bucket[4], Bucket::new);
    final Leaf leaf = new Leaf();
  }

  static final BpfHashMap<Integer, Stats> byKey = BpfHashMap.create(8);
  static final RingBuffer<Stats> events = RingBuffer.ofBytes(4096);
  static final PerCpu<Stats> scratch = PerCpu.create();
  static final Bucket[] shared = Structs.fill(new Bucket[2], Bucket::new);
  static final Stats latest = new Stats();

  private static void note(Bucket bucket, int length) {
    if (bucket.hits.getAndIncrement() == 0 || length < bucket.least) {
      bucket.least = (short) length;
    }
    if (length > bucket.greatest) {
      bucket.greatest = (short) length;
    }
  }

  @Xdp
  static XdpAction program(XdpContext ctx) {
    int length = ctx.length();
    Stats stats = byKey.get(0);
    if (stats == null) {
      Stats fresh = new Stats();
      fresh.packets = 1;
      note(fresh.buckets[length % 4], length);
      fresh.leaf.bytes[2] = 9;
      byKey.put(0, fresh);
      return XdpAction.PASS;
    }
    stats.packets++;
    note(stats.buckets[length % 4], length);
    note(shared[length & 1], length);
    Helpers.copy(stats, latest);
    Helpers.copy(stats.buckets[0], shared[1]);
    Stats s = scratch.get();
    Helpers.copy(stats, s);
    s.leaf.bytes[0]++;
    Stats event = events.reserve();
    if (event == null) {
      return XdpAction.DROP;
    }
    Helpers.copy(s, event);
    events.submit(event);
    return XdpAction.TX;
  }
}
