package org.bpf4j.sys;

import java.nio.ByteOrder;
import org.bpf4j.kernel.UnsupportedFeatureException;

/// The processor architectures whose system calls are known.
public enum Architecture {
  X86_64("amd64"),
  AARCH64("aarch64"),
  RISCV64("riscv64"),
  PPC64LE("ppc64le"),
  /// Known by its numbers, but big-endian, and objects are little-endian.
  S390X("s390x");

  /// This machine's.
  public static final Architecture CURRENT = current();

  private final String javaName;

  Architecture(String javaName) {
    this.javaName = javaName;
  }

  private static Architecture current() {
    String os = System.getProperty("os.name");
    String name = System.getProperty("os.arch");
    if (os.equals("Linux") && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
      for (Architecture architecture : values()) {
        if (architecture.javaName.equals(name)) {
          return architecture;
        }
      }
    }
    throw new UnsupportedFeatureException(
        "BPF objects on " + os + "/" + name + ": Linux, 64 bits, little-endian is needed", null);
  }

  /// What the names of system calls' functions begin with, between two underscores and `_sys_`
  /// (`SYSCALL_WRAPPER` of the kernel's configuration).
  public String systemCalls() {
    return switch (this) {
      case X86_64 -> "x64";
      case AARCH64 -> "arm64";
      case RISCV64 -> "riscv";
      case PPC64LE -> "powerpc";
      case S390X -> "s390x";
    };
  }

  /// The number of an `ioctl` without argument (`_IO`): powerpc marks the lack of one.
  int ioctl(int type, int number) {
    int none = this == PPC64LE ? 1 << 29 : 0;
    return none | type << 8 | number;
  }

  /// The number of an `ioctl` that is given `bytes` (`_IOW`).
  int ioctlWrite(int type, int number, int bytes) {
    int write = this == PPC64LE ? 4 << 29 : 1 << 30;
    return write | bytes << 16 | type << 8 | number;
  }
}
