package org.bpf4j.probe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpf4j.sys.Capability;
import org.bpf4j.sys.KernelFiles;
import org.bpf4j.sys.Permissions;

/// Settings of the kernel.
final class SettingFindings {

  private static final String UNKNOWN = "unknown";

  private SettingFindings() {}

  static List<Finding> all() {
    List<Finding> findings = new ArrayList<>();
    findings.add(lockdown());
    findings.add(unprivileged());
    findings.add(perfEvents());
    findings.add(pointers());
    findings.add(compiler());
    findings.add(hardening());
    return findings;
  }

  private static Finding lockdown() {
    String level = Permissions.lockdown();
    String meaning =
        level.equals("integrity")
            ? "programs may not write to user memory"
            : "programs may not read kernel memory, so tracing does not work";
    return Finding.limited(
        level.equals("none"),
        "lockdown",
        level,
        "the kernel keeps nothing from root",
        meaning,
        "boot with lockdown=none, which Secure Boot may forbid");
  }

  private static Finding unprivileged() {
    String state = setting("kernel.unprivileged_bpf_disabled");
    return Finding.ok(
        "kernel.unprivileged_bpf_disabled",
        state,
        state.equals("0")
            ? "socket filters and some maps work without CAP_BPF, which has been a risk"
            : "bpf(2) takes CAP_BPF");
  }

  private static Finding perfEvents() {
    String state = setting("kernel.perf_event_paranoid");
    boolean tracing = Capability.PERFMON.isIn(Capability.effective());
    return Finding.limited(
        tracing || state.startsWith("-"),
        "kernel.perf_event_paranoid",
        state,
        tracing
            ? "does not apply to this process, which has CAP_PERFMON"
            : "tracepoints and probes can be opened",
        "tracepoints, probes and samples cannot be opened without CAP_PERFMON",
        "sysctl kernel.perf_event_paranoid=-1");
  }

  private static Finding pointers() {
    String state = setting("kernel.kptr_restrict");
    boolean shown =
        state.equals("0")
            || state.equals("1") && Capability.effective().contains(Capability.SYSLOG);
    return Finding.limited(
        shown,
        "kernel.kptr_restrict",
        state,
        "addresses of kernel functions are shown to this process",
        "addresses of kernel functions are hidden: stacks and symbols stay numbers",
        state.equals("2") ? "sysctl kernel.kptr_restrict=1, and CAP_SYSLOG" : "give it CAP_SYSLOG");
  }

  private static Finding compiler() {
    String state = setting("net.core.bpf_jit_enable");
    return Finding.limited(
        !state.equals("0"),
        "net.core.bpf_jit_enable",
        state,
        state.equals(UNKNOWN)
            ? "not to be read; kernels with CONFIG_BPF_JIT_ALWAYS_ON compile anyway"
            : "programs are compiled to machine code",
        "programs are interpreted: several times slower, and kfuncs do not work",
        "sysctl net.core.bpf_jit_enable=1");
  }

  private static Finding hardening() {
    String state = setting("net.core.bpf_jit_harden");
    return Finding.limited(
        !state.equals("2"),
        "net.core.bpf_jit_harden",
        state,
        "constants in machine code are not hidden for privileged programs",
        "constants in machine code are hidden for all programs, which are bigger and slower",
        "sysctl net.core.bpf_jit_harden=1");
  }

  private static String setting(String name) {
    return KernelFiles.setting(name).orElse(UNKNOWN);
  }

  /// Whether a security module other than those of capabilities may object.
  static String securityModules() {
    return KernelFiles.text(Path.of("/sys/kernel/security/lsm")).orElse(UNKNOWN);
  }
}
