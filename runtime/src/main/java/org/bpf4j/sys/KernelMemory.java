package org.bpf4j.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bpf4j.handle.LoadedData;
import org.bpf4j.object.DataSection;
import org.jspecify.annotations.Nullable;

/// A data section in Linux: the only value of an array map.
///
/// The memory is that of the map itself, mapped into this process; a section that is constant for
/// the programs is a copy instead, since the kernel lets nobody map what is frozen for writing, and
/// what cannot change needs no sharing. A section that the programs alone use is not mapped at all.
public final class KernelMemory implements LoadedData, AutoCloseable {

  /// Where `struct bpf_map_info` has the name.
  private static final int MAP_NAME = 24;

  private final String name;
  private final Descriptor map;
  private final Arena arena = Arena.ofShared();
  private final @Nullable MemorySegment segment;
  private final AtomicBoolean closed = new AtomicBoolean();

  /// Takes ownership of the map of a section.
  ///
  /// @param contents what the section holds now
  /// @param hidden whether the programs alone use it
  public KernelMemory(DataSection section, byte[] contents, Descriptor map, boolean hidden) {
    this.name = section.name();
    this.map = map;
    segment = section.isReadOnly() ? copy(contents) : hidden ? null : mapping(contents.length);
  }

  private MemorySegment copy(byte[] contents) {
    MemorySegment copy = arena.allocate(contents.length, Long.BYTES);
    return copy.copyFrom(MemorySegment.ofArray(contents)).asReadOnly();
  }

  private MemorySegment mapping(int bytes) {
    return Memory.map(map, Memory.pages(bytes), 0, true, arena).asSlice(0, bytes);
  }

  /// The descriptor of the map, for those who load programs.
  public Descriptor descriptor() {
    return map;
  }

  /// What the kernel calls the map.
  String mapName() {
    return ObjectInfo.of(map, "section `" + name + "`").text(MAP_NAME);
  }

  @Override
  public MemorySegment segment() {
    if (segment == null) {
      throw new IllegalStateException(
          "section `" + name + "` has static variables alone, which only programs see");
    }
    if (!segment.scope().isAlive()) {
      throw new IllegalStateException("section `" + name + "` is closed");
    }
    return segment;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      arena.close();
      map.close();
    }
  }
}
