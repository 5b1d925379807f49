package org.bpf4j.examples.fault;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.CgroupEgressAction;
import org.bpf4j.lang.CgroupSkbEgress;
import org.bpf4j.lang.MapFlag;
import org.bpf4j.lang.MapFlags;
import org.bpf4j.lang.Pinned;
import org.bpf4j.lang.RawTracepoint;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.UserRing;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;

/// Programs and maps that take many different calls of the kernel.
@Bpf(license = "GPL")
public final class Mixed {

  /// A record.
  @Struct
  public static final class Sent {
    long number;
  }

  static final RingBuffer<Sent> sent = RingBuffer.ofBytes(4096);
  static final UserRing<Sent> asked = UserRing.ofBytes(4096);
  static final BpfHashMap<Integer, Long> counts = BpfHashMap.create(16);

  @Pinned static final BpfHashMap<Integer, Long> bpf4j_test_mixed = BpfHashMap.create(4);

  @MapFlags(MapFlag.MMAPABLE)
  static final BpfArray<Long> mapped = BpfArray.create(600);

  static long calls;

  private Mixed() {}

  @Xdp
  static XdpAction send() {
    Sent record = sent.reserve();
    if (record == null) {
      return XdpAction.DROP;
    }
    record.number = ++calls;
    sent.submit(record);
    return XdpAction.PASS;
  }

  @Xdp
  static XdpAction read() {
    asked.drain(
        letter -> {
          calls += letter.number;
          return true;
        });
    return XdpAction.PASS;
  }

  @Tc
  static TcAction ingress() {
    counts.put(1, 1L);
    bpf4j_test_mixed.put(1, 1L);
    mapped.put(1, 1L);
    return TcAction.OK;
  }

  @CgroupSkbEgress
  static CgroupEgressAction egress() {
    calls++;
    return CgroupEgressAction.ALLOW;
  }

  @RawTracepoint("sys_enter")
  static void onCall() {
    calls++;
  }
}
