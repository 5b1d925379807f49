package org.bpf4j.sim;

import org.bpf4j.kernel.SyscallException;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.vm.Memory;
import org.bpf4j.vm.Region;
import org.bpf4j.vm.Region.Access;

/// A map as programs and user space share it.
///
/// To a program a map is the address of a region without bytes: it can be passed, not read.
sealed interface SimulatedMap
    permits ArenaMap, EventMap, FilterMap, KeyedMap, ObjectMap, QueueMap, RingMap, UserRingMap {

  /// The sizes in force.
  MapDefinition definition();

  /// What programs pass to helpers.
  Region handle();

  /// Makes a map.
  ///
  /// @throws SyscallException if the kernel would refuse the sizes
  /// @throws UnsupportedFeatureException if the simulation has no such maps
  static SimulatedMap create(MapDefinition map, Memory memory, int cpus) {
    return switch (map.kind()) {
      case ARRAY -> new ArrayMap(map, memory, 1);
      case PERCPU_ARRAY -> new ArrayMap(map, memory, cpus);
      case HASH, LRU_HASH, RHASH -> new HashTable(map, memory, 1);
      case PERCPU_HASH, LRU_PERCPU_HASH -> new HashTable(map, memory, cpus);
      case LPM_TRIE -> new PrefixTable(map, memory);
      case RINGBUF -> new RingMap(map, memory);
      case USER_RINGBUF -> new UserRingMap(map, memory);
      case PROG_ARRAY,
          CGROUP_ARRAY,
          XSKMAP,
          SOCKMAP,
          SOCKHASH,
          REUSEPORT_SOCKARRAY,
          STACK_TRACE,
          ARRAY_OF_MAPS,
          HASH_OF_MAPS ->
          new ObjectMap(map, memory);
      case DEVMAP, DEVMAP_HASH, CPUMAP -> new HashTable(map, memory, 1);
      case QUEUE, STACK -> new QueueMap(map, memory);
      case BLOOM_FILTER -> new FilterMap(map, memory);
      case PERF_EVENT_ARRAY -> new EventMap(map, memory);
      case SK_STORAGE, INODE_STORAGE, TASK_STORAGE, CGRP_STORAGE ->
          new HashTable(StorageHelpers.byAddress(map), memory, 1);
      case CGROUP_STORAGE -> new HashTable(StorageHelpers.byAddress(map), memory, 1);
      case PERCPU_CGROUP_STORAGE -> new HashTable(StorageHelpers.byAddress(map), memory, cpus);
      case ARENA -> new ArenaMap(map, memory);
      case STRUCT_OPS, INSN_ARRAY ->
          throw new UnsupportedFeatureException(
              "map type " + map.kind() + " (of `" + map.name() + "`), being simulated", null);
    };
  }

  /// The region that stands for a map.
  static Region handle(MapDefinition map, Memory memory) {
    return memory.add("map " + map.name(), new byte[0], 0, 0, Access.READ);
  }

  /// Refuses a definition as the kernel does.
  static void require(boolean condition, MapDefinition map, String meaning) {
    if (!condition) {
      throw new SyscallException(
          "BPF_MAP_CREATE " + map.name(), Errno.EINVAL, "EINVAL: " + meaning);
    }
  }
}
