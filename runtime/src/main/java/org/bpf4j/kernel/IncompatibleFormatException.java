package org.bpf4j.kernel;

import java.io.Serial;

/// Says that an object, a sidecar or a skeleton was written by a version that this one cannot read.
public final class IncompatibleFormatException extends BpfException {

  @Serial private static final long serialVersionUID = 1;

  private final int found;

  /// Creates it.
  ///
  /// @param what which file or class
  /// @param found its format number
  /// @param newest the newest format that this version reads
  public IncompatibleFormatException(String what, int found, int newest) {
    super(
        what
            + " has format "
            + found
            + "; this bpf4j reads up to "
            + newest
            + ": use the same version for processor and runtime, and compile again");
    this.found = found;
  }

  /// The format number that was found.
  public int found() {
    return found;
  }
}
