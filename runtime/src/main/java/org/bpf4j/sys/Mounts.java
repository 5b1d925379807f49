package org.bpf4j.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// File systems of the kernel, mounted for this process alone.
public final class Mounts {

  /// `FSOPEN_CLOEXEC` and `FSMOUNT_CLOEXEC` of `linux/mount.h`.
  private static final int CLOSE_ON_EXEC = 1;

  /// `FSCONFIG_CMD_CREATE`.
  private static final int CREATE = 6;

  private Mounts() {}

  /// Mounts a file system without a place in the tree of directories; it goes away with its
  /// descriptor.
  ///
  /// @throws org.bpf4j.kernel.BpfException if it does not exist, or the process may not mount
  public static Descriptor open(String fileSystem) {
    String action = "opening " + fileSystem + ", which is not mounted";
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(fileSystem);
      try (Descriptor context =
          own(Native.call(SystemCall.FSOPEN, name.address(), CLOSE_ON_EXEC, 0, 0, 0, 0), action)) {
        Failure.check(
            Native.call(SystemCall.FSCONFIG, context.number(), CREATE, 0, 0, 0, 0),
            action,
            Capability.SYS_ADMIN);
        return own(
            Native.call(SystemCall.FSMOUNT, context.number(), CLOSE_ON_EXEC, 0, 0, 0, 0), action);
      }
    }
  }

  private static Descriptor own(long result, String action) {
    return Descriptor.own(Failure.check(result, action, Capability.SYS_ADMIN));
  }
}
