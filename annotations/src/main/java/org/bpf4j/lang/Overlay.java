package org.bpf4j.lang;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.bpf4j.lang.host.ViewProxy;

/// Views of bytes in an array: what a union is in C.
///
/// `final byte[] address = new byte[16]` in a struct is memory that several [Header] interfaces may
/// look at; what one writes the others read, on a JVM as in the kernel, since all that there is are
/// the bytes. User space reads them by the same views.
public final class Overlay {

  private Overlay() {}

  /// A view of an array's first bytes.
  ///
  /// @param view a [Header] interface
  /// @param memory the array, whose bytes the view reads and writes
  /// @throws IndexOutOfBoundsException if the array ends before the view does
  public static <T> T of(Class<T> view, byte[] memory) {
    return of(view, memory, 0);
  }

  /// A view of bytes in an array.
  ///
  /// @param view a [Header] interface
  /// @param memory the array, whose bytes the view reads and writes
  /// @param offset the first of them
  /// @throws IndexOutOfBoundsException if the array ends before the view does
  public static <T> T of(Class<T> view, byte[] memory, int offset) {
    Objects.checkIndex(offset, memory.length);
    MemorySegment bytes = MemorySegment.ofArray(memory);
    return ViewProxy.of(view, bytes.asSlice(offset, memory.length - offset));
  }
}
