package org.bpf4j.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The commands of bpf(2) that attach programs; offsets are those of `union bpf_attr` in
/// `linux/bpf.h`.
public final class AttachCommands {

  private static final int PROG_ATTACH = 8;
  private static final int PROG_DETACH = 9;
  private static final int RAW_TRACEPOINT_OPEN = 17;
  private static final int LINK_CREATE = 28;
  private static final int ITER_CREATE = 33;

  /// `BPF_PERF_EVENT` and `BPF_NETFILTER` of `enum bpf_attach_type`.
  private static final int PERF_EVENT = 41;

  private static final int NETFILTER = 45;

  /// `BPF_TRACE_KPROBE_MULTI` and `BPF_TRACE_UPROBE_MULTI`.
  private static final int KPROBE_MULTI = 42;

  private static final int UPROBE_MULTI = 48;

  /// The first page is nobody's.
  private static final long NO_ADDRESS = 8;

  /// No `NFPROTO_*`.
  private static final int NO_FAMILY = 255;

  private AttachCommands() {}

  /// Attaches a program to a hook that takes a link.
  ///
  /// @param target an interface's index or a descriptor, by attach type
  /// @param attachType `enum bpf_attach_type`
  /// @return a descriptor, or the negated error number
  public static long createLink(int program, int target, int attachType, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attr = arena.allocate(64, 8);
      attr.set(JAVA_INT, 0, program);
      attr.set(JAVA_INT, 4, target);
      attr.set(JAVA_INT, 8, attachType);
      attr.set(JAVA_INT, 12, flags);
      return createLink(arena, attr);
    }
  }

  /// Attaches a program where it cannot be, to see what the kernel says. The details tell of one
  /// function at an address that is not this process's, if the attach type wants functions.
  ///
  /// @return a descriptor, or the negated error number
  public static long tryLink(Descriptor program, int target, int attachType) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attr = link(arena, program, target, attachType);
      if (attachType == KPROBE_MULTI) {
        attr.set(JAVA_INT, 20, 1);
        attr.set(JAVA_LONG, 32, NO_ADDRESS);
      } else if (attachType == UPROBE_MULTI) {
        attr.set(JAVA_LONG, 16, arena.allocateFrom("/proc/self/exe").address());
        attr.set(JAVA_LONG, 24, NO_ADDRESS);
        attr.set(JAVA_INT, 48, 1);
        attr.set(JAVA_INT, 4, 0);
      } else if (attachType == NETFILTER) {
        attr.set(JAVA_INT, 4, 0);
        attr.set(JAVA_INT, 16, NO_FAMILY);
      }
      return createLink(arena, attr);
    }
  }

  /// Attaches a program to a perf event, with a number that the program can ask for.
  ///
  /// @return a descriptor, or the negated error number; kernels before 5.15 know no such link
  public static long createEventLink(int program, int event, long cookie) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attr = arena.allocate(64, 8);
      attr.set(JAVA_INT, 0, program);
      attr.set(JAVA_INT, 4, event);
      attr.set(JAVA_INT, 8, PERF_EVENT);
      attr.set(JAVA_LONG, 16, cookie);
      return createLink(arena, attr);
    }
  }

  /// Attaches a program to a hook without a link.
  ///
  /// @param target a descriptor, by attach type
  /// @param attachType `enum bpf_attach_type`
  /// @return 0, or the negated error number
  public static long attach(int target, int program, int attachType) {
    return attachment(PROG_ATTACH, target, program, attachType);
  }

  /// Detaches a program that was attached without a link.
  ///
  /// @return 0, or the negated error number
  public static long detach(int target, int program, int attachType) {
    return attachment(PROG_DETACH, target, program, attachType);
  }

  private static long attachment(int command, int target, int program, int attachType) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attr = arena.allocate(16, 8);
      attr.set(JAVA_INT, 0, target);
      attr.set(JAVA_INT, 4, program);
      attr.set(JAVA_INT, 8, attachType);
      return Bpf.call(arena, command, attr);
    }
  }

  /// Begins a reading of an iterator's list.
  ///
  /// @return a descriptor to read from, or the negated error number
  static long createIterator(Descriptor link) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attr = arena.allocate(8, 8);
      attr.set(JAVA_INT, 0, link.number());
      return Bpf.call(arena, ITER_CREATE, attr);
    }
  }

  /// The beginning of a request for a link; what follows at offset 16 is the attach type's own.
  static MemorySegment link(Arena arena, Descriptor program, int target, int attachType) {
    MemorySegment attr = arena.allocate(64, 8);
    attr.set(JAVA_INT, 0, program.number());
    attr.set(JAVA_INT, 4, target);
    attr.set(JAVA_INT, 8, attachType);
    return attr;
  }

  /// Attaches as a request says.
  ///
  /// @return a descriptor, or the negated error number
  static long createLink(Arena arena, MemorySegment attr) {
    return Bpf.call(arena, LINK_CREATE, attr);
  }

  /// Attaches a program to what it was loaded for.
  ///
  /// @return a descriptor, or the negated error number
  public static long openTracing(int program) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attr = arena.allocate(16, 8);
      attr.set(JAVA_INT, 8, program);
      return Bpf.call(arena, RAW_TRACEPOINT_OPEN, attr);
    }
  }

  /// Attaches a program to what it was loaded for, with a number that it can ask for.
  ///
  /// @return a descriptor, or the negated error number
  public static long createTracingLink(int program, int attachType, long cookie) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attr = arena.allocate(64, 8);
      attr.set(JAVA_INT, 0, program);
      attr.set(JAVA_INT, 8, attachType);
      attr.set(JAVA_LONG, 24, cookie);
      return createLink(arena, attr);
    }
  }

  /// Attaches a program to a netfilter hook of the calling thread's network namespace.
  ///
  /// @param family `NFPROTO_*`
  /// @param hook `NF_INET_*`
  /// @return a descriptor, or the negated error number
  public static long createNetfilterLink(int program, int family, int hook, int priority) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attr = arena.allocate(64, 8);
      attr.set(JAVA_INT, 0, program);
      attr.set(JAVA_INT, 8, NETFILTER);
      attr.set(JAVA_INT, 16, family);
      attr.set(JAVA_INT, 20, hook);
      attr.set(JAVA_INT, 24, priority);
      return Bpf.call(arena, LINK_CREATE, attr);
    }
  }

  /// Attaches a program to a tracepoint with raw arguments.
  ///
  /// @return a descriptor, or the negated error number
  public static long openRawTracepoint(int program, String name, long cookie) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attr = arena.allocate(24, 8);
      attr.set(JAVA_LONG, 0, Bpf.text(arena, name));
      attr.set(JAVA_INT, 8, program);
      attr.set(JAVA_LONG, 16, cookie);
      return Bpf.call(arena, RAW_TRACEPOINT_OPEN, attr);
    }
  }
}
