package org.bpf4j.handle;

/// A program whose declaration says what it is attached to.
public sealed interface TargetedProgram
    permits TracepointProgram,
        RawTracepointProgram,
        KprobeProgram,
        TracingProgram,
        KprobeMultiProgram,
        ProcessProgram,
        UprobeMultiProgram {

  /// Attaches it to what its declaration names.
  ///
  /// @throws org.bpf4j.kernel.BpfException if that does not exist or the kernel refuses
  Link attach();
}
