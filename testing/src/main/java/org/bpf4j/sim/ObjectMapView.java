package org.bpf4j.sim;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.NetworkChannel;
import java.nio.file.Path;
import java.util.function.Function;
import org.bpf4j.handle.LoadedMap;
import org.bpf4j.handle.MapObject;
import org.bpf4j.kernel.SyscallException;
import org.bpf4j.object.MapDefinition;
import org.jspecify.annotations.Nullable;

/// A map of kernel objects as user space sees it: objects go in, and their numbers come out.
record ObjectMapView(SimulatedObject object, ObjectMap map) implements LoadedMap {

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

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

  /// The number of an object is where it is in this process; the simulation has no others.
  @Override
  public boolean lookup(MemorySegment key, MemorySegment value) {
    Object found = object.locked(() -> map.at(bytes(key)));
    if (found != null) {
      value.set(INT, 0, System.identityHashCode(found));
    }
    return found != null;
  }

  @Override
  public boolean take(MemorySegment key, MemorySegment value) {
    throw new IllegalArgumentException("map `" + definition().name() + "` holds objects");
  }

  @Override
  public boolean update(MemorySegment key, MemorySegment value, UpdateMode mode) {
    throw new IllegalArgumentException(
        "map `" + definition().name() + "` takes objects, not numbers");
  }

  @Override
  public void assign(MemorySegment key, MapObject given) {
    Object held =
        switch (given) {
          case MapObject.OfProgram(SimulatedProgram program) -> program;
          case MapObject.OfProgram(JavaProgram program) -> program;
          case MapObject.OfMap(MapView(_, KeyedMap inner)) -> inner;
          case MapObject.OfCgroup(Path folder) -> folder;
          case MapObject.OfSocket(NetworkChannel channel) -> channel;
          case MapObject.OfDescriptor(int number) -> number;
          case MapObject.OfProcess _, MapObject.OfFile _ ->
              throw new IllegalArgumentException("maps do not hold " + given);
          case MapObject.OfProgram _, MapObject.OfMap _, MapObject.OfTarget _ ->
              throw new IllegalArgumentException(given + " is not in this kernel");
        };
    int result = object.locked(() -> map.put(bytes(key), held));
    if (result != 0) {
      throw new SyscallException(
          "BPF_MAP_UPDATE_ELEM " + definition().name(), -result, "E2BIG: no room");
    }
  }

  @Override
  public LoadedMap createInner(int maxEntries) {
    MapDefinition inner = inner(maxEntries);
    return object.locked(() -> object.addInner(inner));
  }

  @Override
  public <T> T withOwner(MapObject owner, Function<MemorySegment, T> use) {
    throw new IllegalArgumentException("values do not hang on objects of the kernel");
  }

  @Override
  public boolean delete(MemorySegment key) {
    return object.locked(() -> map.remove(bytes(key)));
  }

  @Override
  public boolean nextKey(@Nullable MemorySegment key, MemorySegment next) {
    byte[] found = object.locked(() -> map.next(key == null ? null : bytes(key)));
    if (found == null) {
      return false;
    }
    MemorySegment.copy(found, 0, next, ValueLayout.JAVA_BYTE, 0, found.length);
    return true;
  }

  private static byte[] bytes(MemorySegment key) {
    return key.toArray(ValueLayout.JAVA_BYTE);
  }
}
