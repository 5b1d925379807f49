package org.bpf4j.sim;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.function.Function;
import org.bpf4j.handle.LoadedMap;
import org.bpf4j.handle.MapObject;
import org.bpf4j.kernel.MapFullException;
import org.bpf4j.kernel.SyscallException;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapKind;
import org.bpf4j.vm.Region;
import org.jspecify.annotations.Nullable;

/// A map as user space sees it.
record MapView(SimulatedObject object, KeyedMap map) implements LoadedMap {

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  @Override
  public MapDefinition definition() {
    return map.definition();
  }

  @Override
  public int valueBytes() {
    return definition().kind().perCpu() ? map.stride() * valuesPerKey() : definition().valueSize();
  }

  @Override
  public int valuesPerKey() {
    return map.valuesPerKey();
  }

  @Override
  public boolean lookup(MemorySegment key, MemorySegment value) {
    return object.locked(
        () -> {
          Region[] found = map.find(keyOf(key), false);
          if (found == null) {
            return false;
          }
          for (int cpu = 0; cpu < found.length; cpu++) {
            Region from = found[cpu];
            MemorySegment.copy(
                from.bytes(),
                from.start(),
                value,
                ValueLayout.JAVA_BYTE,
                (long) cpu * map.stride(),
                from.size());
            for (int pointer : KernelObjects.pointers(object.object().btf(), definition())) {
              value.asSlice((long) cpu * map.stride() + pointer, Long.BYTES).fill((byte) 0);
            }
          }
          return true;
        });
  }

  @Override
  public boolean update(MemorySegment key, MemorySegment value, UpdateMode mode) {
    int result = object.locked(() -> map.update(keyOf(key), flags(mode), to -> copy(value, to)));
    return switch (-result) {
      case 0 -> true;
      case Errno.EEXIST, Errno.ENOENT -> false;
      case Errno.E2BIG, Errno.ENOSPC -> throw full(key);
      default -> throw refused("BPF_MAP_UPDATE_ELEM");
    };
  }

  /// The kernel's flags of an update.
  static int flags(UpdateMode mode) {
    return switch (mode) {
      case ANY -> 0;
      case IF_ABSENT -> KeyedMap.IF_ABSENT;
      case IF_PRESENT -> KeyedMap.IF_PRESENT;
    };
  }

  /// `E2BIG` is a full map, or an index beyond an array.
  private RuntimeException full(MemorySegment key) {
    return definition().kind().isArray()
        ? new IndexOutOfBoundsException(
            "index "
                + Integer.toUnsignedString(key.get(INT, 0))
                + " of map `"
                + definition().name()
                + "` with "
                + definition().maxEntries()
                + " elements")
        : new MapFullException(definition().name(), definition().maxEntries());
  }

  private void copy(MemorySegment value, Region[] to) {
    for (int cpu = 0; cpu < to.length; cpu++) {
      Region region = to[cpu];
      MemorySegment.copy(
          value,
          ValueLayout.JAVA_BYTE,
          (long) cpu * map.stride(),
          region.bytes(),
          region.start(),
          region.size());
      KernelObjects.clear(object.object().btf(), definition(), region);
    }
  }

  @Override
  public boolean take(MemorySegment key, MemorySegment value) {
    return object.locked(() -> lookup(key, value) && delete(key));
  }

  @Override
  public LoadedMap createInner(int maxEntries) {
    throw new IllegalArgumentException("map `" + definition().name() + "` does not hold maps");
  }

  @Override
  public void assign(MemorySegment key, MapObject given) {
    throw new IllegalArgumentException(
        "map `" + definition().name() + "` holds bytes, not objects of the kernel");
  }

  /// The current task is the one object that tests can name.
  @Override
  public <T> T withOwner(MapObject owner, Function<MemorySegment, T> use) {
    if (owner instanceof MapObject.OfProcess(long number)
        && definition().kind() == MapKind.TASK_STORAGE
        && number == object.kernel.environment.task.tgid()) {
      long address = object.kernel.environment.taskAddress;
      return use.apply(MemorySegment.ofArray(StorageHelpers.key(address)));
    }
    throw new IllegalArgumentException(
        "values of map `"
            + definition().name()
            + "` do not hang on "
            + owner
            + ", being simulated");
  }

  @Override
  public boolean delete(MemorySegment key) {
    int result = object.locked(() -> map.delete(keyOf(key)));
    if (result == -Errno.EINVAL) {
      throw refused("BPF_MAP_DELETE_ELEM");
    }
    return result == 0;
  }

  @Override
  public boolean nextKey(@Nullable MemorySegment key, MemorySegment next) {
    byte[] found = object.locked(() -> map.nextKey(key == null ? null : keyOf(key)));
    if (found == null) {
      return false;
    }
    MemorySegment.copy(found, 0, next, ValueLayout.JAVA_BYTE, 0, found.length);
    return true;
  }

  private byte[] keyOf(MemorySegment key) {
    return key.asSlice(0, definition().keySize()).toArray(ValueLayout.JAVA_BYTE);
  }

  private SyscallException refused(String command) {
    return new SyscallException(
        command + " " + definition().name(),
        Errno.EINVAL,
        "EINVAL: maps of type " + definition().kind() + " do not do that");
  }
}
