package org.bpf4j.sim;

import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Be16;
import org.bpf4j.lang.Be32;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfFunction;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfLruPerCpuHashMap;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.Header;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelString;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Kprobe;
import org.bpf4j.lang.Name;
import org.bpf4j.lang.PerCpu;
import org.bpf4j.lang.RawTracepoint;
import org.bpf4j.lang.RawTracepointContext;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;
import org.bpf4j.lang.Tracepoint;
import org.bpf4j.lang.TracepointArgs;
import org.bpf4j.lang.U8;
import org.bpf4j.lang.Value;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.Ipv4;
import org.jspecify.annotations.Nullable;

/// Programs that run as Java in [JavaKernelTest], one for each thing to try.
@Bpf(license = "GPL")
final class JavaPrograms {

  enum Color {
    @Value(3)
    RED,
    @Value(5)
    BLUE
  }

  record Flow(@Be32 int source, @Be16 int port) {}

  @Struct
  static final class Inner {
    short small = 9;
  }

  @Struct
  static final class Stats {
    long packets;
    @U8 int last;
    Color color = Color.RED;
    final AtomicLong bytes = new AtomicLong();
    final BpfString comm = BpfString.ofSize(8);
    final int[] sizes = new int[3];
    final Inner inner = new Inner();
  }

  @Struct
  static final class Event {
    int pid;
    final BpfString comm = BpfString.ofSize(16);
  }

  @Struct
  static final class Args {
    int left;
    int right;
    long sum;
  }

  static final BpfHashMap<Flow, Boolean> blocked = BpfHashMap.create(2);
  static final BpfLruPerCpuHashMap<Integer, Stats> stats = BpfLruPerCpuHashMap.create(2);

  @Name("count")
  static final BpfArray<Long> counts = BpfArray.create(4);

  static final RingBuffer<Event> events = RingBuffer.ofBytes(4096);
  static final PerCpu<Stats> scratch = PerCpu.create();

  @Config static boolean dropAll = false;
  static long seen = 7;
  static final AtomicLong total = new AtomicLong(1);
  static int[] table = {1, 2, 3};
  static int startedWith = 0;

  private JavaPrograms() {}

  @Xdp
  static XdpAction filter(XdpContext ctx) {
    seen++;
    total.addAndGet(ctx.length());
    table[1] += 10;
    if (dropAll) {
      return XdpAction.DROP;
    }
    Ethernet eth = ctx.header(Ethernet.class, 0);
    if (eth == null || eth.etherType() != EtherType.IPV4) {
      return XdpAction.PASS;
    }
    Ipv4 ip = ctx.header(Ipv4.class, Ethernet.BYTES);
    if (ip == null) {
      return XdpAction.ABORTED;
    }
    ip.ttl(ip.ttl() - 1);
    eth.swapAddresses();
    return blocked.containsKey(new Flow(ip.source(), 53)) ? XdpAction.TX : XdpAction.PASS;
  }

  @Xdp
  static XdpAction resize(XdpContext ctx) {
    boolean moved = ctx.adjustHead(-4) && ctx.adjustTail(2);
    Ethernet eth = ctx.header(Ethernet.class, 4);
    boolean bounds =
        ctx.header(Ethernet.class, ctx.length() - 14) != null
            && ctx.header(Ethernet.class, ctx.length() - 13) == null
            && ctx.header(Ethernet.class, -1) == null
            && ctx.header(Ethernet.class, Integer.MAX_VALUE) == null;
    boolean refused = ctx.adjustHead(-1000);
    return moved && eth != null && bounds && !refused && ctx.ingressIfindex() == 1
        ? XdpAction.TX
        : XdpAction.DROP;
  }

  @Xdp
  static XdpAction abort(XdpContext ctx) {
    counts.put(1, 11L);
    seen = 100;
    Event event = events.reserve();
    if (event == null) {
      return XdpAction.DROP;
    }
    int divisor = ctx.length() - 60;
    counts.put(2, (long) (60 / divisor));
    counts.put(ctx.length() == 61 ? 4 : 3, 13L);
    events.submit(event);
    return XdpAction.PASS;
  }

  @Tc
  static TcAction shape(TcContext ctx) {
    ctx.mark(ctx.mark() + 1);
    if (ctx.protocol() != EtherType.IPV4 || ctx.ifindex() != 1 || !ctx.pull(20)) {
      return TcAction.RECLASSIFY;
    }
    return ctx.changeTail(ctx.length() - 2) ? TcAction.OK : TcAction.SHOT;
  }

