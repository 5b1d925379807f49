package org.bpf4j.probe;

import org.bpf4j.btf.BtfBuilder;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfWriter;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapKind;
import org.bpf4j.sys.Bpf;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Errno;
import org.bpf4j.sys.Memory;
import org.bpf4j.sys.Token;

/// Tries kinds of maps: creates the smallest of each, and frees it.
final class MapProbe {

  /// `struct bpf_cgroup_storage_key`.
  private static final int CGROUP_KEY_BYTES = 16;

  /// `struct bpf_lpm_trie_key` with a byte of data.
  private static final int PREFIX_BYTES = 5;

  private MapProbe() {}

  static Support kind(MapKind kind) {
    long result =
        switch (kind) {
          case SK_STORAGE, INODE_STORAGE, TASK_STORAGE, CGRP_STORAGE -> typed(kind);
          case ARRAY_OF_MAPS, HASH_OF_MAPS -> outer(kind);
          case STRUCT_OPS -> Bpf.createOperations(map(kind, 4, 4, 1, 0), -1, 1);
          default -> Bpf.createMap(smallest(kind), -1);
        };
    if (result >= 0) {
      Descriptor.own(result).close();
      return Support.YES;
    }
    if (kind == MapKind.STRUCT_OPS && Errno.ENOTSUPP.is(result)) {
      return Support.YES;
    }
    return Errno.EINVAL.is(result) || Errno.EOPNOTSUPP.is(result) ? Support.NO : Support.UNKNOWN;
  }

  private static MapDefinition smallest(MapKind kind) {
    return switch (kind) {
      case LPM_TRIE -> map(kind, PREFIX_BYTES, 4, 1, kind.requiredFlags());
      case CGROUP_STORAGE, PERCPU_CGROUP_STORAGE -> map(kind, CGROUP_KEY_BYTES, 4, 0, 0);
      case STACK_TRACE -> map(kind, 4, 8, 1, 0);
      case QUEUE, STACK, BLOOM_FILTER -> map(kind, 0, 4, 1, 0);
      case RINGBUF, USER_RINGBUF -> map(kind, 0, 0, (int) Memory.pages(1), 0);
      case RHASH -> map(kind, 4, 4, 1, kind.requiredFlags());
      case INSN_ARRAY -> map(kind, 4, 16, 1, 0);
      case ARENA -> map(kind, 0, 0, 1, kind.requiredFlags());
      default -> map(kind, 4, 4, 1, 0);
    };
  }

  private static MapDefinition map(MapKind kind, int key, int value, int entries, int flags) {
    return new MapDefinition("probe", kind, key, value, entries, flags, 0, 0);
  }

  /// Storages that hang on objects want types of keys and values.
  private static long typed(MapKind kind) {
    BtfBuilder types = new BtfBuilder();
    int number = types.add(new BtfType.Int("int", 4, BtfType.IntEncoding.SIGNED, 32));
    long loaded = Bpf.loadBtf(BtfWriter.write(types.build()));
    if (loaded < 0) {
      return -Errno.EPERM.number();
    }
    try (Descriptor btf = Descriptor.own(loaded)) {
      return Bpf.createMap(
          new MapDefinition("probe", kind, 4, 4, 0, kind.requiredFlags(), number, number),
          btf.number());
    }
  }

  private static long outer(MapKind kind) {
    long inner = Bpf.createMap(map(MapKind.ARRAY, 4, 4, 1, 0), -1);
    if (inner < 0) {
      return inner;
    }
    try (Descriptor one = Descriptor.own(inner)) {
      return Bpf.createMap(map(kind, 4, 4, 1, 0), -1, one.number(), Token.NONE);
    }
  }
}
