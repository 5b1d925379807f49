package org.bpf4j.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bpf4j.handle.LoadedProgram;
import org.bpf4j.handle.TestInput;
import org.bpf4j.handle.Verdicts;
import org.bpf4j.kernel.SyscallException;
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
    return kind.takesFrames();
  }

  /// The name of a verdict, or the number where there is none.
  private static String verdict(ProgramKind kind, int code) {
    return Verdicts.type(kind).isEmpty()
        ? Integer.toString(code)
        : Verdicts.verdict(kind, code).map(Enum::name).orElse("(unknown: " + code + ")");
  }

  /// How often each verdict was returned, by name.
  Map<String, Integer> counts() {
    Map<String, Integer> counts = new TreeMap<>();
    verdicts.forEach(verdict -> counts.merge(verdict, 1, Integer::sum));
    return counts;
  }
}
