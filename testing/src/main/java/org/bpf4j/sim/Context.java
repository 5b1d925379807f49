package org.bpf4j.sim;

import java.time.Duration;
import org.bpf4j.handle.TestInput;
import org.bpf4j.handle.TestRun;
import org.bpf4j.kernel.SyscallException;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.vm.Memory;

/// What a program is called with, for the time of a test run.
sealed interface Context permits PacketContext, PlainContext {

  /// What `r1` holds.
  long address();

  /// What the run gives back.
  TestRun result(int returnValue, Duration duration);

  /// Takes its regions out of the memory.
  void close();

  /// Makes the context of a kind from a test's input.
  ///
  /// @throws SyscallException if the kernel would refuse the input
  static Context of(ProgramKind kind, TestInput input, Memory memory) {
    return switch (kind) {
      case XDP -> XdpContext.of(input, memory);
      case TC -> SkbContext.of(input, memory);
      case TRACEPOINT -> PlainContext.of(input, SimulatedKernel.MAX_TRACE_BYTES, false, memory);
      case RAW_TRACEPOINT ->
          PlainContext.of(input, PlainContext.RAW_TRACEPOINT_BYTES, false, memory);
      case KPROBE -> PlainContext.of(input, PtRegs.BYTES, false, memory);
      case SYSCALL -> PlainContext.of(input, 0, true, memory);
    };
  }

  /// Refuses an input as `BPF_PROG_TEST_RUN` does.
  static void require(boolean condition, String meaning) {
    if (!condition) {
      throw new SyscallException("BPF_PROG_TEST_RUN", Errno.EINVAL, "EINVAL: " + meaning);
    }
  }
}
