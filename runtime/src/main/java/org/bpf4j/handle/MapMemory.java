package org.bpf4j.handle;

import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapFlag;

/// How much memory of the kernel a map takes, with all its values for all possible CPUs.
///
/// @param bytes the bytes
/// @param source who says so
public record MapMemory(long bytes, Source source) {

  /// Who says how much it is.
  public enum Source {
    /// The kernel, of the map that it has (`memlock` of the descriptor's `fdinfo`). Before Linux
    /// 6.4 that is an estimate of its own.
    KERNEL,
    /// The rules by which Linux lays maps out, from what a map declares. What grows with use is
    /// counted as if it were full; the map's own header, some hundred bytes, is not counted.
    COMPUTED
  }

  /// `sizeof(struct htab_elem)`, of which the key is behind.
  private static final long HASH_ELEMENT = 48;

  /// `sizeof(struct bucket)` of a hash.
  private static final long BUCKET = 16;

  /// `sizeof(struct stack_map_bucket)`, of which the trace is behind.
  private static final long STACK_BUCKET = 16;

  /// `HASHTAB_MAP_LOCK_COUNT` counters of 4 bytes for each CPU.
  private static final long LOCKS = 8 * 4;

  /// `sizeof(struct lpm_trie_node)` without its data, and two nodes for an entry at the most.
  private static final long TRIE_NODE = 40;

  /// The page on which the arithmetic of rings and mapped arrays rests.
  private static final long PAGE = 4096;

  /// The pages of a ring that hold no records (`RINGBUF_NR_META_PAGES`).
  private static final long RING_PAGES = 3;

  /// What a kernel said.
  public static MapMemory counted(long bytes) {
    return new MapMemory(bytes, Source.KERNEL);
  }

  /// What a map will take.
  ///
  /// @param cpus the possible CPUs of the machine
  public static MapMemory computed(MapDefinition map, int cpus) {
    return new MapMemory(bytes(map, cpus), Source.COMPUTED);
  }

  private static long bytes(MapDefinition map, int cpus) {
    long entries = Integer.toUnsignedLong(map.maxEntries());
    long value = round(map.valueSize());
    return switch (map.kind()) {
      case ARRAY -> MapFlag.MMAPABLE.isIn(map.flags()) ? pages(entries * value) : entries * value;
      case PERCPU_ARRAY -> entries * (Long.BYTES + value * cpus);
      case HASH, HASH_OF_MAPS, PERCPU_HASH, LRU_HASH, LRU_PERCPU_HASH -> hash(map, cpus);
      case PROG_ARRAY,
          PERF_EVENT_ARRAY,
          CGROUP_ARRAY,
          ARRAY_OF_MAPS,
          DEVMAP,
          CPUMAP,
          XSKMAP,
          SOCKMAP,
          REUSEPORT_SOCKARRAY ->
          entries * Long.BYTES;
      case SOCKHASH, DEVMAP_HASH -> entries * Long.BYTES + entries * (HASH_ELEMENT + map.keySize());
      case QUEUE, STACK -> (entries + 1) * map.valueSize();
      case LPM_TRIE -> 2 * entries * (TRIE_NODE + map.keySize() - Integer.BYTES + map.valueSize());
      case STACK_TRACE ->
          buckets(entries) * Long.BYTES + entries * (STACK_BUCKET + map.valueSize());
      case BLOOM_FILTER -> bloom(map, entries);
      case RINGBUF, USER_RINGBUF ->
          pages(entries) + RING_PAGES * PAGE + (RING_PAGES + 2 * entries / PAGE) * Long.BYTES;
      case ARENA -> entries * PAGE;
      case PERCPU_CGROUP_STORAGE -> entries * (HASH_ELEMENT + value * cpus);
      case CGROUP_STORAGE, SK_STORAGE, INODE_STORAGE, TASK_STORAGE, CGRP_STORAGE ->
          entries * (HASH_ELEMENT + value);
      case STRUCT_OPS -> value;
      case INSN_ARRAY -> entries * (value + Long.BYTES);
      case RHASH -> entries * (2L * Long.BYTES + round(map.keySize()) + value);
    };
  }

  /// `htab_map_mem_usage`: buckets, locks, and elements that are made beforehand, one more for each
  /// CPU; values of CPUs and the pointer to them are beside the element.
  private static long hash(MapDefinition map, int cpus) {
    long entries = Integer.toUnsignedLong(map.maxEntries());
    boolean perCpu = map.kind().perCpu();
    boolean evicts = map.kind().name().startsWith("LRU");
    boolean early = !MapFlag.NO_PREALLOC.isIn(map.flags());
    long elements = early && !perCpu && !evicts ? entries + cpus : entries;
    long value = round(map.valueSize());
    long element = HASH_ELEMENT + round(map.keySize()) + (perCpu ? Long.BYTES : value);
    long spare = perCpu || evicts ? 0 : (long) Long.BYTES * cpus;
    return buckets(entries) * BUCKET
        + LOCKS * cpus
        + elements * element
        + (perCpu ? elements * value * cpus : 0)
        + (early ? spare : 2L * Long.BYTES * elements);
  }

  /// `bloom_map_alloc`: bits for the hash functions (5 if not said) at 7/5 each, rounded up to a
  /// power of two.
  private static long bloom(MapDefinition map, long entries) {
    long functions = (map.traits().extra() & 0xf) == 0 ? 5 : map.traits().extra() & 0xf;
    long bits = entries * functions / 5 * 7;
    return Math.max(Long.BYTES, buckets(bits) / Byte.SIZE);
  }

  /// The least power of two that is not less.
  private static long buckets(long entries) {
    return entries <= 1 ? 1 : Long.highestOneBit(entries - 1) << 1;
  }

  private static long round(int bytes) {
    return Math.ceilDiv(bytes, Long.BYTES) * (long) Long.BYTES;
  }

  private static long pages(long bytes) {
    return Math.ceilDiv(bytes, PAGE) * PAGE;
  }

  /// The bytes with who says so, such as `65616 bytes` or `some 65536 bytes`.
  @Override
  public String toString() {
    return (source == Source.COMPUTED ? "some " : "") + bytes + " bytes";
  }
}
