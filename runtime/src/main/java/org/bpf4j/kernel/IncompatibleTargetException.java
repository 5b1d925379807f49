package org.bpf4j.kernel;

import java.io.Serial;

/// Says that a program's parameters are not those of the kernel function, tracepoint or hook that
/// it is for.
public final class IncompatibleTargetException extends BpfException {

  @Serial private static final long serialVersionUID = 1;

  private final String program;
  private final String prototype;

  /// Creates it.
  ///
  /// @param program the program's name
  /// @param prototype what this kernel has, as C declares it
  public IncompatibleTargetException(String program, String prototype) {
    this(program, prototype, "");
  }

  /// Creates it.
  ///
  /// @param program the program's name
  /// @param prototype what this kernel has, as C declares it
  /// @param problem which parameter does not fit and why, empty if that is not known
  public IncompatibleTargetException(String program, String prototype, String problem) {
    super(
        "the parameters of program `"
            + program
            + "` do not fit this kernel's `"
            + prototype
            + "`"
            + (problem.isEmpty() ? "" : ": " + problem));
    this.program = program;
    this.prototype = prototype;
  }

  /// The program's name.
  public String program() {
    return program;
  }

  /// What this kernel has, as C declares it.
  public String prototype() {
    return prototype;
  }
}
