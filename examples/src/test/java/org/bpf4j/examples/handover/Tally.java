package org.bpf4j.examples.handover;

import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfPerCpuArray;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

/// Counts frames by their length in every sort of memory that user space shares with programs.
@Bpf(license = "GPL")
public final class Tally {

  /// What came of one length.
  @Struct
  static final class Sum {
    long frames;
    int length;
  }

  /// A frame.
  @Struct
  static final class Seen {
    int length;
    int step;
  }

  static final BpfHashMap<Integer, Sum> sums = BpfHashMap.create(128);
  static final BpfArray<AtomicLong> total = BpfArray.create(1);
  static final BpfPerCpuArray<Long> each = BpfPerCpuArray.create(1);
  static final RingBuffer<Seen> frames = RingBuffer.ofBytes(4096);

  @Config static int step = 1;
  static long counted;
  static int limit = 1_000;

  @Xdp
  static XdpAction tally(XdpContext ctx) {
    counted += step;
    total.get(0).addAndGet(step);
    int length = ctx.length();
    Sum sum = sums.get(length);
    if (sum == null) {
      Sum first = new Sum();
      first.frames = step;
      first.length = length;
      sums.put(length, first);
    } else {
      sum.frames += step;
    }
    Seen seen = frames.reserve();
    if (seen != null) {
      seen.length = length;
      seen.step = step;
      frames.submit(seen);
    }
    return length > limit ? XdpAction.DROP : XdpAction.PASS;
  }
}
