package org.bpf4j.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The commands of bpf(2) that change links; offsets are those of `union bpf_attr` in
/// `linux/bpf.h`.
public final class LinkCommands {

  private static final int LINK_UPDATE = 29;
  private static final int LINK_DETACH = 34;

  /// `BPF_F_REPLACE`.
  private static final int REPLACE = 1 << 2;

  private LinkCommands() {}

  /// Puts a program, or the map of a struct of functions, in the place of the present one.
  ///
  /// @return 0, or the negated error number
  public static long update(Descriptor link, Descriptor next) {
    return update(link, next, 0, 0);
  }

  /// Puts a program in the place of another one.
  ///
  /// @return 0, or the negated error number: `EPERM` also if another program is there
  static long replace(Descriptor link, Descriptor expected, Descriptor next) {
    return update(link, next, REPLACE, expected.number());
  }

  private static long update(Descriptor link, Descriptor next, int flags, int expected) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attr = arena.allocate(16, 8);
      attr.set(JAVA_INT, 0, link.number());
      attr.set(JAVA_INT, 4, next.number());
      attr.set(JAVA_INT, 8, flags);
      attr.set(JAVA_INT, 12, expected);
      return Bpf.call(arena, LINK_UPDATE, attr);
    }
  }

  /// Detaches, for everybody who holds the link.
  ///
  /// @return 0, or the negated error number
  static long detach(Descriptor link) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attr = arena.allocate(8, 8);
      attr.set(JAVA_INT, 0, link.number());
      return Bpf.call(arena, LINK_DETACH, attr);
    }
  }
}
