package org.bpf4j.sys;

import java.util.EnumSet;
import java.util.Set;

/// The privileges of processes that have to do with BPF; numbers are those of `linux/capability.h`.
public enum Capability {
  NET_ADMIN(12, "attaching to networks, and packet programs"),
  SYS_ADMIN(21, "listing what others loaded; before Linux 5.8 everything"),
  SYS_RESOURCE(24, "raising the limit of locked memory, which kernels before 5.11 need"),
  SYSLOG(34, "seeing the addresses of kernel functions"),
  PERFMON(38, "tracing programs and reading kernel memory"),
  BPF(39, "loading programs and creating maps");

  private final int bit;
  private final String purpose;

  Capability(int bit, String purpose) {
    this.bit = bit;
    this.purpose = purpose;
  }

  /// What it is needed for.
  public String purpose() {
    return purpose;
  }

  /// Those that this thread has in effect.
  public static Set<Capability> effective() {
    long bits = KernelFiles.capabilityBits();
    Set<Capability> effective = EnumSet.noneOf(Capability.class);
    for (Capability capability : values()) {
      if ((bits & 1L << capability.bit) != 0) {
        effective.add(capability);
      }
    }
    return effective;
  }

  /// Whether a thread with these may do what takes this one: `CAP_SYS_ADMIN` includes `CAP_BPF` and
  /// `CAP_PERFMON`, and the kernel asks for it where it asks for `CAP_NET_ADMIN` of a program.
  boolean isIn(Set<Capability> effective) {
    return effective.contains(this)
        || effective.contains(SYS_ADMIN) && (this == BPF || this == PERFMON || this == NET_ADMIN);
  }

  @Override
  public String toString() {
    return "CAP_" + name();
  }
}
