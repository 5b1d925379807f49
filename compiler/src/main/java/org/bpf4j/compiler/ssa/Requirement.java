package org.bpf4j.compiler.ssa;

import java.util.Optional;
import org.bpf4j.object.KernelVersion;

/// What of a program asks for the newest kernel: the reason for its floor.
///
/// Which of several that ask for the same kernel is named, is the first in the program's order. The
/// text form keeps the kernel alone.
///
/// @param kernel the oldest kernel that has it
/// @param feature what it is, as a plural: "maps with …"
/// @param place where the program uses it, if at one place
public record Requirement(KernelVersion kernel, String feature, Optional<Origin> place) {

  /// What every program needs.
  public static final Requirement CORE =
      new Requirement(KernelVersion.FLOOR, "all programs", Optional.empty());

  /// This one, or another that asks for a newer kernel.
  public Requirement max(Requirement other) {
    return other.kernel.compareTo(kernel) > 0 ? other : this;
  }
}
