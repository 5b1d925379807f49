package org.bpf4j.sim;

import java.time.Duration;
import java.util.Optional;
import org.bpf4j.handle.TestInput;
import org.bpf4j.handle.TestRun;
import org.bpf4j.kernel.SyscallException;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.object.ProgramParameters;
import org.bpf4j.vm.Memory;

/// What a program is called with, for the time of a test run.
sealed interface Context permits PacketContext, PlainContext {

  /// What the program can reach.
  Memory memory();

  /// What `r1` holds.
  long address();

  /// What the run gives back.
  TestRun result(int returnValue, Duration duration);

  /// Takes its regions out of the memory.
  void close();

  /// Makes the context of a kind from a test's input.
  ///
  /// @param metadata what lies before the packet of a socket buffer at the traffic control hook
  /// @throws SyscallException if the kernel would refuse the input
  static Context of(ProgramKind kind, TestInput input, byte[] metadata, Memory memory) {
    return switch (kind.parameters()) {
      case ProgramParameters.Context context -> of(kind, context, input, metadata, memory);
      case ProgramParameters.Fields _ ->
          PlainContext.of(kind, input, SimulatedKernel.MAX_TRACE_BYTES, memory);
      case ProgramParameters.Registers _, ProgramParameters.Probe _ ->
          PlainContext.of(kind, input, PtRegs.BYTES, memory);
      case ProgramParameters.Function _ ->
          throw new UnsupportedFeatureException("extensions, being simulated", null);
      case ProgramParameters.Arguments _, ProgramParameters.Item _, ProgramParameters.Buffer _ ->
          PlainContext.of(kind, input, PlainContext.ARGUMENT_BYTES, memory);
      case ProgramParameters.Struct _ -> PlainContext.of(kind, input, 0, memory);
    };
  }

  private static Context of(
      ProgramKind kind,
      ProgramParameters.Context context,
      TestInput input,
      byte[] metadata,
      Memory memory) {
    return switch (context.layout()) {
      case XDP_MD, XDP_DEVMAP, XDP_CPUMAP -> XdpContext.of(input, memory);
      case SK_BUFF -> SkbContext.of(input, context.writable(), Optional.of(metadata), memory);
      case CGROUP_SKB, SOCKET_FILTER, LWT, LWT_XMIT, LWT_SEG6LOCAL ->
          SkbContext.of(input, context.writable(), Optional.empty(), memory);
      case CGROUP_SOCK,
          BOUND_SOCKET4,
          BOUND_SOCKET6,
          SOCKET_ADDRESS4,
          SOCKET_ADDRESS6,
          SENDMSG4,
          SENDMSG6,
          GETSOCKOPT,
          SETSOCKOPT,
          SYSCTL,
          DEVICE,
          SOCK_OPS,
          SK_LOOKUP,
          SK_REUSEPORT,
          SK_MSG,
          SK_SKB,
          NETFILTER ->
          StructContext.of(context.layout(), context.writable(), input, memory);
      case FLOW_DISSECTOR -> FlowContext.of(input, memory);
      case RAW_TRACEPOINT_ARGS -> PlainContext.of(kind, input, PlainContext.ARGUMENT_BYTES, memory);
    };
  }

  /// Refuses an input as `BPF_PROG_TEST_RUN` does.
  static void require(boolean condition, String meaning) {
    if (!condition) {
      throw new SyscallException("BPF_PROG_TEST_RUN", Errno.EINVAL, "EINVAL: " + meaning);
    }
  }
}
