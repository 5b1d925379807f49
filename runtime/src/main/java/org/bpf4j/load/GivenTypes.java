package org.bpf4j.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.bpf4j.btf.BtfNames;
import org.bpf4j.core.CoreCandidates;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.sys.KernelFiles;

/// A kernel's types as a file has them, for a kernel that does not describe itself.
final class GivenTypes {

  /// `\x7fELF`, as an integer of little-endian order.
  private static final int ELF = 0x464c457f;

  private GivenTypes() {}

  /// What descriptions in programs may mean, by a file's types alone.
  ///
  /// @throws UncheckedIOException if the file cannot be read
  /// @throws MalformedObjectException if it is no BTF
  static CoreCandidates read(Path file) {
    byte[] bytes;
    try {
      bytes = KernelFiles.bytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the kernel's types from " + file, e);
    }
    if (bytes.length >= 4 && (bytes[0] | bytes[1] << 8 | bytes[2] << 16 | bytes[3] << 24) == ELF) {
      throw new MalformedObjectException(
          file
              + " is an ELF file; its types alone are wanted: `objcopy -O binary"
              + " --only-section=.BTF --set-section-flags .BTF=alloc "
              + file
              + " kernel.btf`");
    }
    try {
      return CoreCandidates.in(BtfNames.of(bytes));
    } catch (MalformedObjectException e) {
      throw new MalformedObjectException(file + " is no BTF: " + e.getMessage(), e);
    }
  }
}
