package org.bpf4j.sim;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
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

  /// The number of an object is where it is; the simulation has no others.
  @Override
  public boolean lookup(MemorySegment key, MemorySegment value) {
    int index = key.get(INT, 0);
    boolean present = object.locked(() -> map.at(index) != null);
    if (present) {
      value.set(INT, 0, index + 1);
    }
    return present;
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
          case MapObject.OfProgram _,
              MapObject.OfMap _,
              MapObject.OfCgroup _,
              MapObject.OfDescriptor _ ->
              throw new IllegalArgumentException(given + " is not in this kernel");
        };
    int result = object.locked(() -> map.put(key.get(INT, 0), held));
    if (result != 0) {
      throw new SyscallException(
          "BPF_MAP_UPDATE_ELEM " + definition().name(), -result, "E2BIG: no such slot");
    }
  }

  @Override
  public boolean delete(MemorySegment key) {
    return object.locked(() -> map.remove(key.get(INT, 0)));
  }

  @Override
  public boolean nextKey(@Nullable MemorySegment key, MemorySegment next) {
    Integer found = object.locked(() -> map.next(key == null ? null : key.get(INT, 0)));
    if (found == null) {
      return false;
    }
    next.set(INT, 0, found);
    return true;
  }
}
