package org.bpf4j.handle;

import org.bpf4j.object.ProgramFamily;

/// Where a program is attached; each family of programs takes one of these.
public sealed interface Hook {

  /// The family of programs that go there.
  ProgramFamily family();

  /// A network interface's XDP hook.
  record Xdp(String networkInterface, XdpMode mode) implements Hook {
    @Override
    public ProgramFamily family() {
      return ProgramFamily.XDP;
    }
  }

  /// A network interface's traffic control hook.
  record Tc(String networkInterface, Direction direction) implements Hook {
    @Override
    public ProgramFamily family() {
      return ProgramFamily.TC;
    }
  }

  /// A static tracepoint, such as `syscalls` and `sys_enter_execve`.
  record Tracepoint(String category, String name) implements Hook {
    @Override
    public ProgramFamily family() {
      return ProgramFamily.TRACEPOINT;
    }
  }

  /// A static tracepoint by its bare name.
  record RawTracepoint(String name) implements Hook {
    @Override
    public ProgramFamily family() {
      return ProgramFamily.RAW_TRACEPOINT;
    }
  }

  /// What a program was loaded for: a kernel function, a tracepoint or a security hook.
  record Tracing(String target) implements Hook {
    @Override
    public ProgramFamily family() {
      return ProgramFamily.TRACING;
    }
  }

  /// A kernel function: its entry, or its return.
  record Kprobe(String function, boolean atReturn) implements Hook {
    @Override
    public ProgramFamily family() {
      return ProgramFamily.KPROBE;
    }
  }

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
