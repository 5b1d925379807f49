package org.bpf4j.sys;

import java.util.EnumSet;
import java.util.Set;
import org.bpf4j.object.MapKind;
import org.bpf4j.object.ProgramType;

/// The privileges of processes that have to do with BPF; numbers are those of `linux/capability.h`.
public enum Capability {
  NET_ADMIN(12, "attaching to networks, and packet programs"),
  SYS_ADMIN(21, "listing what others loaded, and counting runs"),
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

  /// What it takes to load programs of a type (`bpf_prog_load`): `CAP_BPF`, and another for those
  /// of networks and for those that trace.
  public static Capability[] toLoad(ProgramType type) {
    return switch (type) {
      case SOCKET_FILTER, CGROUP_SKB, SK_REUSEPORT, SYSCALL -> new Capability[] {BPF};
      case SCHED_CLS,
          SCHED_ACT,
          XDP,
          CGROUP_SOCK,
          LWT_IN,
          LWT_OUT,
          LWT_XMIT,
          SOCK_OPS,
          SK_SKB,
          CGROUP_DEVICE,
          SK_MSG,
          CGROUP_SOCK_ADDR,
          LWT_SEG6LOCAL,
          FLOW_DISSECTOR,
          LIRC_MODE2,
          CGROUP_SYSCTL,
          CGROUP_SOCKOPT,
          SK_LOOKUP,
          NETFILTER ->
          new Capability[] {BPF, NET_ADMIN};
      case KPROBE,
          TRACEPOINT,
          PERF_EVENT,
          RAW_TRACEPOINT,
          RAW_TRACEPOINT_WRITABLE,
          TRACING,
          STRUCT_OPS,
          LSM ->
          new Capability[] {BPF, PERFMON};
      case EXT -> new Capability[] {BPF, PERFMON, NET_ADMIN};
    };
  }

  /// What it takes to create maps of a kind (`map_create`).
  public static Capability[] toCreate(MapKind kind) {
    return switch (kind) {
      case SOCKMAP, SOCKHASH, DEVMAP, DEVMAP_HASH, XSKMAP -> new Capability[] {BPF, NET_ADMIN};
      default -> new Capability[] {BPF};
    };
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
  public boolean isIn(Set<Capability> effective) {
    return effective.contains(this)
        || effective.contains(SYS_ADMIN) && (this == BPF || this == PERFMON || this == NET_ADMIN);
  }

  @Override
  public String toString() {
    return "CAP_" + name();
  }
}
