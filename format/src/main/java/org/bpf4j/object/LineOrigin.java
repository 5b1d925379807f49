package org.bpf4j.object;

import java.util.List;
import org.bpf4j.isa.InsnIndex;

/// Where an instruction comes from, with the calls it was inlined through.
///
/// Kept in `.bpf4j.origins`, which other tools ignore. The first frame is the innermost.
///
/// @param function the function's ELF name
/// @param at the first instruction of the run that shares this origin
/// @param frames innermost first; never empty
public record LineOrigin(String function, InsnIndex at, List<Frame> frames) {

  /// Copies the list.
  public LineOrigin {
    frames = List.copyOf(frames);
  }

  /// A place in the source.
  ///
  /// @param file the source file, relative to its source root
  /// @param line the line, from 1
  /// @param column the column, from 1
  public record Frame(String file, int line, int column) {}
}
