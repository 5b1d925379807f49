package org.bpf4j.compiler.ast;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.object.Helper;
import org.bpf4j.object.MapKind;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.object.ProgramType;

/// A map class of the library: the kernel's map type behind it, and the family whose methods and
/// rules it has.
public enum MapForm {
  ARRAY("BpfArray", MapKind.ARRAY, MapFamily.ARRAY),
  PERCPU_ARRAY("BpfPerCpuArray", MapKind.PERCPU_ARRAY, MapFamily.ARRAY),
  HASH("BpfHashMap", MapKind.HASH, MapFamily.KEYED),
  LRU_HASH("BpfLruHashMap", MapKind.LRU_HASH, MapFamily.KEYED),
  PERCPU_HASH("BpfPerCpuHashMap", MapKind.PERCPU_HASH, MapFamily.KEYED),
  LRU_PERCPU_HASH("BpfLruPerCpuHashMap", MapKind.LRU_PERCPU_HASH, MapFamily.KEYED),
  LPM_TRIE("BpfLpmTrie", MapKind.LPM_TRIE, MapFamily.KEYED),
  PER_CPU("PerCpu", MapKind.PERCPU_ARRAY, MapFamily.SCRATCH),
  RING("RingBuffer", MapKind.RINGBUF, MapFamily.RING),
  USER_RING("UserRing", MapKind.USER_RINGBUF, MapFamily.USER_RING),
  PROGRAM_ARRAY("ProgramArray", MapKind.PROG_ARRAY, MapFamily.PROGRAMS),
  QUEUE("BpfQueue", MapKind.QUEUE, MapFamily.QUEUE),
  STACK("BpfStack", MapKind.STACK, MapFamily.QUEUE),
  BLOOM_FILTER("BpfBloomFilter", MapKind.BLOOM_FILTER, MapFamily.FILTER),
  PERF_EVENT_ARRAY("PerfEventArray", MapKind.PERF_EVENT_ARRAY, MapFamily.EVENTS),
  STACK_TRACE("StackTraceMap", MapKind.STACK_TRACE, MapFamily.TRACES),
  CGROUP_ARRAY("CgroupArray", MapKind.CGROUP_ARRAY, MapFamily.CGROUPS),
  DEVMAP("DevMap", MapKind.DEVMAP, MapFamily.TARGETS),
  DEVMAP_HASH("DevMapHash", MapKind.DEVMAP_HASH, MapFamily.TARGETS),
  CPUMAP("CpuMap", MapKind.CPUMAP, MapFamily.TARGETS),
  XSKMAP("XskMap", MapKind.XSKMAP, MapFamily.SOCKETS),
  SOCKMAP("SockMap", MapKind.SOCKMAP, MapFamily.SOCKMAP),
  SOCKHASH("SockHash", MapKind.SOCKHASH, MapFamily.SOCKHASH),
  REUSEPORT_SOCKARRAY("ReuseportSockArray", MapKind.REUSEPORT_SOCKARRAY, MapFamily.SHARED_PORT),
  ARRAY_OF_MAPS("BpfArrayOfMaps", MapKind.ARRAY_OF_MAPS, MapFamily.MAPS),
  HASH_OF_MAPS("BpfHashOfMaps", MapKind.HASH_OF_MAPS, MapFamily.KEYED_MAPS),
  TASK_STORAGE("BpfTaskStorage", MapKind.TASK_STORAGE, MapFamily.STORAGE),
  SK_STORAGE("BpfSkStorage", MapKind.SK_STORAGE, MapFamily.STORAGE),
  INODE_STORAGE("BpfInodeStorage", MapKind.INODE_STORAGE, MapFamily.STORAGE),
  CGRP_STORAGE("BpfCgroupStorage", MapKind.CGRP_STORAGE, MapFamily.STORAGE),
  CGROUP_LOCAL_STORAGE("BpfCgroupLocalStorage", MapKind.CGROUP_STORAGE, MapFamily.ATTACHED),
  PERCPU_CGROUP_LOCAL_STORAGE(
      "BpfPerCpuCgroupLocalStorage", MapKind.PERCPU_CGROUP_STORAGE, MapFamily.ATTACHED),
  ARENA("BpfArena", MapKind.ARENA, MapFamily.ARENA);

