package org.bpf4j.object;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// Kinds of programs that are attached in one way: user space has one type of handle and one sort
/// of hook for them, both named after the family.
public enum ProgramFamily {
  /// At a network interface's driver.
  XDP,
  /// At a network interface's traffic control hook.
  TC,
  /// At a pair of netkit devices.
  NETKIT,
  /// At one socket.
  SOCKET_FILTER,
  /// At the packets of a cgroup's sockets.
  CGROUP_SKB,
  /// At what the processes of a cgroup do.
  CGROUP,
  /// At the sockets in a map.
  SOCKET_MAP,
  /// At the sockets that share a port.
  SK_REUSEPORT,
  /// At a network namespace's search for sockets.
  SK_LOOKUP,
  /// At a network namespace's dissection of flows.
  FLOW_DISSECTOR,
  /// At a network namespace's netfilter hooks.
  NETFILTER,
  /// At routes.
  LWT,
  /// In the entries of a device map or CPU map.
  XDP_MAP,
  /// At static tracepoints, by perf event.
  TRACEPOINT,
  /// At static tracepoints, by name.
  RAW_TRACEPOINT,
  /// At one kernel function, by perf event.
  KPROBE,
  /// At many kernel functions by one link.
  KPROBE_MULTI,
  /// At one function of an executable or library.
  UPROBE,
  /// At many functions of an executable or library by one link.
  UPROBE_MULTI,
  /// At a static probe of an executable or library.
  USDT,
  /// At samples of a counter.
  PERF_EVENT,
  /// Over lists of the kernel, whenever user space reads them.
  ITER,
  /// At a function, tracepoint or security hook that the program was loaded for.
  TRACING,
  /// In a struct of functions of the kernel.
  STRUCT_OPS,
  /// Nowhere: user space calls them.
  SYSCALL;

  /// The simple name of the handle's class, such as `RawTracepointProgram`.
  public String handle() {
    return Arrays.stream(name().split("_"))
            .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
            .collect(Collectors.joining())
        + "Program";
  }

  /// The name of the method of a skeleton that makes the handle, such as `rawTracepoint`.
  public String factory() {
    String handle = handle();
    return Character.toLowerCase(handle.charAt(0))
        + handle.substring(1, handle.length() - "Program".length());
  }
}
