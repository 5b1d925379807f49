package org.bpf4j.sys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpf4j.object.KernelVersion;

/// Why a call may have been refused, as far as the machine's files say.
final class Permissions {

  /// `CAP_NET_ADMIN`, `CAP_SYS_ADMIN`, `CAP_PERFMON`, `CAP_BPF` of `linux/capability.h`.
  private enum Capability {
    CAP_BPF(39),
    CAP_PERFMON(38),
    CAP_NET_ADMIN(12),
    CAP_SYS_ADMIN(21);

    private final int bit;

    Capability(int bit) {
      this.bit = bit;
    }
  }

  /// Memory of maps is locked memory before.
  private static final KernelVersion CHARGED_TO_CGROUPS = new KernelVersion(5, 11);

  private Permissions() {}

  /// What is missing or in the way, in words.
  static String advice() {
    long effective = effectiveCapabilities();
    List<String> missing = new ArrayList<>();
    if ((effective & 1L << Capability.CAP_SYS_ADMIN.bit) == 0) {
      for (Capability capability : Capability.values()) {
        if ((effective & 1L << capability.bit) == 0 && capability != Capability.CAP_SYS_ADMIN) {
          missing.add(capability.name());
        }
      }
    }
    if (!missing.isEmpty()) {
      return "this process lacks "
          + String.join(", ", missing)
          + " (or CAP_SYS_ADMIN); kernel.unprivileged_bpf_disabled is "
          + read(Path.of("/proc/sys/kernel/unprivileged_bpf_disabled"));
    }
    LockedMemory.Limit locked = LockedMemory.limit();
    if (locked.isFinite() && CHARGED_TO_CGROUPS.isNewerThanRunning()) {
      return "this kernel holds maps and programs against RLIMIT_MEMLOCK, which is "
          + Long.toUnsignedString(locked.soft())
          + " bytes and could not be raised (it takes CAP_SYS_RESOURCE, or ulimit -l, or"
          + " LimitMEMLOCK= of the service)";
    }
    return "this process has the capabilities, so the kernel's configuration or a security module"
        + " forbids it (lockdown: "
        + read(Path.of("/sys/kernel/security/lockdown"))
        + "; security modules: "
        + read(Path.of("/sys/kernel/security/lsm"))
        + ")";
  }

  private static long effectiveCapabilities() {
    for (String line : read(Path.of("/proc/thread-self/status")).split("\n", -1)) {
      if (line.startsWith("CapEff:")) {
        return Long.parseUnsignedLong(line.substring("CapEff:".length()).strip(), 16);
      }
    }
    return 0;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException _) {
      return "unknown";
    }
  }
}
