package org.bpf4j.examples.handover;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// BPF file systems that one process opens, another configures, and the first mounts.
///
/// The numbers of these system calls are the same on all architectures (`asm-generic/unistd.h`).
final class FileSystems {

  private static final int MOVE_MOUNT = 429;
  private static final int FSOPEN = 430;
  private static final int FSCONFIG = 431;
  private static final int FSMOUNT = 432;
  private static final int PIDFD_OPEN = 434;
  private static final int PIDFD_GETFD = 438;

  /// `FSCONFIG_SET_STRING` and `FSCONFIG_CMD_CREATE` of `linux/mount.h`.
  private static final int SET_STRING = 1;

  private static final int CREATE = 6;

  /// `AT_FDCWD`, and `MOVE_MOUNT_F_EMPTY_PATH`.
  private static final int WORKING_FOLDER = -100;

  private static final int EMPTY_PATH = 4;

  private static final MethodHandle SYSCALL =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("syscall"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.JAVA_LONG),
              Linker.Option.firstVariadicArg(1));

  private FileSystems() {}

  /// Opens one, which belongs to the user namespace of this process; it is not there yet.
  static long open() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      return call(FSOPEN, arena.allocateFrom("bpf").address(), 0, 0, 0, 0);
    }
  }

  /// Makes one that a process opened; that takes the privileges of the first user namespace.
  ///
  /// @param delegates what it gives leave for, such as `delegate_cmds`
  static void make(long process, long number, String... delegates) throws IOException {
    long handle = call(PIDFD_OPEN, process, 0, 0, 0, 0);
    long opened = call(PIDFD_GETFD, handle, number, 0, 0, 0);
    for (String what : delegates) {
      configure(opened, SET_STRING, what, "any");
    }
    configure(opened, CREATE, "", "");
  }

  private static void configure(long opened, int command, String key, String value)
      throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      long name = key.isEmpty() ? 0 : arena.allocateFrom(key).address();
      long text = value.isEmpty() ? 0 : arena.allocateFrom(value).address();
      call(FSCONFIG, opened, command, name, text, 0);
    }
  }

  /// Mounts one that was made.
  static void mount(long opened, String folder) throws IOException {
    long mounted = call(FSMOUNT, opened, 0, 0, 0, 0);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment empty = arena.allocateFrom("");
      long path = arena.allocateFrom(folder).address();
      call(MOVE_MOUNT, mounted, empty.address(), WORKING_FOLDER, path, EMPTY_PATH);
    }
  }

  private static long call(long number, long a, long b, long c, long d, long e) throws IOException {
    try {
      long result = (long) SYSCALL.invokeExact(number, a, b, c, d, e);
      if (result < 0) {
        throw new IOException("system call " + number + " failed");
      }
      return result;
    } catch (IOException | RuntimeException | Error thrown) {
      throw thrown;
    } catch (Throwable thrown) {
      throw new AssertionError(thrown);
    }
  }
}
