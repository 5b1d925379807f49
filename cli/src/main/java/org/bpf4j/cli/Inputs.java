package org.bpf4j.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.ElfReader;

/// Reads the files that commands are given.
final class Inputs {

  private Inputs() {}

  /// All bytes of a file.
  static byte[] bytes(Path file) throws CommandFailedException {
    if (Files.isDirectory(file)) {
      throw new CommandFailedException(file + ": is a directory");
    }
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw CommandFailedException.of(file, e);
    }
  }

  /// An object file.
  static BpfObject object(Path file) throws CommandFailedException {
    try {
      return ElfReader.read(bytes(file));
    } catch (MalformedObjectException e) {
      throw CommandFailedException.of(file, e);
    }
  }

  /// This machine's kernel, with its types from a file.
  static Kernel kernel(Path types) throws CommandFailedException {
    try {
      return Kernel.local(types);
    } catch (UncheckedIOException e) {
      throw CommandFailedException.of(types, Objects.requireNonNull(e.getCause()));
    } catch (MalformedObjectException e) {
      throw new CommandFailedException("--btf " + e.getMessage());
    }
  }
}