  private final String simpleName;
  private final MapKind kind;
  private final MapFamily family;

  MapForm(String simpleName, MapKind kind, MapFamily family) {
    this.simpleName = simpleName;
    this.kind = kind;
    this.family = family;
  }

  /// The form of the class of that qualified name.
  public static Optional<MapForm> ofClass(String className) {
    return Arrays.stream(values()).filter(form -> form.className().equals(className)).findFirst();
  }

  /// The qualified names of the classes of some families.
  static List<String> classNames(MapFamily... families) {
    return Arrays.stream(families)
        .flatMap(family -> Arrays.stream(values()).filter(form -> form.family == family))
        .map(MapForm::className)
        .toList();
  }

  /// The qualified names of the classes that the kernel goes through for a program
  /// (`map_for_each_callback`).
  static List<String> iterable() {
    return Arrays.stream(values())
        .filter(form -> form.family == MapFamily.ARRAY || form.family == MapFamily.KEYED)
        .filter(form -> form != LPM_TRIE)
        .map(MapForm::className)
        .toList();
  }

  /// The qualified names of the classes whose keys are looked up as they are, not by a prefix.
  static List<String> hashed() {
    return Arrays.stream(values())
        .filter(form -> form.family == MapFamily.KEYED && form != LPM_TRIE)
        .map(MapForm::className)
        .toList();
  }

  /// The qualified names of the classes whose values other CPUs have too.
  static List<String> perCpu() {
    return Arrays.stream(values())
        .filter(form -> form.kind.perCpu())
        .filter(form -> form.family == MapFamily.ARRAY || form.family == MapFamily.KEYED)
        .map(MapForm::className)
        .toList();
  }

  /// The simple name of the class in the annotations module.
  public String simpleName() {
    return simpleName;
  }

  /// The qualified name of the class in the annotations module.
  public String className() {
    return "org.bpf4j.lang." + simpleName;
  }

  /// The kernel's map type.
  public MapKind kind() {
    return kind;
  }

  /// The family.
  public MapFamily family() {
    return family;
  }

  /// The helper by which a program of a kind hands data to a socket in such a map.
  public Helper redirect(ProgramKind kind) {
    boolean sent = kind.type() == ProgramType.SK_MSG;
    return this == SOCKHASH
        ? sent ? Helper.MSG_REDIRECT_HASH : Helper.SK_REDIRECT_HASH
        : sent ? Helper.MSG_REDIRECT_MAP : Helper.SK_REDIRECT_MAP;
  }

  /// The helper by which a program puts its socket into such a map.
  public Helper putSocket() {
    return this == SOCKHASH ? Helper.SOCK_HASH_UPDATE : Helper.SOCK_MAP_UPDATE;
  }

  /// What the values of a storage hang on, and the helpers for it.
  ///
  /// @param owner the kernel's struct
  public record Owned(String owner, Helper get, Helper delete) {}

  /// See [Owned].
  ///
  /// @throws CompilerBug if it is no storage
  public Owned owned() {
    return switch (kind) {
      case TASK_STORAGE ->
          new Owned("task_struct", Helper.TASK_STORAGE_GET, Helper.TASK_STORAGE_DELETE);
      case SK_STORAGE -> new Owned("sock", Helper.SK_STORAGE_GET, Helper.SK_STORAGE_DELETE);
      case INODE_STORAGE ->
          new Owned("inode", Helper.INODE_STORAGE_GET, Helper.INODE_STORAGE_DELETE);
      case CGRP_STORAGE -> new Owned("cgroup", Helper.CGRP_STORAGE_GET, Helper.CGRP_STORAGE_DELETE);
      default -> throw new CompilerBug(this + " is no storage");
    };
  }

  /// Whether a lookup finds every key in range: the null test is then the compiler's.
  public boolean neverNull() {
    return kind.isArray();
  }
}
