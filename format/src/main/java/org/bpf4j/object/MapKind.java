package org.bpf4j.object;

/// A map type of the kernel's UAPI (`enum bpf_map_type`).
public enum MapKind {
  HASH(1, "4.0"),
  ARRAY(2, "4.0"),
  PROG_ARRAY(3, "4.2"),
  PERF_EVENT_ARRAY(4, "4.3"),
  PERCPU_HASH(5, "4.6"),
  PERCPU_ARRAY(6, "4.6"),
  STACK_TRACE(7, "4.6"),
  CGROUP_ARRAY(8, "4.8"),
  LRU_HASH(9, "4.10"),
  LRU_PERCPU_HASH(10, "4.10"),
  LPM_TRIE(11, "4.11"),
  ARRAY_OF_MAPS(12, "4.12"),
  HASH_OF_MAPS(13, "4.12"),
  DEVMAP(14, "4.14"),
  SOCKMAP(15, "4.14"),
  CPUMAP(16, "4.15"),
  XSKMAP(17, "4.18"),
  SOCKHASH(18, "4.18"),
  CGROUP_STORAGE(19, "4.19"),
  REUSEPORT_SOCKARRAY(20, "4.19"),
  PERCPU_CGROUP_STORAGE(21, "4.20"),
  QUEUE(22, "4.20"),
  STACK(23, "4.20"),
  SK_STORAGE(24, "5.2"),
  DEVMAP_HASH(25, "5.4"),
  STRUCT_OPS(26, "5.6"),
  RINGBUF(27, "5.8"),
  INODE_STORAGE(28, "5.10"),
  TASK_STORAGE(29, "5.11"),
  BLOOM_FILTER(30, "5.16"),
  USER_RINGBUF(31, "6.1"),
  CGRP_STORAGE(32, "6.2"),
  ARENA(33, "6.9");

  private final int number;
  private final KernelVersion since;

  MapKind(int number, String since) {
    this.number = number;
    this.since = KernelVersion.parse(since);
  }

  /// The kernel's number: `BPF_MAP_TYPE_*`.
  public int number() {
    return number;
  }

  /// The first kernel that has it.
  public KernelVersion since() {
    return since;
  }

  /// Whether each CPU has a value of its own.
  public boolean perCpu() {
    return this == PERCPU_HASH || this == PERCPU_ARRAY || this == LRU_PERCPU_HASH;
  }

  /// Whether keys are indices that always exist.
  public boolean isArray() {
    return this == ARRAY || this == PERCPU_ARRAY;
  }

  /// The kind with the kernel's number.
  ///
  /// @throws IllegalArgumentException if there is none
  public static MapKind of(int number) {
    for (MapKind kind : values()) {
      if (kind.number == number) {
        return kind;
      }
    }
    throw new IllegalArgumentException("unknown map type " + number);
  }
}
