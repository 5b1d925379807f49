package org.bpf4j.sys;

import org.bpf4j.btf.BtfBuilder;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfWriter;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapKind;

/// The smallest map of each kind, which tells whether the kernel has that kind.
public final class SmallestMap {

  /// `struct bpf_cgroup_storage_key`.
  private static final int CGROUP_KEY_BYTES = 16;

  /// `struct bpf_lpm_trie_key` with a byte of data.
  private static final int PREFIX_BYTES = 5;

  private SmallestMap() {}

  /// Tries to create it.
  ///
  /// @param token by whose leave
  /// @return a descriptor, or the negated error number: `EINVAL` or `EOPNOTSUPP` for a kind that
  ///   the kernel does not know
  public static long create(MapKind kind, Token token) {
    if (kind.isLocalStorage()) {
      return typed(kind, token);
    }
    if (kind.holdsMaps()) {
      return outer(kind, token);
    }
    return kind == MapKind.STRUCT_OPS
        ? Bpf.createOperations(map(kind, 4, 4, 1, 0), -1, 1)
        : Bpf.createMap(definition(kind), -1, -1, token);
  }

  private static MapDefinition definition(MapKind kind) {
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

  private static long typed(MapKind kind, Token token) {
    BtfBuilder types = new BtfBuilder();
    int number = types.add(new BtfType.Int("int", 4, BtfType.IntEncoding.SIGNED, 32));
    long loaded = Bpf.loadBtf(BtfWriter.write(types.build()), token);
    if (loaded < 0) {
      return -Errno.EPERM.number();
    }
    try (Descriptor btf = Descriptor.own(loaded)) {
      return Bpf.createMap(
          new MapDefinition("probe", kind, 4, 4, 0, kind.requiredFlags(), number, number),
          btf.number(),
          -1,
          token);
    }
  }

  private static long outer(MapKind kind, Token token) {
    long inner = Bpf.createMap(map(MapKind.ARRAY, 4, 4, 1, 0), -1, -1, token);
    if (inner < 0) {
      return inner;
    }
    try (Descriptor one = Descriptor.own(inner)) {
      return Bpf.createMap(map(kind, 4, 4, 1, 0), -1, one.number(), token);
    }
  }
}
