package org.bpf4j.sys;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bpf4j.handle.ListScope;

/// Reads what an iterator writes: a link says which part of the list, a file of it is one reading.
final class Listing {

  /// `BPF_TRACE_ITER` of `enum bpf_attach_type`.
  private static final int ITER = 28;

  /// The size of `union bpf_iter_link_info`.
  private static final int SCOPE_BYTES = 16;

  private static final int BUFFER_BYTES = 1 << 16;

  private Listing() {}

  static String read(Descriptor program, ListScope scope) {
    try (Arena arena = Arena.ofConfined();
        Descriptor link = link(arena, program, scope);
        Descriptor file = Descriptor.of(AttachCommands.createIterator(link), "BPF_ITER_CREATE")) {
      MemorySegment buffer = arena.allocate(BUFFER_BYTES);
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      for (long read = next(file, buffer); read > 0; read = next(file, buffer)) {
        text.writeBytes(buffer.asSlice(0, read).toArray(JAVA_BYTE));
      }
      return text.toString(StandardCharsets.UTF_8);
    }
  }

  /// The kernel asks to try again after a megabyte of items that wrote nothing.
  private static long next(Descriptor file, MemorySegment buffer) {
    long read;
    do {
      read = Native.call(SystemCall.READ, file.number(), buffer.address(), BUFFER_BYTES, 0, 0, 0);
    } while (Errno.EAGAIN.is(read));
    return Failure.check(read, "reading a list");
  }

  private static Descriptor link(Arena arena, Descriptor program, ListScope scope) {
    MemorySegment attr = AttachCommands.link(arena, program, 0, ITER);
    MemorySegment part = arena.allocate(SCOPE_BYTES, Long.BYTES);
    switch (scope) {
      case ListScope.All _ -> {}
      case ListScope.OfProcess(long process) -> part.set(JAVA_INT, 4, Math.toIntExact(process));
      case ListScope.OfMap(KernelMap map) -> part.set(JAVA_INT, 0, map.descriptor().number());
      case ListScope.OfCgroup(_, ListScope.Order order) ->
          part.set(JAVA_INT, 0, order.ordinal() + 1);
      case ListScope.OfMap other ->
          throw new IllegalArgumentException("not a map of this kernel: " + other.map());
    }
    if (!(scope instanceof ListScope.All)) {
      attr.set(JAVA_LONG, 16, part.address());
      attr.set(JAVA_INT, 24, SCOPE_BYTES);
    }
    if (scope instanceof ListScope.OfCgroup(Path folder, _)) {
      try (Descriptor opened = Descriptor.open(folder)) {
        part.set(JAVA_INT, 4, opened.number());
        return Descriptor.of(AttachCommands.createLink(arena, attr), "attaching an iterator");
      }
    }
    return Descriptor.of(AttachCommands.createLink(arena, attr), "attaching an iterator");
  }
}
