package org.bpf4j.object;

import java.util.Optional;

/// A map type of the kernel's UAPI (`enum bpf_map_type`), a row for each.
///
/// The second column is the first kernel that has it, the third the first that lets sleepable
/// programs use it (`check_map_prog_compatibility` of `kernel/bpf/verifier.c`), a dash if none
/// does; the last says whether `BPF_MAP_CREATE` takes the types of keys and values
/// (`map_check_btf`).
public enum MapKind {
  HASH(1, "4.0", "5.10", Content.VALUES, true),
  ARRAY(2, "4.0", "5.10", Content.ELEMENTS, true),
  PROG_ARRAY(3, "4.2", "-", Content.OBJECTS, false),
  PERF_EVENT_ARRAY(4, "4.3", "-", Content.OBJECTS, false),
  PERCPU_HASH(5, "4.6", "5.12", Content.VALUES, true),
  PERCPU_ARRAY(6, "4.6", "5.12", Content.ELEMENTS, true),
  STACK_TRACE(7, "4.6", "-", Content.TRACES, false),
  CGROUP_ARRAY(8, "4.8", "-", Content.OBJECTS, false),
  LRU_HASH(9, "4.10", "5.10", Content.VALUES, true),
  LRU_PERCPU_HASH(10, "4.10", "5.12", Content.VALUES, true),
  LPM_TRIE(11, "4.11", "-", Content.VALUES, true),
  ARRAY_OF_MAPS(12, "4.12", "5.12", Content.OBJECTS, false),
  HASH_OF_MAPS(13, "4.12", "5.12", Content.OBJECTS, false),
  DEVMAP(14, "4.14", "-", Content.TARGETS, false),
  SOCKMAP(15, "4.14", "-", Content.OBJECTS, false),
  CPUMAP(16, "4.15", "-", Content.TARGETS, false),
  XSKMAP(17, "4.18", "-", Content.OBJECTS, false),
  SOCKHASH(18, "4.18", "-", Content.OBJECTS, false),
  CGROUP_STORAGE(19, "4.19", "-", Content.STORAGE, true),
  REUSEPORT_SOCKARRAY(20, "4.19", "-", Content.OBJECTS, false),
  PERCPU_CGROUP_STORAGE(21, "4.20", "-", Content.STORAGE, true),
  QUEUE(22, "4.20", "6.9", Content.QUEUE, false),
  STACK(23, "4.20", "6.9", Content.QUEUE, false),
  SK_STORAGE(24, "5.2", "6.1", Content.STORAGE, true),
  DEVMAP_HASH(25, "5.4", "-", Content.TARGETS, false),
  STRUCT_OPS(26, "5.6", "-", Content.OTHER, false),
  RINGBUF(27, "5.8", "5.12", Content.STREAM, false),
  INODE_STORAGE(28, "5.10", "6.1", Content.STORAGE, true),
  TASK_STORAGE(29, "5.11", "6.1", Content.STORAGE, true),
  BLOOM_FILTER(30, "5.16", "-", Content.FILTER, false),
  USER_RINGBUF(31, "6.1", "6.1", Content.STREAM, false),
  CGRP_STORAGE(32, "6.2", "6.3", Content.STORAGE, true),
  ARENA(33, "6.9", "6.9", Content.MEMORY, false),
  INSN_ARRAY(34, "6.19", "-", Content.OTHER, false),
  RHASH(35, "7.2", "7.2", Content.VALUES, true);

  /// What is in a map, which decides how user space gets at it.
  public enum Content {
    /// Values that come and go with their keys.
    VALUES,
    /// Values by index, which are always there.
    ELEMENTS,
    /// Values without keys, one behind the other.
    QUEUE,
    /// Values that can only be asked for.
    FILTER,
    /// Programs, maps, sockets, control groups or events: user space gives descriptors, and reads
    /// numbers, if anything.
    OBJECTS,
    /// Interfaces or CPUs, by their numbers.
    TARGETS,
    /// The addresses of the functions that called each other.
    TRACES,
    /// Values that hang on an object of the kernel and go with it.
    STORAGE,
    /// Records in shared memory.
    STREAM,
    /// Pages of shared memory.
    MEMORY,
    /// Nothing of the above.
    OTHER
  }

  private final int number;
  private final KernelVersion since;
  private final Optional<KernelVersion> sleepableSince;
  private final Content content;
  private final boolean typed;

  MapKind(int number, String since, String sleepableSince, Content content, boolean typed) {
    this.number = number;
    this.since = KernelVersion.parse(since);
    this.sleepableSince =
        sleepableSince.equals("-")
            ? Optional.empty()
            : Optional.of(KernelVersion.parse(sleepableSince));
    this.content = content;
    this.typed = typed;
  }

  /// The kernel's number: `BPF_MAP_TYPE_*`.
  public int number() {
    return number;
  }

  /// The first kernel that has it.
  public KernelVersion since() {
    return since;
  }

  /// The first kernel that lets programs use it that may sleep; none does if empty.
  public Optional<KernelVersion> sleepableSince() {
    return sleepableSince;
  }

  /// What is in it.
  public Content content() {
    return content;
  }

  /// Whether the kernel takes the types of its keys and values.
  public boolean typed() {
    return typed;
  }

  /// Whether each CPU has a value of its own.
  public boolean perCpu() {
    return this == PERCPU_HASH
        || this == PERCPU_ARRAY
        || this == LRU_PERCPU_HASH
        || this == PERCPU_CGROUP_STORAGE;
  }

  /// Whether keys are indices that always exist.
  public boolean isArray() {
    return content == Content.ELEMENTS;
  }

  /// The flags without which the kernel refuses to create it: `BPF_F_NO_PREALLOC` for tries,
  /// storages and hashes that grow, `BPF_F_MMAPABLE` for arenas.
  public int requiredFlags() {
    return this == LPM_TRIE || this == RHASH || isLocalStorage() ? 1 : this == ARENA ? 1 << 10 : 0;
  }

  /// Whether each value hangs on an object of the kernel: such maps have no number of entries, and
  /// the kernel wants the types of their keys and values.
  public boolean isLocalStorage() {
    return this == SK_STORAGE
        || this == INODE_STORAGE
        || this == TASK_STORAGE
        || this == CGRP_STORAGE;
  }

  /// Whether its values are maps.
  public boolean holdsMaps() {
    return this == ARRAY_OF_MAPS || this == HASH_OF_MAPS;
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
