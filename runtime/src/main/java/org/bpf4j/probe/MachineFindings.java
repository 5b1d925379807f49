package org.bpf4j.probe;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.ProgramType;
import org.bpf4j.sys.Architecture;
import org.bpf4j.sys.KernelFiles;
import org.bpf4j.sys.MountTable;

/// The kernel, its types and its file systems.
final class MachineFindings {

  private static final Path TYPES = Path.of("/sys/kernel/btf/vmlinux");

  private MachineFindings() {}

  static List<Finding> all() {
    List<Finding> findings = new ArrayList<>(List.of(kernel(), architecture(), types()));
    findings.add(trampolines());
    findings.add(
        mount(
            "bpf",
            "BPF file system",
            "maps and links can be pinned",
            "nothing can be pinned",
            "mount -t bpf bpf /sys/fs/bpf"));
    findings.add(
        mount(
            "tracefs",
            "tracefs",
            "tracepoints are found, and printk is seen in trace_pipe",
            "printk is not seen; tracepoints are found by a mount of the process's own, which"
                + " takes CAP_SYS_ADMIN",
            "mount -t tracefs tracefs /sys/kernel/tracing"));
    findings.add(
        mount(
            "cgroup2",
            "cgroup2",
            "programs can be attached to control groups",
            "programs cannot be attached to control groups",
            "mount -t cgroup2 cgroup2 /sys/fs/cgroup"));
    return findings;
  }

  static Finding kernel() {
    String release = System.getProperty("os.name") + " " + System.getProperty("os.version");
    boolean old = KernelVersion.FLOOR.isNewerThanRunning();
    return Finding.needed(
        KernelVersion.running().isPresent() && !old,
        "kernel",
        release,
        "Linux " + KernelVersion.FLOOR + " or newer",
        "bpf4j needs Linux " + KernelVersion.FLOOR + " or newer",
        "boot a newer kernel; programs run in the simulated kernel anyway");
  }

  static Finding architecture() {
    String name = System.getProperty("os.arch");
    try {
      return Finding.ok(
          "architecture", name, "its system calls are known: " + Architecture.CURRENT);
    } catch (UnsupportedFeatureException | ExceptionInInitializerError | NoClassDefFoundError e) {
      return new Finding(
          "architecture",
          Finding.Grade.MISSING,
          name,
          "its system calls are not known to bpf4j, which needs 64 bits and little-endian",
          "");
    }
  }

  private static Finding types() {
    boolean there = Files.isReadable(TYPES);
    return Finding.limited(
        there,
        "kernel types (BTF)",
        there ? TYPES.toString() : "no " + TYPES,
        "programs that read kernel structs fit this kernel",
        "programs that read kernel structs, and those bound to kernel functions, cannot be loaded",
        "boot a kernel with CONFIG_DEBUG_INFO_BTF=y");
  }

  /// A trial of the type, which names a function that is none: whoever may load such programs is
  /// told so.
  private static Finding trampolines() {
    Support lsm = KernelFeatures.of(ProgramType.LSM);
    Support traced = KernelFeatures.of(ProgramType.TRACING);
    boolean well = lsm != Support.UNKNOWN && traced == Support.YES;
    return Finding.limited(
        well,
        "programs bound to functions",
        "tracing " + word(traced) + ", LSM " + word(lsm),
        "fentry, fexit, BTF tracepoints and iterators are known",
        "this process may not load some of fentry, fexit, LSM hooks and extensions, or cannot tell",
        "");
  }

  private static String word(Support support) {
    return switch (support) {
      case YES -> "yes";
      case NO -> "no";
      case UNKNOWN -> "refused";
    };
  }

  private static Finding mount(
      String type, String topic, String meaning, String otherwise, String remedy) {
    List<Path> folders = MountTable.folders(type);
    boolean registered =
        KernelFiles.text(Path.of("/proc/filesystems"))
            .filter(text -> text.lines().anyMatch(line -> line.endsWith("\t" + type)))
            .isPresent();
    return Finding.limited(
        !folders.isEmpty(),
        topic,
        folders.isEmpty() ? "not mounted" : folders.getFirst().toString(),
        meaning,
        otherwise,
        registered ? remedy : "boot a kernel that has " + type);
  }
}
