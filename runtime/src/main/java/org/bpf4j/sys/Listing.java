package org.bpf4j.sys;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Objects;
import org.bpf4j.handle.ListScope;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.KernelVersion;

/// What an iterator writes: a link says which part of the list, a file of it is one reading. The
/// kernel goes through the list as it is read.
final class Listing extends InputStream {

  /// `BPF_TRACE_ITER` of `enum bpf_attach_type`.
  private static final int ITER = 28;

  /// The first kernel whose lists may be of one process, or of control groups.
  private static final KernelVersion PARTS = new KernelVersion(6, 1);

  /// The size of `union bpf_iter_link_info`.
  private static final int SCOPE_BYTES = 16;

  private static final int BUFFER_BYTES = 1 << 16;

  private final Lifetime lifetime;
  private final Descriptor file;
  private final MemorySegment buffer = Arena.ofAuto().allocate(BUFFER_BYTES);

  private Listing(Descriptor file) {
    this.file = file;
    lifetime = new Lifetime("this list", file::close);
  }

  /// Begins a reading.
  static Listing open(Descriptor program, ListScope scope) {
    try (Arena arena = Arena.ofConfined();
        Descriptor link = link(arena, program, scope)) {
      return new Listing(Descriptor.of(AttachCommands.createIterator(link), "BPF_ITER_CREATE"));
    }
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    lifetime.enter();
    try {
      int read = next(Math.min(length, BUFFER_BYTES));
      MemorySegment.copy(buffer, JAVA_BYTE, 0, into, offset, read);
      return read == 0 ? -1 : read;
    } finally {
      lifetime.leave();
    }
  }

  /// The kernel asks to try again after a megabyte of items that wrote nothing.
  private int next(int length) {
    long read;
    do {
      read = Native.call(SystemCall.READ, file.number(), buffer.address(), length, 0, 0, 0);
    } while (Errno.EAGAIN.is(read));
    return (int) Failure.check(read, "reading a list");
  }

  @Override
  public void close() {
    lifetime.close();
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
        return attached(AttachCommands.createLink(arena, attr), scope);
      }
    }
    return attached(AttachCommands.createLink(arena, attr), scope);
  }

  /// A kernel that knows of fewer parts says that it was told too much.
  private static Descriptor attached(long result, ListScope scope) {
    if (Errno.E2BIG.is(result)) {
      throw new UnsupportedFeatureException("lists of a part: " + scope, PARTS);
    }
    return Descriptor.of(result, "attaching an iterator");
  }
}
