package org.bpf4j.handle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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

  /// Lets an iterator go over its list, as far as what it writes is read: the list may change
  /// meanwhile. Whoever gets it closes it.
  ///
  /// @throws IllegalArgumentException if it is no iterator
  /// @throws org.bpf4j.kernel.BpfException if the kernel refuses, here or at a read
  InputStream listing(ListScope scope);

  /// What an iterator writes for its whole list.
  ///
  /// @throws IllegalArgumentException if it is no iterator
  /// @throws org.bpf4j.kernel.BpfException if the kernel refuses
  default String list(ListScope scope) {
    try (InputStream listing = listing(scope)) {
      return new String(listing.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("reading a list", e);
    }
  }
}
