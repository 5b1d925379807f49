package org.bpf4j.object;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// [Helper#PERF_EVENT_OUTPUT] where it appends bytes of the packet to the record, as programs with
/// a frame or an `sk_buff` can (`bpf_xdp_event_output`, `bpf_skb_event_output`).
public final class PacketOutput {

  /// Where the number of the packet's bytes begins in the flags (`BPF_F_CTXLEN_MASK`).
  public static final int LENGTH_SHIFT = 32;

  private static final Set<ProgramType> TYPES =
      EnumSet.of(
          ProgramType.XDP,
          ProgramType.SCHED_CLS,
          ProgramType.SOCKET_FILTER,
          ProgramType.CGROUP_SKB,
          ProgramType.LWT_IN,
          ProgramType.LWT_OUT,
          ProgramType.LWT_XMIT,
          ProgramType.LWT_SEG6LOCAL,
          ProgramType.SK_SKB);

  private PacketOutput() {}

  /// The kinds of programs that can append bytes of their packet.
  public static Set<ProgramKind> kinds() {
    return Stream.of(ProgramKind.values())
        .filter(kind -> TYPES.contains(kind.type()))
        .collect(Collectors.toUnmodifiableSet());
  }
}
