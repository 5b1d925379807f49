package org.bpf4j.sim;

import java.io.Serial;
import org.bpf4j.vm.Outcome;

/// Says that a program did what no verified program can do, so that the simulation stopped it.
///
/// The verifier of a real kernel would have refused the program; here its run shows the fault. The
/// message names the source line, if the object has line information.
public final class ProgramFaultException extends IllegalStateException {

  @Serial private static final long serialVersionUID = 1;

  private final transient Outcome outcome;

  /// Creates it.
  ///
  /// @param message the program, what it did and where
  /// @param outcome how the run ended
  ProgramFaultException(String message, Outcome outcome) {
    super(message);
    this.outcome = outcome;
  }

  /// How the run ended: a fault or an exhausted budget.
  public Outcome outcome() {
    return outcome;
  }
}
