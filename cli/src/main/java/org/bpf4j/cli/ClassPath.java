package org.bpf4j.cli;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Directories and jars with class files; entries that are not there count for nothing, as in Java.
///
/// @param roots where packages begin, in the order of the class path
/// @param jars the file systems of the jars among them
record ClassPath(List<Path> roots, List<FileSystem> jars) implements AutoCloseable {

  private static final String SIDECAR = ".bpfir";

  /// Opens a class path.
  static ClassPath open(List<Path> entries) throws CommandFailedException {
    ClassPath path = new ClassPath(new ArrayList<>(), new ArrayList<>());
    for (Path entry : entries) {
      if (Files.isDirectory(entry)) {
        path.roots.add(entry);
      } else if (Files.isRegularFile(entry)) {
        try {
          FileSystem jar = FileSystems.newFileSystem(entry);
          path.jars.add(jar);
          path.roots.add(jar.getPath("/"));
        } catch (IOException e) {
          path.close();
          throw CommandFailedException.of(entry, e);
        }
      }
    }
    return path;
  }

  /// The SHA-256, in hex, of the sidecar of the class with that binary name.
  Optional<String> sidecarHash(String className) throws CommandFailedException {
    for (Path root : roots) {
      Path sidecar = root.resolve(className.replace('.', '/') + SIDECAR);
      if (Files.isRegularFile(sidecar)) {
        return Optional.of(sha256(Inputs.bytes(sidecar)));
      }
    }
    return Optional.empty();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public void close() throws CommandFailedException {
    for (FileSystem jar : jars) {
      try {
        jar.close();
      } catch (IOException e) {
        throw new CommandFailedException(jar + ": " + e.getMessage());
      }
    }
  }
}
