package org.bpf4j.inventory;

import java.util.List;
import java.util.OptionalInt;

/// The programs at a hook, in the order in which they run.
///
/// @param revision a number that grows with each change; 0 if the kernel has none for the hook
/// @param programs the programs
public record HookOrder(long revision, List<Place> programs) {

  /// Copies the list.
  public HookOrder {
    programs = List.copyOf(programs);
  }

  /// A program at a hook.
  ///
  /// @param programId its number
  /// @param linkId the number of the link that it is attached by; empty if there is none, or the
  ///   kernel does not say
  public record Place(int programId, OptionalInt linkId) {}
}
