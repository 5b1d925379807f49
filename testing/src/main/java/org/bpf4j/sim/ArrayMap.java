package org.bpf4j.sim;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;
import org.bpf4j.kernel.SyscallException;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.vm.Memory;
import org.bpf4j.vm.Region;
import org.bpf4j.vm.Region.Access;
import org.jspecify.annotations.Nullable;

/// An array, shared or per CPU: every index up to the size is present, always.
///
/// Values lie in one block for each CPU, as in the kernel, but each is a region of its own, made
/// when it is first asked for.
final class ArrayMap implements KeyedMap {

  private final MapDefinition definition;
  private final Memory memory;
  private final Region handle;
  private final byte[][] blocks;
  private final Region[] @Nullable [] values;

  ArrayMap(MapDefinition definition, Memory memory, int cpus) {
    SimulatedMap.require(definition.keySize() == 4, definition, "an array's keys have 4 bytes");
    SimulatedMap.require(definition.valueSize() > 0, definition, "values without bytes");
    SimulatedMap.require(definition.maxEntries() > 0, definition, "max_entries must be positive");
    this.definition = definition;
    this.memory = memory;
    handle = SimulatedMap.handle(definition, memory);
    long bytes = (long) stride() * definition.maxEntries();
    if (bytes * cpus > Integer.MAX_VALUE / 2) {
      throw new SyscallException(
          "BPF_MAP_CREATE " + definition.name(),
          Errno.ENOMEM,
          "ENOMEM: the simulated kernel has no " + bytes * cpus + " bytes for it");
    }
    blocks = new byte[cpus][(int) bytes];
    values = new Region[definition.maxEntries()][];
  }

  @Override
  public MapDefinition definition() {
    return definition;
  }

  @Override
  public Region handle() {
    return handle;
  }

  @Override
  public int valuesPerKey() {
    return blocks.length;
  }

  @Override
  public Region @Nullable [] find(byte[] key, boolean use) {
    int index = index(key);
    return Integer.compareUnsigned(index, values.length) < 0 ? values(index) : null;
  }

  @Override
  public int update(byte[] key, long flags, Consumer<Region[]> fill) {
    if (flags < 0 || flags > IF_PRESENT) {
      return -Errno.EINVAL;
    }
    Region[] found = find(key, true);
    if (found == null) {
      return -Errno.E2BIG;
    }
    if (flags == IF_ABSENT) {
      return -Errno.EEXIST;
    }
    fill.accept(found);
    return 0;
  }

  @Override
  public int delete(byte[] key) {
    return -Errno.EINVAL;
  }

  @Override
  public byte @Nullable [] nextKey(byte @Nullable [] key) {
    int index = key == null ? -1 : index(key);
    if (index == values.length - 1) {
      return null;
    }
    int next = Integer.compareUnsigned(index, values.length) < 0 ? index + 1 : 0;
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(next).array();
  }

  @Override
  public void reap() {}

  private Region[] values(int index) {
    Region[] known = values[index];
    if (known == null) {
      int start = index * stride();
      String name = "value " + index + " of map " + definition.name();
      known =
          Arrays.stream(blocks)
              .map(
                  block ->
                      memory.add(
                          name, block, start, start + definition.valueSize(), Access.READ_WRITE))
              .toArray(Region[]::new);
      values[index] = known;
    }
    return known;
  }

  private static int index(byte[] key) {
    return ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }
}
