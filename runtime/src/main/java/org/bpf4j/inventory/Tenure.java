package org.bpf4j.inventory;

import java.nio.file.Path;
import java.util.List;

/// What keeps an object in the kernel, apart from other objects that use it.
///
/// @param pins the paths under which it is pinned in BPF file systems that this process sees
/// @param holders the processes that have a descriptor of it, as far as this process may look
public record Tenure(List<Path> pins, List<Holder> holders) {

  /// Nothing that is known.
  public static final Tenure UNKNOWN = new Tenure(List.of(), List.of());

  /// Copies the lists.
  public Tenure {
    pins = List.copyOf(pins);
    holders = List.copyOf(holders);
  }
}
