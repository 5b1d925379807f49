package org.bpf4j.lang;

/// What can be asked of a map besides its size, with [MapFlags]; not every map takes every flag.
public enum MapFlag {
  /// Memory is taken when an entry is put, not when the map is made: for large tables that are
  /// mostly empty.
  NO_PREALLOC,
  /// Each CPU forgets the keys that it used least by itself, without asking the others: faster, and
  /// less fair.
  NO_COMMON_LRU,
  /// User space may only read.
  RDONLY,
  /// User space may only write.
  WRONLY,
  /// The hash function is the same each time, for benchmarks: keys may be chosen to collide.
  ZERO_SEED,
  /// A connection's socket gets what hangs on the socket that accepts it.
  CLONE,
  /// Programs may only read.
  RDONLY_PROG,
  /// Programs may only write: by `put`, without looking.
  WRONLY_PROG,
  /// User space reads and writes the elements in its own memory, without system calls.
  MMAPABLE,
  /// Slots stay filled when the process that filled them ends.
  PRESERVE_ELEMS,
  /// Stacks of user code are kept as places in files: build ids and offsets, which mean the same in
  /// every process.
  STACK_BUILD_ID,
  /// An array may be in a map of maps whose arrays have other sizes; all in it have this flag.
  INNER_MAP
}
