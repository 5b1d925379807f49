package org.bpf4j.handle;

import org.bpf4j.object.ProgramKind;

/// A program in a kernel: it can be attached, and most kinds can be run once for a test.
public interface LoadedProgram extends Pinnable {

  /// The program's ELF name.
  String name();

  /// Its kind.
  ProgramKind kind();

  /// Attaches it.
  ///
  /// @throws org.bpf4j.kernel.BpfException if the kernel refuses or the target does not exist
  Link attach(Hook hook);

  /// Runs it once (`BPF_PROG_TEST_RUN`).
  ///
  /// @throws org.bpf4j.kernel.UnsupportedFeatureException if the kernel cannot run this kind
  TestRun run(TestInput input);

  /// Lets an iterator go over its list.
  ///
  /// @return what it wrote
  /// @throws IllegalArgumentException if it is no iterator
  /// @throws org.bpf4j.kernel.BpfException if the kernel refuses
  String list(ListScope scope);
}
