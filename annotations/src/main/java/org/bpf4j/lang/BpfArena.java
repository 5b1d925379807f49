package org.bpf4j.lang;

import org.jspecify.annotations.Nullable;

/// Memory that programs and user space share, in which objects refer to each other (Linux 6.10).
///
/// Programs take objects out of it and give them back; user space follows the references that it
/// finds in static fields, without system calls. All pages are there from the start. A class has at
/// most one arena, as a program of the kernel has.
public final class BpfArena {

  private final int pages;

  private BpfArena(int pages) {
    this.pages = pages;
  }

  /// Declares an arena, as the initialiser of a `static final` field.
  ///
  /// @param pages its size in pages of 4096 bytes, of which the first keeps the books; a constant
  ///   expression from 2 to 1,048,576
  public static BpfArena ofPages(int pages) {
    return new BpfArena(pages);
  }

  /// The size in pages, as declared; user space may have changed it before loading.
  public int pages() {
    return pages;
  }

  /// A new object, all zero, or null if there is no room.
  ///
  /// @param type an [ArenaStruct] of at most 4088 bytes
  public <T> @Nullable T allocate(Class<T> type) {
    return Host.of(this).maps().allocate(this, type);
  }

  /// Gives an object back, for others of its size to be made of. Whoever still refers to it sees
  /// what is there then.
  ///
  /// @param object what [#allocate] gave
  public void free(Object object) {
    Host.of(this).maps().free(this, object);
  }
}
