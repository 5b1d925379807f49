package org.bpf4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bpf4j.isa.MalformedObjectException;
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
}
