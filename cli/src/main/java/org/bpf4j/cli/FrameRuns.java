package org.bpf4j.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bpf4j.handle.LoadedProgram;
import org.bpf4j.handle.TestInput;
import org.bpf4j.kernel.SyscallException;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.object.ProgramKind;

/// What a packet program did with each frame of a list.
///
/// @param program the program
/// @param verdicts what it returned, in the order of the frames
record FrameRuns(LoadedProgram program, List<String> verdicts) {

  /// `EINVAL`: the kernel's answer to a frame that is too short or too long for a test run.
  private static final int EINVAL = 22;

  private static final String REFUSED = "(refused by the kernel)";

  /// Copies the list.
  FrameRuns {
    verdicts = List.copyOf(verdicts);
  }

  /// Runs a program once over each frame; every run sees the maps as the last one left them.
  static FrameRuns run(LoadedProgram program, List<NamedFrame> frames) {
    List<String> verdicts = new ArrayList<>();
    for (NamedFrame frame : frames) {
      verdicts.add(run(program, frame));
    }
    return new FrameRuns(program, verdicts);
  }

  private static String run(LoadedProgram program, NamedFrame frame) {
    try {
      return verdict(program.kind(), program.run(TestInput.packet(frame.bytes())).returnValue());
    } catch (SyscallException e) {
      if (e.errno() == EINVAL) {
        return REFUSED;
      }
      throw e;
    }
  }

  /// Whether programs of that kind see packets.
  static boolean takes(ProgramKind kind) {
    return switch (kind) {
      case XDP, TC -> true;
      case TRACEPOINT, RAW_TRACEPOINT, KPROBE, SYSCALL -> false;
    };
  }

  /// The name of a verdict; TC's begin with −1.
  private static String verdict(ProgramKind kind, int code) {
    return switch (kind) {
      case XDP -> name(XdpAction.values(), code, code);
      case TC -> name(TcAction.values(), code + 1L, code);
      case TRACEPOINT, RAW_TRACEPOINT, KPROBE, SYSCALL -> Integer.toString(code);
    };
  }

  private static String name(Enum<?>[] actions, long index, int code) {
    boolean known = index >= 0 && index < actions.length;
    return known ? actions[(int) index].name() : "(unknown: " + code + ")";
  }

  /// How often each verdict was returned, by name.
  Map<String, Integer> counts() {
    Map<String, Integer> counts = new TreeMap<>();
    verdicts.forEach(verdict -> counts.merge(verdict, 1, Integer::sum));
    return counts;
  }
}
