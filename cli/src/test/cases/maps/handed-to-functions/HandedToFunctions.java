import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfArrayOfMaps;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfLpmTrie;
import org.bpf4j.lang.BpfQueue;
import org.bpf4j.lang.BpfTimer;
import org.bpf4j.lang.PerCpu;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Ipv4Prefix;

@Bpf(license = "GPL")
public final class HandedToFunctions {

  @Struct
  static final class Stats {
    long packets;
    long bytes;
  }

  @Struct
  static final class Session {
    int started;
    final BpfTimer expiry = new BpfTimer();
  }

  static final BpfHashMap<Integer, Long> even = BpfHashMap.create(16);
  static final BpfHashMap<Integer, Long> odd = BpfHashMap.create(16);
  static final BpfArrayOfMaps<BpfHashMap<Integer, Long>> tenants =
      BpfArrayOfMaps.create(4, BpfHashMap.create(16));
  static final BpfHashMap<Integer, Stats> sources = BpfHashMap.create(16);
  static final BpfHashMap<Integer, Stats> targets = BpfHashMap.create(16);
  static final BpfArray<AtomicLong> counts = BpfArray.create(4);
  static final RingBuffer<Stats> events = RingBuffer.ofBytes(4_096);
  static final BpfQueue<Long> queue = BpfQueue.create(4);
  static final BpfLpmTrie<Ipv4Prefix, Integer> routes = BpfLpmTrie.create(4);
  static final PerCpu<Stats> scratch = PerCpu.create();
  static final BpfHashMap<Integer, Session> sessions = BpfHashMap.create(4);
  static long sum;

  static void bump(BpfHashMap<Integer, Long> map, int key) {
    Long before = map.get(key);
    map.put(key, before == null ? 1 : before + 1);
  }

  static BpfHashMap<Integer, Long> pick(int number) {
    return number % 2 == 0 ? even : odd;
  }

  static void elsewhere(BpfHashMap<Integer, Long> map, int key) {
    if (key > 7) {
      map = odd;
    }
    bump(map, key);
  }

  static Stats entry(BpfHashMap<Integer, Stats> map, int key) {
    Stats known = map.get(key);
    if (known != null) {
      return known;
    }
    map.put(key, new Stats());
    return map.get(key);
  }

  static void count(BpfHashMap<Integer, Stats> map, int key, int bytes) {
    Stats stats = entry(map, key);
    if (stats != null) {
      stats.packets += 1;
      stats.bytes += bytes;
    }
  }

  static void event(RingBuffer<Stats> ring, int bytes) {
    Stats stats = ring.reserve();
    if (stats == null) {
      return;
    }
    stats.bytes = bytes;
    ring.submit(stats);
  }

  static void start(BpfHashMap<Integer, Session> map, int id) {
    map.putIfAbsent(id, new Session());
    Session session = map.get(id);
    if (session != null) {
      session.started++;
      session.expiry.start(map, 60_000_000_000L, (key, old) -> map.remove(key));
    }
  }

  static int next(BpfLpmTrie<Ipv4Prefix, Integer> table, int address) {
    return table.getOrDefault(Ipv4Prefix.of(address), -1);
  }

  static long total(BpfHashMap<Integer, Long> map) {
    long[] total = new long[1];
    map.forEach((key, value) -> total[0] += key * value);
    return total[0];
  }

  @Xdp
  static XdpAction count(XdpContext context) {
    int length = context.length();
    bump(even, 1);
    bump(odd, 2);
    bump(pick(length), 3);
    elsewhere(even, length & 15);
    BpfHashMap<Integer, Long> tenant = tenants.get(length & 3);
    if (tenant != null) {
      bump(tenant, 5);
    }
    count(sources, 1, length);
    count(targets, 2, length);
    counts.get(1).incrementAndGet();
    twice(counts, 2);
    event(events, length);
    queue.push((long) next(routes, 0x0a000001));
    twice(scratch.get());
    start(sessions, length);
    sum = total(even) * 1_000 + total(odd);
    return XdpAction.PASS;
  }

  static void twice(BpfArray<AtomicLong> array, int index) {
    array.get(index).addAndGet(2);
  }

  static void twice(Stats stats) {
    stats.packets *= 2;
  }
}
