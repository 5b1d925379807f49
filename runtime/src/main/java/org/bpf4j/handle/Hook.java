package org.bpf4j.handle;

/// Where a program is attached; each kind of program takes one of these.
public sealed interface Hook {

  /// A network interface's XDP hook.
  record Xdp(String networkInterface, XdpMode mode) implements Hook {}

  /// A network interface's traffic control hook.
  record Tc(String networkInterface, Direction direction) implements Hook {}

  /// A static tracepoint, such as `syscalls` and `sys_enter_execve`.
  record Tracepoint(String category, String name) implements Hook {}

  /// A static tracepoint by its bare name.
  record RawTracepoint(String name) implements Hook {}

  /// The entry of a kernel function.
  record Kprobe(String function) implements Hook {}

  /// How XDP programs run.
  enum XdpMode {
    /// In the driver if it can, else generic.
    ANY,
    /// In the network stack, on any interface.
    GENERIC,
    /// In the driver.
    NATIVE
  }

  /// Which way packets go.
  enum Direction {
    INGRESS,
    EGRESS
  }
}
