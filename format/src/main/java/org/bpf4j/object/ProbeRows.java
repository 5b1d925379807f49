package org.bpf4j.object;

import java.util.Set;
import org.bpf4j.object.ProgramParameters.RegisterUse;

/// The rows of [ProgramKind] for tracepoints, probes of functions and instructions, and samples:
/// their name says which.
final class ProbeRows {

  private ProbeRows() {}

  static final ProgramRow TRACEPOINT =
      new ProgramRow("Tracepoint", "a tracepoint", ProgramFamily.TRACEPOINT)
          .kernel(ProgramType.TRACEPOINT, 0, "4.7")
          .sections("tracepoint", "tp")
          .parameters(new ProgramParameters.Fields())
          .target(ProgramTarget.EVENT)
          .example("@Tracepoint(\"syscalls/sys_enter_execve\") static void %s(ArgsView args)");

  static final ProgramRow RAW_TRACEPOINT =
      new ProgramRow("RawTracepoint", "a raw tracepoint", ProgramFamily.RAW_TRACEPOINT)
          .kernel(ProgramType.RAW_TRACEPOINT, 0, "4.17")
          .sections("raw_tracepoint", "raw_tp")
          .context(ContextLayout.RAW_TRACEPOINT_ARGS, Set.of())
          .target(ProgramTarget.NAME)
          .example("@RawTracepoint(\"…\") static void %s(RawTracepointContext ctx)");

  static final ProgramRow RAW_TRACEPOINT_WRITABLE =
      new ProgramRow("RawTracepointWritable", "a writable tracepoint", ProgramFamily.RAW_TRACEPOINT)
          .kernel(ProgramType.RAW_TRACEPOINT_WRITABLE, 0, "5.2")
          .sections("raw_tracepoint.w", "raw_tp.w")
          .parameters(new ProgramParameters.Buffer())
          .target(ProgramTarget.NAME)
          .example("@RawTracepointWritable(\"…\") static void %s(FirstStruct first)");

  static final ProgramRow KPROBE =
      new ProgramRow("Kprobe", "a kprobe", ProgramFamily.KPROBE)
          .kernel(ProgramType.KPROBE, 0, "4.1")
          .sections("kprobe")
          .parameters(new ProgramParameters.Registers(RegisterUse.ARGUMENTS))
          .target(ProgramTarget.PLACE)
          .example("@Kprobe(\"…\") static void %s(int first, KernelView second)");

  static final ProgramRow KRETPROBE =
      new ProgramRow("Kretprobe", "a kretprobe", ProgramFamily.KPROBE)
          .kernel(ProgramType.KPROBE, 0, "4.1")
          .sections("kretprobe")
          .parameters(new ProgramParameters.Registers(RegisterUse.RESULT))
          .target(ProgramTarget.NAME)
          .example("@Kretprobe(\"…\") static void %s(int result)");

  static final ProgramRow KSYSCALL =
      new ProgramRow("Ksyscall", "a ksyscall", ProgramFamily.KPROBE)
          .kernel(ProgramType.KPROBE, 0, "4.17")
          .sections("ksyscall")
          .parameters(new ProgramParameters.Registers(RegisterUse.SYSTEM_CALL))
          .target(ProgramTarget.NAME)
          .example("@Ksyscall(\"openat\") static void %s(int directory, long path)");

  static final ProgramRow KRETSYSCALL =
      new ProgramRow("Kretsyscall", "a kretsyscall", ProgramFamily.KPROBE)
          .kernel(ProgramType.KPROBE, 0, "4.17")
          .sections("kretsyscall")
          .parameters(new ProgramParameters.Registers(RegisterUse.RESULT))
          .target(ProgramTarget.NAME)
          .example("@Kretsyscall(\"openat\") static void %s(int result)");

  static final ProgramRow KPROBE_MULTI =
      new ProgramRow("KprobeMulti", "a kprobe", ProgramFamily.KPROBE_MULTI)
          .kernel(ProgramType.KPROBE, 42, "5.18")
          .sections("kprobe.multi")
          .parameters(new ProgramParameters.Registers(RegisterUse.ARGUMENTS))
          .target(ProgramTarget.PATTERN)
          .example("@KprobeMulti(\"tcp_v?_connect\") static void %s(KernelView first)");

  static final ProgramRow KRETPROBE_MULTI =
      new ProgramRow("KretprobeMulti", "a kretprobe", ProgramFamily.KPROBE_MULTI)
          .kernel(ProgramType.KPROBE, 42, "5.18")
          .sections("kretprobe.multi")
          .parameters(new ProgramParameters.Registers(RegisterUse.RESULT))
          .target(ProgramTarget.PATTERN)
          .example("@KretprobeMulti(\"tcp_v?_connect\") static void %s(int result)");

