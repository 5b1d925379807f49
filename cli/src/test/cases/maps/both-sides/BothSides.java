import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfArrayOfMaps;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfHashOfMaps;
import org.bpf4j.lang.BpfLpmTrie;
import org.bpf4j.lang.BpfLruHashMap;
import org.bpf4j.lang.BpfLruPerCpuHashMap;
import org.bpf4j.lang.BpfPerCpuArray;
import org.bpf4j.lang.BpfPerCpuHashMap;
import org.bpf4j.lang.BpfQueue;
import org.bpf4j.lang.BpfStack;
import org.bpf4j.lang.PerfEventArray;
import org.bpf4j.lang.ProgramArray;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;
import org.bpf4j.lang.net.Ipv4Prefix;

@Bpf(license = "GPL")
public final class BothSides {

  enum Stage {
    NEXT
  }

  @Struct
  static final class Letter {
    long number;
  }

  static final BpfArray<Long> array = BpfArray.create(4);
  static final BpfPerCpuArray<Long> perCpuArray = BpfPerCpuArray.create(4);
  static final BpfHashMap<Integer, Long> hash = BpfHashMap.create(4);
  static final BpfPerCpuHashMap<Integer, Long> perCpuHash = BpfPerCpuHashMap.create(4);
  static final BpfLruHashMap<Integer, Long> lru = BpfLruHashMap.create(64);
  static final BpfLruPerCpuHashMap<Integer, Long> perCpuLru = BpfLruPerCpuHashMap.create(64);
  static final BpfLpmTrie<Ipv4Prefix, Long> routes = BpfLpmTrie.create(4);
  static final BpfQueue<Long> queue = BpfQueue.create(4);
  static final BpfStack<Long> stack = BpfStack.create(4);
  static final BpfArrayOfMaps<BpfArray<Long>> arrays = BpfArrayOfMaps.create(4, BpfArray.create(2));
  static final BpfHashOfMaps<Integer, BpfHashMap<Integer, Long>> tables =
      BpfHashOfMaps.create(4, BpfHashMap.create(2));
  static final ProgramArray<Stage> stages = ProgramArray.create();
  static final RingBuffer<Letter> sent = RingBuffer.ofBytes(1 << 12);
  static final PerfEventArray<Letter> events = PerfEventArray.create();

  static int passed;

  @Tc
  static TcAction keyed() {
    array.put(2, array.get(1) + 1);
    perCpuArray.put(2, perCpuArray.get(1) + 1);
    Long value = hash.get(1);
    hash.put(2, value == null ? 0 : value + 1);
    value = perCpuHash.get(1);
    perCpuHash.put(2, value == null ? 0 : value + 1);
    value = lru.get(1);
    lru.put(2, value == null ? 0 : value + 1);
    value = perCpuLru.get(1);
    perCpuLru.put(2, value == null ? 0 : value + 1);
    value = routes.get(new Ipv4Prefix(32, 0x0a000001));
    routes.put(new Ipv4Prefix(16, 0x0b000000), value == null ? 0 : value + 1);
    return TcAction.OK;
  }

  @Tc
  static TcAction unkeyed() {
    Long first = queue.pop();
    stack.push(first == null ? 0 : first + 1);
    Long top = stack.peek();
    queue.push(top == null ? 0 : top + 1);
    return TcAction.OK;
  }

  @Tc
  static TcAction inner() {
    BpfArray<Long> there = arrays.get(1);
    BpfHashMap<Integer, Long> table = tables.get(1);
    if (there == null || table == null) {
      return TcAction.SHOT;
    }
    Long value = table.get(1);
    there.put(1, value == null ? 0 : value + 1);
    table.put(2, there.get(1) + 1);
    return TcAction.OK;
  }

  @Tc
  static TcAction call() {
    stages.call(Stage.NEXT);
    return TcAction.OK;
  }

  @Tc
  static TcAction next() {
    passed++;
    return TcAction.SHOT;
  }

  @Tc
  static TcAction records(TcContext context) {
    Letter first = sent.reserve();
    if (first == null) {
      return TcAction.SHOT;
    }
    first.number = 21;
    sent.submit(first);
    Letter second = new Letter();
    second.number = 22;
    return events.output(context, second) ? TcAction.OK : TcAction.SHOT;
  }
}
