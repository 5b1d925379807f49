package org.bpf4j.sys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bpf4j.kernel.NoSuchTargetException;
import org.bpf4j.kernel.SyscallException;

/// Objects under paths of BPF file systems, which hold them as a descriptor does.
public final class KernelPins {

  /// How a mount of such a file system is called.
  private static final String FILE_SYSTEM = "bpf";

  private KernelPins() {}

  /// Pins an object.
  ///
  /// @param what what it is, for messages
  public static void pin(Descriptor object, Path path, String what) {
    long result = Bpf.pin(object, path);
    if (result < 0) {
      String action = "pinning " + what + " to " + path;
      String reason = reason(result, path);
      if (reason.isEmpty()) {
        throw Failure.of(result, action, Capability.BPF);
      }
      int errno = Math.toIntExact(-result);
      throw new SyscallException(action, errno, Errno.describe(errno) + "; " + reason);
    }
  }

  /// The kernel says of other file systems only that they are not permitted.
  private static String reason(long result, Path path) {
    Path folder = path.toAbsolutePath().getParent();
    if (Errno.EEXIST.is(result)) {
      return "something is there already";
    }
    if (folder == null || !Files.isDirectory(folder)) {
      return "there is no folder " + folder;
    }
    return Errno.EPERM.is(result) && !isBpf(folder)
        ? folder + " is in no BPF file system; one is mounted at /sys/fs/bpf, or by mount -t bpf"
        : "";
  }

  /// Whether a folder is in a BPF file system, as far as that is to be found out.
  static boolean isBpf(Path folder) {
    try {
      return Files.getFileStore(folder).type().equals(FILE_SYSTEM);
    } catch (IOException _) {
      return true;
    }
  }

  /// Opens what is pinned.
  ///
  /// @param what what it is to be, for messages
  /// @throws NoSuchTargetException if nothing is there
  public static Descriptor open(Path path, String what) {
    long result = Bpf.open(path);
    boolean other = Errno.EACCES.is(result) && Files.isReadable(path);
    if (Errno.ENOENT.is(result) || Errno.ENOTDIR.is(result) || other) {
      throw missing(path, what);
    }
    return Descriptor.own(Failure.check(result, "opening " + what + " at " + path, Capability.BPF));
  }

  /// The exception for what is not there, or is something else.
  static NoSuchTargetException missing(Path path, String what) {
    return new NoSuchTargetException(what + " pinned at " + path, names(path));
  }

  private static List<String> names(Path path) {
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(Path::toString)
          .filter(name -> !name.equals(path.toString()))
          .sorted()
          .limit(10)
          .toList();
    } catch (IOException _) {
      return List.of();
    }
  }

  /// Removes a path; no error if it is gone.
  public static void remove(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove the pin " + path, e);
    }
  }
}
