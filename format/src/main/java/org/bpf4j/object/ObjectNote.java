package org.bpf4j.object;

import java.util.List;

/// What bpf4j writes about an object of its own, in the section `.bpf4j`.
///
/// @param format the format number of object, sidecar and skeleton
/// @param className the binary name of the class it was compiled from
/// @param compilerVersion the version of the compiler
/// @param floors the oldest kernel of each program
/// @param sidecars the sidecars that were read, with their hashes
public record ObjectNote(
    int format,
    String className,
    String compilerVersion,
    List<ProgramFloor> floors,
    List<SidecarHash> sidecars) {

  /// The format that this version writes.
  ///
  /// It is raised, once for each release, when what was written before would be read as something
  /// else or not at all: when a record of the syntax tree that a sidecar carries gets, loses or
  /// exchanges a component, when a section of the object changes its meaning, or when a skeleton
  /// asks the runtime for what older ones have not. A sidecar is read by the compiler of its own
  /// format only, an object by runtimes of its format and later ones.
  public static final int FORMAT = 3;

  /// Copies the lists.
  public ObjectNote {
    floors = List.copyOf(floors);
    sidecars = List.copyOf(sidecars);
  }

  /// The oldest kernel that has all a program needs.
  ///
  /// @param program the program's ELF name
  /// @param kernel the kernel
  public record ProgramFloor(String program, KernelVersion kernel) {}

  /// A sidecar that the compiler read.
  ///
  /// @param className the class whose sidecar it is
  /// @param sha256 the SHA-256 of its bytes, in hex
  public record SidecarHash(String className, String sha256) {}
}
