package org.bpf4j.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.MapKind;
import org.bpf4j.object.ProgramType;
import org.bpf4j.sys.Capability;
import org.bpf4j.sys.LockedMemory;
import org.bpf4j.sys.Native;
import org.bpf4j.sys.Permissions;

/// What this process may do.
final class ProcessFindings {

  /// Memory of maps is locked memory before.
  private static final KernelVersion CHARGED_TO_CGROUPS = new KernelVersion(5, 11);

  /// The first release whose foreign function API bpf4j is written for.
  private static final int JAVA = 25;

  private ProcessFindings() {}

  static List<Finding> all() {
    List<Finding> findings = new ArrayList<>(List.of(java(), nativeAccess()));
    findings.add(systemCall());
    Set<Capability> effective = Capability.effective();
    for (Capability capability : Capability.values()) {
      findings.add(capability(capability, capability.isIn(effective)));
    }
    findings.add(lockedMemory(effective));
    findings.add(confinement());
    return findings;
  }

  static Finding java() {
    int feature = Runtime.version().feature();
    return Finding.needed(
        feature >= JAVA,
        "JDK",
        Runtime.version().toString(),
        "has the foreign function API that bpf4j needs",
        "bpf4j needs " + JAVA,
        "install a JDK " + JAVA);
  }

  private static Finding nativeAccess() {
    boolean allowed = Native.class.getModule().isNativeAccessEnabled();
    return Finding.limited(
        allowed,
        "native access",
        allowed ? "enabled" : "not enabled",
        "bpf4j may call the kernel",
        "the JVM warns of restricted methods, and later versions will refuse",
        "java " + Native.flag());
  }

  /// The smallest map and the smallest program: what no setting tells.
  private static Finding systemCall() {
    Support maps = KernelFeatures.of(MapKind.ARRAY);
    Support programs = KernelFeatures.of(ProgramType.SOCKET_FILTER);
    boolean well = maps == Support.YES && programs == Support.YES;
    return Finding.needed(
        well,
        "bpf(2)",
        "map " + word(maps) + ", program " + word(programs),
        "maps can be created and programs loaded",
        well ? "" : Permissions.advice(Set.of(Capability.BPF)),
        "run as root or with CAP_BPF; in a container, allow bpf(2) in its seccomp profile");
  }

  private static String word(Support support) {
    return support == Support.YES ? "made" : "refused";
  }

  private static Finding capability(Capability capability, boolean there) {
    return Finding.limited(
        there || capability == Capability.SYS_RESOURCE && !CHARGED_TO_CGROUPS.isNewerThanRunning(),
        capability.toString(),
        there ? "yes" : "no",
        "for " + capability.purpose(),
        "missing for " + capability.purpose(),
        "setpriv --ambient-caps +"
            + capability.name().toLowerCase(Locale.ROOT)
            + " --inh-caps +"
            + capability.name().toLowerCase(Locale.ROOT)
            + " java …, or AmbientCapabilities="
            + capability
            + " of the service");
  }

  private static Finding lockedMemory(Set<Capability> effective) {
    LockedMemory.Limit limit = LockedMemory.limit();
    boolean counts = CHARGED_TO_CGROUPS.isNewerThanRunning();
    return Finding.limited(
        !limit.isFinite() || !counts || effective.contains(Capability.SYS_RESOURCE),
        "limit of locked memory",
        limit.isFinite() ? limit.soft() + " bytes" : "none",
        counts ? "bpf4j raises it" : "this kernel does not hold it against maps and programs",
        "this kernel holds it against maps and programs, and it cannot be raised",
        "ulimit -l unlimited, or LimitMEMLOCK=infinity of the service");
  }

  private static Finding confinement() {
    List<String> obstacles = Permissions.confinements();
    return Finding.limited(
        obstacles.isEmpty(),
        "confinement",
        obstacles.isEmpty()
            ? "none; security modules: " + SettingFindings.securityModules()
            : "yes",
        "neither a user namespace nor a seccomp filter",
        String.join("; ", obstacles),
        "run it in the first user namespace, with bpf(2) in the seccomp profile");
  }
}
