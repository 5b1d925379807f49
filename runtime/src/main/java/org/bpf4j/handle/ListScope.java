package org.bpf4j.handle;

/// What part of the kernel's list an iterator goes over.
public sealed interface ListScope {

  /// All of it.
  record All() implements ListScope {}

  /// What belongs to one process: its threads, files or mappings (Linux 6.1).
  record OfProcess(long process) implements ListScope {}

  /// What belongs to one map: its elements.
  record OfMap(LoadedMap map) implements ListScope {}
}
