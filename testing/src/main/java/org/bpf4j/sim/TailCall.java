package org.bpf4j.sim;

import java.io.Serial;
import org.bpf4j.handle.LoadedProgram;

/// Unwinds a program that another one takes over from.
final class TailCall extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  /// `MAX_TAIL_CALL_CNT` of `linux/bpf.h`.
  static final int MAX = 33;

  private final transient LoadedProgram program;

  TailCall(LoadedProgram program) {
    super(null, null, false, false);
    this.program = program;
  }

  /// The program that goes on.
  LoadedProgram program() {
    return program;
  }
}
