package org.bpf4j.examples.maps;

import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfLruHashMap;
import org.bpf4j.lang.BpfPerCpuArray;
import org.bpf4j.lang.BpfPerCpuHashMap;
import org.bpf4j.lang.MapFlag;
import org.bpf4j.lang.MapFlags;
import org.bpf4j.lang.PerfEventArray;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

/// The maps, streams and packet hooks that most programs are made of, and every kernel has.
@Bpf(license = "GPL")
public final class CoreSet {

  /// Which program saw how long a packet.
  @Struct
  public static final class Seen {
    public int hook;
    public int length;
  }

  static final BpfHashMap<Integer, Long> table = BpfHashMap.create(1_000);
  static final BpfLruHashMap<Integer, Long> recent = BpfLruHashMap.create(1_000);
  static final BpfPerCpuArray<AtomicLong> perCpu = BpfPerCpuArray.create(2);
  static final BpfPerCpuHashMap<Integer, Long> perCpuTable = BpfPerCpuHashMap.create(100);

  @MapFlags(MapFlag.MMAPABLE)
  static final BpfArray<AtomicLong> slots = BpfArray.create(2);

  static final RingBuffer<Seen> ring = RingBuffer.ofBytes(1 << 16);
  static final PerfEventArray<Seen> perf = PerfEventArray.create();

  private CoreSet() {}

  @Xdp
  static XdpAction early(XdpContext ctx) {
    count(0);
    Seen seen = ring.reserve();
    if (seen != null) {
      seen.hook = 0;
      seen.length = ctx.length();
      ring.submit(seen);
    }
    return XdpAction.PASS;
  }

  @Tc
  static TcAction later(TcContext ctx) {
    count(1);
    Seen seen = new Seen();
    seen.hook = 1;
    seen.length = ctx.length();
    perf.output(ctx, seen);
    return TcAction.OK;
  }

  private static void count(int hook) {
    slots.get(hook).incrementAndGet();
    perCpu.get(hook).incrementAndGet();
    Long before = table.get(hook);
    table.put(hook, before == null ? 1L : before + 1);
    recent.put(hook, before == null ? 1L : before + 1);
    Long own = perCpuTable.get(hook);
    perCpuTable.put(hook, own == null ? 1L : own + 1);
  }
}
