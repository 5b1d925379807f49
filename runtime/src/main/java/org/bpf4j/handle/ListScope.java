package org.bpf4j.handle;

import java.nio.file.Path;

/// What part of the kernel's list an iterator goes over.
public sealed interface ListScope {

  /// All of it.
  record All() implements ListScope {}

  /// What belongs to one process: its threads, files or mappings (Linux 6.1).
  record OfProcess(long process) implements ListScope {}

  /// What belongs to one map: its elements.
  record OfMap(LoadedMap map) implements ListScope {}

  /// A control group (version 2), and those below or above it (Linux 6.1).
  record OfCgroup(Path folder, Order order) implements ListScope {}

  /// Which control groups a list has, and in which order (`enum bpf_cgroup_iter_order`).
  enum Order {
    /// The one alone.
    SELF,
    /// Each before those below it.
    DOWN,
    /// Each behind those below it.
    UP_FROM_BELOW,
    /// The one, and those above it.
    UP
  }
}
