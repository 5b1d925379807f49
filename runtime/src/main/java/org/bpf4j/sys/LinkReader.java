package org.bpf4j.sys;

import java.util.OptionalLong;
import org.bpf4j.inventory.KernelTerms;
import org.bpf4j.inventory.LinkTarget;
import org.bpf4j.inventory.ListedLink;
import org.bpf4j.inventory.Tenure;

/// What the kernel says of links; offsets are those of `struct bpf_link_info`, whose details begin
/// at 16.
public final class LinkReader {

  private static final String WHAT = "a link";

  /// `BPF_F_KPROBE_MULTI_RETURN` and `BPF_F_UPROBE_MULTI_RETURN`.
  private static final int RETURN = 1;

  private LinkReader() {}

  /// Describes a link.
  ///
  /// @param tenure what keeps it, which its descriptor does not tell
  public static ListedLink read(Descriptor link, Tenure tenure) {
    ObjectInfo info = ObjectInfo.of(link, WHAT);
    return new ListedLink(info.number(4), info.number(8), target(link, info), tenure);
  }

  /// One line for each number of `enum bpf_link_type`.
  private static LinkTarget target(Descriptor link, ObjectInfo info) {
    return switch (info.number(0)) {
      case 1 -> new LinkTarget.RawTracepoint(text(link, 16, 24), info.wideIfFilled(32));
      case 2 ->
          new LinkTarget.Tracing(
              attachType(info, 16), info.number(20), info.number(24), info.wideIfFilled(32));
      case 3 -> new LinkTarget.Cgroup(info.wide(16), attachType(info, 24));
      case 4 -> new LinkTarget.Iterator(text(link, 16, 24), info.number(28));
      case 5 -> new LinkTarget.NetworkNamespace(info.number(16), attachType(info, 20));
      case 6 -> new LinkTarget.Xdp(info.number(16), networkInterface(info));
      case 7 -> event(link, info);
      case 8 -> new LinkTarget.KprobeMulti(info.number(24), atReturn(info, 28), info.wide(32));
      case 9 -> new LinkTarget.StructOps(info.number(16));
      case 10 ->
          new LinkTarget.Netfilter(
              info.number(16), info.number(20), info.number(24), info.number(28));
      case 11 -> new LinkTarget.Tcx(info.number(16), networkInterface(info), attachType(info, 20));
      case 12 ->
          new LinkTarget.UprobeMulti(
              text(link, 16, 48), info.number(52), atReturn(info, 56), info.number(60));
      case 13 ->
          new LinkTarget.Netkit(info.number(16), networkInterface(info), attachType(info, 20));
      case 14 -> new LinkTarget.SocketMap(info.number(16), attachType(info, 20));
      default -> new LinkTarget.Other(info.number(0));
    };
  }

  /// One line for each number of `enum bpf_perf_event_type`.
  private static LinkTarget event(Descriptor link, ObjectInfo info) {
    int type = info.number(16);
    OptionalLong cookie = info.wideIfFilled(40);
    return switch (type) {
      case 1, 2 ->
          new LinkTarget.Uprobe(
              text(link, 24, 32), info.number(36), type == 2, info.wide(48), cookie);
      case 3, 4 ->
          new LinkTarget.Kprobe(
              text(link, 24, 32),
              info.number(36),
              type == 4,
              info.wide(40),
              info.wide(48),
              info.wideIfFilled(56));
      case 5 -> new LinkTarget.Tracepoint(text(link, 24, 32), cookie);
      case 6 -> new LinkTarget.Event(info.number(32), info.wide(24), cookie);
      default -> new LinkTarget.Event(-1, 0, OptionalLong.empty());
    };
  }

  private static String attachType(ObjectInfo info, int offset) {
    return KernelTerms.attachType(info.number(offset));
  }

  private static boolean atReturn(ObjectInfo info, int offset) {
    return (info.number(offset) & RETURN) != 0;
  }

  private static String networkInterface(ObjectInfo info) {
    return Interfaces.name(info.number(16));
  }

  private static String text(Descriptor link, int at, int count) {
    return ObjectInfo.text(link, WHAT, at, count);
  }
}