  static final ProgramRow KPROBE_SESSION =
      new ProgramRow("KprobeSession", "a kprobe session", ProgramFamily.KPROBE_MULTI)
          .kernel(ProgramType.KPROBE, 56, "6.10")
          .sections("kprobe.session")
          .parameters(new ProgramParameters.Registers(RegisterUse.SESSION))
          .result(new ProgramResult.Number(0, 1))
          .aborts(1)
          .target(ProgramTarget.PATTERN)
          .example(
              "@KprobeSession(\"tcp_v?_connect\") static int %s(int result, KernelView first)");

  static final ProgramRow UPROBE =
      new ProgramRow("Uprobe", "a uprobe", ProgramFamily.UPROBE)
          .kernel(ProgramType.KPROBE, 0, "4.1")
          .sections("uprobe")
          .parameters(new ProgramParameters.Registers(RegisterUse.ARGUMENTS))
          .target(ProgramTarget.BINARY)
          .choices(ProgramOption.SLEEPABLE)
          .example(
              "@Uprobe(binary = \"libc.so.6\", function = \"malloc\") static void %s(long size)");

  static final ProgramRow URETPROBE =
      new ProgramRow("Uretprobe", "a uretprobe", ProgramFamily.UPROBE)
          .kernel(ProgramType.KPROBE, 0, "4.1")
          .sections("uretprobe")
          .parameters(new ProgramParameters.Registers(RegisterUse.RESULT))
          .target(ProgramTarget.BINARY)
          .choices(ProgramOption.SLEEPABLE)
          .example(
              "@Uretprobe(binary = \"libc.so.6\", function = \"malloc\") static void %s(long"
                  + " result)");

  static final ProgramRow UPROBE_MULTI =
      new ProgramRow("UprobeMulti", "a uprobe", ProgramFamily.UPROBE_MULTI)
          .kernel(ProgramType.KPROBE, 48, "6.6")
          .sections("uprobe.multi")
          .parameters(new ProgramParameters.Registers(RegisterUse.ARGUMENTS))
          .target(ProgramTarget.BINARY)
          .choices(ProgramOption.SLEEPABLE)
          .example(
              "@UprobeMulti(binary = \"libc.so.6\", functions = \"str*\") static void %s(long"
                  + " first)");

  static final ProgramRow URETPROBE_MULTI =
      new ProgramRow("UretprobeMulti", "a uretprobe", ProgramFamily.UPROBE_MULTI)
          .kernel(ProgramType.KPROBE, 48, "6.6")
          .sections("uretprobe.multi")
          .parameters(new ProgramParameters.Registers(RegisterUse.RESULT))
          .target(ProgramTarget.BINARY)
          .choices(ProgramOption.SLEEPABLE)
          .example(
              "@UretprobeMulti(binary = \"libc.so.6\", functions = \"str*\") static void %s(long"
                  + " result)");

  static final ProgramRow UPROBE_SESSION =
      new ProgramRow("UprobeSession", "a uprobe session", ProgramFamily.UPROBE_MULTI)
          .kernel(ProgramType.KPROBE, 57, "6.13")
          .sections("uprobe.session")
          .parameters(new ProgramParameters.Registers(RegisterUse.SESSION))
          .result(new ProgramResult.Number(0, 1))
          .aborts(1)
          .target(ProgramTarget.BINARY)
          .choices(ProgramOption.SLEEPABLE)
          .example(
              "@UprobeSession(binary = \"libc.so.6\", functions = \"str*\") static int %s(long"
                  + " result, long first)");

  static final ProgramRow USDT =
      new ProgramRow("Usdt", "a static probe", ProgramFamily.USDT)
          .kernel(ProgramType.KPROBE, 0, "5.15")
          .sections("usdt")
          .parameters(new ProgramParameters.Probe())
          .target(ProgramTarget.PROBE)
          .choices(ProgramOption.SLEEPABLE)
          .example(
              "@Usdt(binary = \"libc.so.6\", provider = \"libc\", name = \"setjmp\") static void"
                  + " %s(long first)");

  static final ProgramRow PERF_EVENT =
      new ProgramRow("PerfEvent", "a perf event", ProgramFamily.PERF_EVENT)
          .kernel(ProgramType.PERF_EVENT, 0, "4.9")
          .sections("perf_event")
          .parameters(new ProgramParameters.Fields())
          .example("@PerfEvent static void %s(PerfEventSample sample)");
}
