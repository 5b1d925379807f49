package org.bpf4j.sys;

import java.lang.foreign.Arena;
import java.nio.file.Path;

/// Files of the kernel's own file systems that stand for something: cgroups, namespaces.
public final class SpecialFiles {

  /// `AT_FDCWD` of `linux/fcntl.h`.
  private static final int WORKING_DIRECTORY = -100;

  /// `O_RDONLY | O_CLOEXEC`.
  private static final int READ_ONLY = 0x80000;

  private SpecialFiles() {}

  /// Opens a file or directory for what it stands for.
  ///
  /// @return a descriptor, or the negated error number
  public static long open(Path path) {
    try (Arena arena = Arena.ofConfined()) {
      long name = arena.allocateFrom(path.toString()).address();
      return Native.call(SystemCall.OPENAT, WORKING_DIRECTORY, name, READ_ONLY, 0, 0, 0);
    }
  }
}