  @Tc
  static TcAction overflow(TcContext ctx) {
    ctx.mark(Math.addExact(ctx.mark(), Integer.MAX_VALUE));
    return TcAction.OK;
  }

  @Syscall
  static int add(Args args) {
    args.sum = (long) args.left + args.right;
    startedWith++;
    return startedWith;
  }

  @Syscall
  static int containers() {
    Stats fresh = new Stats();
    fresh.packets = 1;
    fresh.color = Color.BLUE;
    fresh.sizes[2] = -5;
    fresh.bytes.set(1L << 40);
    Helpers.getCurrentComm(fresh.comm);
    stats.put(1, fresh);
    fresh.packets = 99;
    Stats got = stats.get(1);
    if (got == null) {
      return -1;
    }
    got.packets++;
    got.inner.small--;
    Stats again = stats.get(1);
    Stats spare = scratch.get();
    Helpers.copy(got, spare);
    spare.last = 255;
    boolean same = again != null && again.packets == 2 && spare.inner.small == 8;
    stats.put(2, fresh);
    stats.put(3, fresh);
    boolean evicted = !stats.containsKey(1) && !stats.remove(1) && stats.remove(2);
    return same && evicted && !stats.putIfAbsent(3, fresh) ? 1 : 0;
  }

  @Syscall
  static int tooWide() {
    Stats got = scratch.get();
    got.packets = 5;
    got.last = 256;
    return 1;
  }

  @Syscall
  static int unknownColor() {
    Stats got = scratch.get();
    return switch (got.color) {
      case RED -> 1;
      case BLUE -> 2;
    };
  }

  @Syscall
  static int full() {
    boolean stored = blocked.put(new Flow(1, 1), true) && blocked.put(new Flow(2, 2), false);
    boolean overwritten = blocked.put(new Flow(1, 1), false);
    Boolean value = blocked.get(new Flow(1, 1));
    return stored && overwritten && !blocked.put(new Flow(3, 3), true) && value != null && !value
        ? 1
        : 0;
  }

  @Syscall
  static int keyOutOfRange() {
    return blocked.put(new Flow(1, 65_536), true) ? 1 : 2;
  }

  @Syscall
  static int log() {
    int sent = 0;
    for (int i = 0; i < 200; i++) {
      Event event = events.reserve();
      if (event == null) {
        continue;
      }
      event.pid = (int) Helpers.getCurrentPidTgid();
      Helpers.getCurrentComm(event.comm);
      if (i == 1) {
        events.discard(event);
      } else {
        events.submit(event);
        sent++;
      }
    }
    Helpers.printk("sent %d of %x, %s %c\n", sent, 200L, true ? 'y' : 'n', 'c');
    return sent;
  }

  @Syscall
  static int world() {
    return (int) (Helpers.ktimeGetNs() / 1_000_000_000)
        + 1_000 * Helpers.getSmpProcessorId()
        + 10_000 * (int) (Helpers.getCurrentUidGid() >>> 32);
  }

  @TracepointArgs("sched_process_exec")
  interface ExecArgs {
    KernelString filename();

    int pid();

    @Field({"gone", "old_pid"})
    int previous();

    @BpfFunction
    default int both() {
      return pid() * 100 + previous();
    }
  }

  @Tracepoint("sched/sched_process_exec")
  static int onExec(ExecArgs args) {
    Stats got = scratch.get();
    args.filename().copyTo(got.comm);
    return got.comm.startsWith("/bin") ? args.both() : -1;
  }

  @RawTracepoint("sched_switch")
  static int onSwitch(RawTracepointContext ctx) {
    return (int) ctx.argument(1) + 1;
  }

  @KernelStruct
  interface TaskStruct {
    int tgid();

    @Nullable TaskStruct realParent();

    KernelString comm();
  }

  @Kprobe("do_exit")
  static int onExit(int code, TaskStruct task, @U8 int low) {
    TaskStruct parent = task.realParent();
    Event event = events.reserve();
    if (event == null) {
      return -1;
    }
    task.comm().copyTo(event.comm);
    event.pid = low;
    events.submit(event);
    return parent == null ? code : parent.tgid();
  }

  @Header(bytes = 2)
  interface Pair {
    @U8
    int first();

    void first(int value);

    @BpfFunction
    default void next() {
      first(first() + 1);
    }
  }

  @Xdp
  static XdpAction ownView(XdpContext ctx) {
    Pair pair = ctx.header(Pair.class, 0);
    if (pair == null) {
      return XdpAction.DROP;
    }
    pair.next();
    return XdpAction.TX;
  }
}
