package org.bpf4j.inventory;

import java.util.OptionalLong;

/// What a link attaches a program to: a case for each type of link (`enum bpf_link_type`), and for
/// each sort of perf event.
///
/// Attach types are in lower case, as in `BPF_*` of `enum bpf_attach_type`. Names of interfaces are
/// those of the calling thread's network namespace, `""` if it has none of that index. What a
/// kernel is too old to say is `""` or 0; a cookie that it does not say is empty.
public sealed interface LinkTarget {

  /// The link's type in lower case, as in `BPF_LINK_TYPE_*`.
  default String type() {
    return switch (this) {
      case RawTracepoint _ -> "raw_tracepoint";
      case Tracing _ -> "tracing";
      case Cgroup _ -> "cgroup";
      case Iterator _ -> "iter";
      case NetworkNamespace _ -> "netns";
      case Xdp _ -> "xdp";
      case Uprobe _, Kprobe _, Tracepoint _, Event _ -> "perf_event";
      case KprobeMulti _ -> "kprobe_multi";
      case StructOps _ -> "struct_ops";
      case Netfilter _ -> "netfilter";
      case Tcx _ -> "tcx";
      case UprobeMulti _ -> "uprobe_multi";
      case Netkit _ -> "netkit";
      case SocketMap _ -> "sockmap";
      case Other other -> "type " + other.number();
    };
  }

  /// Whether the kernel can put another program in the place of the present one in one step (those
  /// types of links with an `update_prog`); of types that are not known here, nobody knows.
  default boolean takesUpdates() {
    return switch (this) {
      case Cgroup _, Iterator _, NetworkNamespace _, Xdp _, Tcx _, Netkit _, SocketMap _, Other _ ->
          true;
      case RawTracepoint _,
          Tracing _,
          Uprobe _,
          Kprobe _,
          Tracepoint _,
          Event _,
          KprobeMulti _,
          UprobeMulti _,
          StructOps _,
          Netfilter _ ->
          false;
    };
  }

  /// A tracepoint with raw arguments.
  record RawTracepoint(String name, OptionalLong cookie) implements LinkTarget {}

  /// A kernel function, a tracepoint by its types, an LSM hook, or another program's function.
  ///
  /// @param typesId the type information of the target, which is a program's number if the target
  ///   is a program
  /// @param typeId the function's number in it
  record Tracing(String attachType, int typesId, int typeId, OptionalLong cookie)
      implements LinkTarget {}

  /// A control group.
  ///
  /// @param cgroup the inode of its folder
  record Cgroup(long cgroup, String attachType) implements LinkTarget {}

  /// A list of the kernel's objects.
  ///
  /// @param list which list, such as `task` or `bpf_map_elem`
  /// @param mapId the map whose elements are listed, or 0
  record Iterator(String list, int mapId) implements LinkTarget {}

  /// A network namespace.
  ///
  /// @param namespace the inode of its file in `/proc/PID/ns/net`; 0 if it is gone
  record NetworkNamespace(int namespace, String attachType) implements LinkTarget {}

  /// A network interface's incoming frames.
  record Xdp(int networkInterface, String interfaceName) implements LinkTarget {}

  /// A place in a file.
  ///
  /// @param counter where in the file the counter of a semaphore is, or 0
  record Uprobe(String file, int offset, boolean atReturn, long counter, OptionalLong cookie)
      implements LinkTarget {}

  /// A kernel function.
  ///
  /// @param address where it is, 0 if `kernel.kptr_restrict` hides it
  /// @param missed how often the program did not run because another probe was running
  record Kprobe(
      String function, int offset, boolean atReturn, long address, long missed, OptionalLong cookie)
      implements LinkTarget {}

  /// A tracepoint.
  record Tracepoint(String name, OptionalLong cookie) implements LinkTarget {}

  /// Another perf event.
  ///
  /// @param eventType `PERF_TYPE_*`
  /// @param config which event of that type
  record Event(int eventType, long config, OptionalLong cookie) implements LinkTarget {}

  /// Many kernel functions.
  ///
  /// @param missed how often the program did not run because it was running already
  record KprobeMulti(int functions, boolean atReturn, long missed) implements LinkTarget {}

  /// Many places in a file.
  ///
  /// @param process the only process, or 0 for all
  record UprobeMulti(String file, int places, boolean atReturn, int process)
      implements LinkTarget {}

  /// A struct of functions, which the kernel calls.
  record StructOps(int mapId) implements LinkTarget {}

  /// A hook of the packet filter.
  ///
  /// @param family `NFPROTO_*`: 2 is IPv4, 10 is IPv6
  /// @param hook `NF_INET_*`: 0 before routing, 1 local in, 2 forward, 3 local out, 4 after routing
  record Netfilter(int family, int hook, int priority, int flags) implements LinkTarget {}

  /// A network interface's traffic control.
  record Tcx(int networkInterface, String interfaceName, String attachType) implements LinkTarget {}

  /// One end of a pair of interfaces between namespaces.
  record Netkit(int networkInterface, String interfaceName, String attachType)
      implements LinkTarget {}

  /// A map of sockets.
  record SocketMap(int mapId, String attachType) implements LinkTarget {}

  /// A type of link that is not known here.
  ///
  /// @param number `enum bpf_link_type`
  record Other(int number) implements LinkTarget {}
}
