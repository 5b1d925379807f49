package org.bpf4j.handle;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/// An arena of a loaded object: memory shared with its programs.
///
/// What the programs' static fields refer to is read by the accessors of those fields.
public final class ArenaHandle {

  private final LoadedData memory;

  /// A face of an arena's memory.
  public ArenaHandle(LoadedData memory) {
    this.memory = memory;
  }

  /// The arena's memory; its first page keeps the books.
  ///
  /// @throws IllegalStateException if the object is closed
  public MemorySegment memory() {
    return memory.segment();
  }

  /// How many bytes were ever given out, those that are free again included.
  public long usedBytes() {
    return Math.min(
        memory().get(ValueLayout.JAVA_LONG_UNALIGNED, 0), memory().byteSize() - PAGE_BYTES);
  }

  /// The bytes of the books, which are the arena's first page.
  private static final int PAGE_BYTES = 4096;

  /// A copy of the object at an address, with all that is reached from it; null if the address is
  /// 0. It may be torn by programs that run meanwhile.
  ///
  /// @throws IllegalStateException if the object is closed, or an address is none of the arena
  public <T> @Nullable T at(long address, ArenaCodec<T> codec) {
    return new ArenaReader(memory.segment()).graph(address, codec);
  }
}
