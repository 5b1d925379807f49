package org.bpf4j.sys;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bpf4j.object.KernelVersion;

/// Why a call may have been refused, as far as the machine's files say.
public final class Permissions {

  /// Memory of maps is locked memory before.
  private static final KernelVersion CHARGED_TO_CGROUPS = new KernelVersion(5, 11);

  /// `/proc/self/uid_map` of the first user namespace: all users are themselves.
  private static final String FIRST_NAMESPACE = "0 0 4294967295";

  /// What most calls ask for.
  private static final Set<Capability> USUAL =
      EnumSet.of(Capability.BPF, Capability.PERFMON, Capability.NET_ADMIN);

  private Permissions() {}

  /// What of this the calling thread lacks.
  static Set<Capability> missing(Set<Capability> needed) {
    Set<Capability> effective = Capability.effective();
    return needed.stream()
        .filter(capability -> !capability.isIn(effective))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Capability.class)));
  }

  /// What is missing or in the way, in words.
  ///
  /// @param needed what the call asks for, empty if that is not known
  public static String advice(Set<Capability> needed) {
    Set<Capability> missing = missing(needed.isEmpty() ? USUAL : needed);
    if (!missing.isEmpty()) {
      return lacking(missing);
    }
    LockedMemory.Limit locked = LockedMemory.limit();
    if (locked.isFinite() && CHARGED_TO_CGROUPS.isNewerThanRunning()) {
      return "this kernel holds maps and programs against RLIMIT_MEMLOCK, which is "
          + Long.toUnsignedString(locked.soft())
          + " bytes and could not be raised (it takes CAP_SYS_RESOURCE, or ulimit -l, or"
          + " LimitMEMLOCK= of the service)";
    }
    List<String> obstacles = obstacles();
    return obstacles.isEmpty()
        ? "this process has the capabilities, so the kernel's configuration or a security module"
            + " forbids it (lockdown: unknown or none; security modules: "
            + KernelFiles.text(Path.of("/sys/kernel/security/lsm")).orElse("unknown")
            + ")"
        : "this process has the capabilities, but " + String.join(", and ", obstacles);
  }

  private static String lacking(Set<Capability> missing) {
    String names = missing.stream().map(Capability::toString).collect(Collectors.joining(", "));
    boolean included =
        !missing.contains(Capability.SYS_ADMIN) && !missing.contains(Capability.SYS_RESOURCE);
    StringBuilder text = new StringBuilder("this process lacks ").append(names);
    text.append(included ? " (or CAP_SYS_ADMIN)" : "");
    if (missing.contains(Capability.BPF)) {
      text.append("; kernel.unprivileged_bpf_disabled is ")
          .append(KernelFiles.setting("kernel.unprivileged_bpf_disabled").orElse("unknown"));
    }
    if (missing.contains(Capability.PERFMON)) {
      text.append("; kernel.perf_event_paranoid is ")
          .append(KernelFiles.setting("kernel.perf_event_paranoid").orElse("unknown"));
    }
    return text.toString();
  }

  /// What besides capabilities may forbid it.
  private static List<String> obstacles() {
    List<String> obstacles = new ArrayList<>(confinements());
    String lockdown = lockdown();
    if (!lockdown.equals("none")) {
      obstacles.add(
          "lockdown is `"
              + lockdown
              + "`, which forbids programs that write to user memory and, if `confidentiality`,"
              + " those that read the kernel's");
    }
    return obstacles;
  }

  /// What holds this process back whatever its capabilities are: it is in a user namespace, or
  /// under a seccomp filter.
  public static List<String> confinements() {
    List<String> confinements = new ArrayList<>();
    if (inUserNamespace()) {
      confinements.add(
          "it is in a user namespace of its own, where bpf(2) counts only capabilities of the first"
              + " namespace, or a BPF token");
    }
    Map<String, String> status = KernelFiles.fields(Path.of("/proc/thread-self/status"));
    if (status.getOrDefault("Seccomp", "0").equals("2")) {
      confinements.add(
          "a seccomp filter is in force, as containers have it, which may forbid bpf(2)");
    }
    return confinements;
  }

  /// Whether this process is in another user namespace than the first. It stays where it is, as a
  /// process with several threads cannot leave its own.
  static boolean inUserNamespace() {
    return UserNamespace.IS_OTHER;
  }

  /// Read when it is first asked for.
  private static final class UserNamespace {
    static final boolean IS_OTHER =
        KernelFiles.text(Path.of("/proc/self/uid_map"))
            .map(text -> !text.replaceAll("\\s+", " ").equals(FIRST_NAMESPACE))
            .orElse(false);
  }

  /// The level of lockdown in force: the word in brackets.
  public static String lockdown() {
    String levels = KernelFiles.text(Path.of("/sys/kernel/security/lockdown")).orElse("[none]");
    int open = levels.indexOf('[');
    int close = levels.indexOf(']');
    return open >= 0 && close > open ? levels.substring(open + 1, close) : "none";
  }
}
