package org.bpf4j.handle;

import java.nio.file.Path;

/// Where a map or a program is that is in the kernel already, whoever loaded it.
public sealed interface Place {

  /// A pin.
  ///
  /// @param path its path in a BPF file system
  record Pin(Path path) implements Place {
    @Override
    public String toString() {
      return path.toString();
    }
  }

  /// An object by its number, as `bpf4j map list` and `bpftool` show it; opening it takes
  /// `CAP_SYS_ADMIN`.
  record Id(int number) implements Place {
    @Override
    public String toString() {
      return "id " + number;
    }
  }

  /// A descriptor of this process: inherited, or received over a socket. It is duplicated, and
  /// stays the caller's.
  record Descriptor(int number) implements Place {
    @Override
    public String toString() {
      return "descriptor " + number;
    }
  }

  /// What is pinned at a path.
  static Place pin(Path path) {
    return new Pin(path);
  }

  /// What has a number.
  static Place id(int number) {
    return new Id(number);
  }

  /// What a descriptor of this process stands for.
  static Place descriptor(int number) {
    return new Descriptor(number);
  }
}
