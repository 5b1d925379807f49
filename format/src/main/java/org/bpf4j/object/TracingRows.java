package org.bpf4j.object;

/// The rows of [ProgramKind] that are bound to a type of the kernel when they are loaded: their
/// name says which.
final class TracingRows {

  private TracingRows() {}

  static final ProgramRow BTF_TRACEPOINT =
      new ProgramRow("BtfTracepoint", "a typed tracepoint", ProgramFamily.TRACING)
          .kernel(ProgramType.TRACING, 23, "5.5")
          .sections("tp_btf")
          .boundTo("btf_trace_")
          .parameters(new ProgramParameters.Arguments(false))
          .target(ProgramTarget.NAME)
          .example("@BtfTracepoint(\"sched_switch\") static void %s(boolean preempt)");

  static final ProgramRow ITER =
      new ProgramRow("Iter", "an iterator", ProgramFamily.ITER)
          .kernel(ProgramType.TRACING, 28, "5.8")
          .sections("iter")
          .boundTo("bpf_iter_")
          .parameters(new ProgramParameters.Item())
          .returns(0)
          .target(ProgramTarget.NAME)
          .choices(ProgramOption.SLEEPABLE)
          .example("@Iter(\"task\") static void %s(IterContext out, TaskView task)");

  static final ProgramRow FENTRY =
      new ProgramRow("Fentry", "an fentry", ProgramFamily.TRACING)
          .kernel(ProgramType.TRACING, 24, "5.5")
          .sections("fentry")
          .boundTo("")
          .parameters(new ProgramParameters.Arguments(false))
          .returns(0)
          .target(ProgramTarget.NAME)
          .choices(ProgramOption.SLEEPABLE)
          .example("@Fentry(\"…\") static void %s(int first, KernelView second)");

  static final ProgramRow FEXIT =
      new ProgramRow("Fexit", "an fexit", ProgramFamily.TRACING)
          .kernel(ProgramType.TRACING, 25, "5.5")
          .sections("fexit")
          .boundTo("")
          .parameters(new ProgramParameters.Arguments(true))
          .returns(0)
          .target(ProgramTarget.NAME)
          .choices(ProgramOption.SLEEPABLE)
          .example("@Fexit(\"…\") static void %s(int first, KernelView second, int result)");

  static final ProgramRow FMOD_RET =
      new ProgramRow("FmodRet", "an fmod_ret", ProgramFamily.TRACING)
          .kernel(ProgramType.TRACING, 26, "5.7")
          .sections("fmod_ret")
          .boundTo("")
          .parameters(new ProgramParameters.Arguments(true))
          .target(ProgramTarget.NAME)
          .choices(ProgramOption.SLEEPABLE)
          .example("@FmodRet(\"…\") static int %s(int first, int result)");

  static final ProgramRow OPERATION =
      new ProgramRow("Operation", "a struct_ops", ProgramFamily.STRUCT_OPS)
          .kernel(ProgramType.STRUCT_OPS, 0, "5.6")
          .sections("struct_ops")
          .boundTo("")
          .parameters(new ProgramParameters.Arguments(false))
          .target(ProgramTarget.NAME)
          .choices(ProgramOption.SLEEPABLE)
          .example("@Operation static int %s(KernelView first, int second)");

  static final ProgramRow LSM =
      new ProgramRow("Lsm", "an LSM", ProgramFamily.TRACING)
          .kernel(ProgramType.LSM, 27, "5.7")
          .sections("lsm")
          .boundTo("bpf_lsm_")
          .parameters(new ProgramParameters.Arguments(false))
          .result(new ProgramResult.Number(-4095, 0))
          .aborts(-1)
          .target(ProgramTarget.NAME)
          .choices(ProgramOption.SLEEPABLE)
          .example("@Lsm(\"file_open\") static int %s(FileView file)");

  static final ProgramRow LSM_CGROUP =
      new ProgramRow("LsmCgroup", "an LSM", ProgramFamily.CGROUP)
          .kernel(ProgramType.LSM, 43, "6.0")
          .sections("lsm_cgroup")
          .boundTo("bpf_lsm_")
          .parameters(new ProgramParameters.Arguments(false))
          .action("CgroupAction", "ALLOW", "whether it may happen")
          .target(ProgramTarget.NAME)
          .example("@LsmCgroup(\"socket_bind\") static CgroupAction %s(SocketView socket)");

  static final ProgramRow FREPLACE =
      new ProgramRow("Freplace", "an extension", ProgramFamily.TRACING)
          .kernel(ProgramType.EXT, 0, "5.6")
          .sections("freplace")
          .parameters(new ProgramParameters.Function())
          .target(ProgramTarget.NAME)
          .example("@Freplace(\"…\") static int %s(XdpContext context, int second)");
}
