package org.bpf4j.sim;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.Function;
import org.bpf4j.handle.LoadedMap;
import org.bpf4j.handle.MapObject;
import org.bpf4j.kernel.MapFullException;
import org.bpf4j.kernel.SyscallException;
import org.bpf4j.object.MapDefinition;
import org.jspecify.annotations.Nullable;

/// A map without keys as user space sees it: a queue, a stack, a bloom filter or perf buffers.
record OtherMapView(SimulatedObject object, SimulatedMap map) implements LoadedMap {

  @Override
  public MapDefinition definition() {
    return map.definition();
  }

  @Override
  public int valueBytes() {
    return definition().valueSize();
  }

  @Override
  public int valuesPerKey() {
    return 1;
  }

  @Override
  public boolean lookup(MemorySegment key, MemorySegment value) {
    return switch (map) {
      case QueueMap queue -> read(queue, value, false);
      case FilterMap filter ->
          object.locked(() -> filter.contains(value.toArray(ValueLayout.JAVA_BYTE)));
      case ArenaMap _, EventMap _, KeyedMap _, ObjectMap _, RingMap _, UserRingMap _ ->
          throw refused("LOOKUP_ELEM");
    };
  }

  @Override
  public boolean take(MemorySegment key, MemorySegment value) {
    if (map instanceof QueueMap queue) {
      return read(queue, value, true);
    }
    throw refused("LOOKUP_AND_DELETE_ELEM");
  }

  private boolean read(QueueMap queue, MemorySegment value, boolean remove) {
    byte[] next = object.locked(() -> queue.next(remove));
    if (next != null) {
      MemorySegment.copy(next, 0, value, ValueLayout.JAVA_BYTE, 0, next.length);
    }
    return next != null;
  }

  @Override
  public boolean update(MemorySegment key, MemorySegment value, UpdateMode mode) {
    byte[] bytes = value.toArray(ValueLayout.JAVA_BYTE);
    switch (map) {
      case QueueMap queue -> {
        int result = object.locked(() -> queue.push(bytes, MapView.flags(mode)));
        if (result == -Errno.E2BIG) {
          throw new MapFullException(definition().name(), definition().maxEntries());
        }
        if (result != 0) {
          throw refused("UPDATE_ELEM");
        }
      }
      case FilterMap filter ->
          object.locked(
              () -> {
                filter.add(bytes);
                return true;
              });
      case ArenaMap _, EventMap _, KeyedMap _, ObjectMap _, RingMap _, UserRingMap _ ->
          throw refused("UPDATE_ELEM");
    }
    return true;
  }

  @Override
  public void assign(MemorySegment key, MapObject given) {
    throw refused("UPDATE_ELEM");
  }

  @Override
  public LoadedMap createInner(int maxEntries) {
    throw new IllegalArgumentException("map `" + definition().name() + "` does not hold maps");
  }

  @Override
  public <T> T withOwner(MapObject owner, Function<MemorySegment, T> use) {
    throw new IllegalArgumentException("values do not hang on objects of the kernel");
  }

  @Override
  public boolean delete(MemorySegment key) {
    throw refused("DELETE_ELEM");
  }

  @Override
  public boolean nextKey(@Nullable MemorySegment key, MemorySegment next) {
    throw refused("GET_NEXT_KEY");
  }

  private SyscallException refused(String command) {
    return new SyscallException(
        "BPF_MAP_" + command + " " + definition().name(),
        Errno.EINVAL,
        "EINVAL: maps of type " + definition().kind() + " do not do that");
  }
}
