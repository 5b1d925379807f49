package org.bpf4j.handle;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Copies objects out of an arena, and all that is reached from them: each once, so that lists and
/// graphs come out as they are.
///
/// Objects wait to be read in a queue, so that a long list needs no deep stack. There are as many
/// objects as the arena has room for at the most, whatever references say.
public final class ArenaReader {

  private record Place(long offset, ArenaCodec<?> codec) {}

  private final MemorySegment memory;
  private final Map<Place, Object> known = new HashMap<>();
  private final Queue<Runnable> waiting = new ArrayDeque<>();

  ArenaReader(MemorySegment memory) {
    this.memory = memory;
  }

  /// Copies the object at an address, and what is reached from it; null if the address is 0.
  ///
  /// @throws IllegalStateException if an address is none of the arena
  <T> @Nullable T graph(long address, ArenaCodec<T> codec) {
    T root = at(address, codec);
    for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
      next.run();
    }
    return root;
  }

  /// The copy of the object at an address, whose fields may have to be read yet; null if the
  /// address is 0.
  ///
  /// @throws IllegalStateException if the address is none of the arena
  @SuppressWarnings("unchecked") // an object is known by the codec that created it
  public <T> @Nullable T at(long address, ArenaCodec<T> codec) {
    if (address == 0) {
      return null;
    }
    long offset = address & 0xffff_ffffL;
    if (offset > memory.byteSize() - codec.bytes()) {
      throw new IllegalStateException(
          "a reference to byte %d of an arena of %d bytes".formatted(offset, memory.byteSize()));
    }
    return (T)
        known.computeIfAbsent(
            new Place(offset, codec),
            _ -> {
              T made = codec.create();
              waiting.add(() -> codec.read(this, memory, offset, made));
              return made;
            });
  }
}
