package org.bpf4j.sim;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.vm.Memory;
import org.bpf4j.vm.Region;
import org.jspecify.annotations.Nullable;

/// A longest-prefix map: keys are a number of bits and the bits, counted from the first byte on.
///
/// A table by prefix instead of the kernel's trie: a lookup tries every length. The bits of a key
/// that do not count are kept, as in the kernel, and only seen when keys are listed.
final class PrefixTable implements KeyedMap {

  private record Prefix(int length, ByteBuffer bits) {}

  private record Entry(byte[] key, Region[] values) {}

  private final MapDefinition definition;
  private final Memory memory;
  private final Region handle;
  private final Map<Prefix, Entry> entries = new LinkedHashMap<>();
  private final RemovedValues removed;

  PrefixTable(MapDefinition definition, Memory memory) {
    SimulatedMap.require(definition.keySize() > 4, definition, "keys without bits");
    SimulatedMap.require(definition.valueSize() > 0, definition, "values without bytes");
    SimulatedMap.require(definition.maxEntries() > 0, definition, "max_entries must be positive");
    SimulatedMap.require(
        (definition.flags() & 1) != 0, definition, "BPF_F_NO_PREALLOC must be set");
    this.definition = definition;
    this.memory = memory;
    removed = new RemovedValues(memory);
    handle = SimulatedMap.handle(definition, memory);
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
    return 1;
  }

  private int maxLength() {
    return (definition.keySize() - Integer.BYTES) * Byte.SIZE;
  }

  private static int length(byte[] key) {
    return ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }

  private static Prefix prefix(byte[] key, int length) {
    byte[] bits = Arrays.copyOfRange(key, Integer.BYTES, Integer.BYTES + Math.ceilDiv(length, 8));
    if (length % Byte.SIZE != 0) {
      bits[bits.length - 1] &= (byte) (0xff00 >> length % Byte.SIZE);
    }
    return new Prefix(length, ByteBuffer.wrap(bits));
  }

  private boolean isTooLong(byte[] key) {
    return Integer.compareUnsigned(length(key), maxLength()) > 0;
  }

  @Override
  public Region @Nullable [] find(byte[] key, boolean use) {
    if (isTooLong(key)) {
      return null;
    }
    for (int length = length(key); length >= 0; length--) {
      Entry entry = entries.get(prefix(key, length));
      if (entry != null) {
        return entry.values;
      }
    }
    return null;
  }

  @Override
  public int update(byte[] key, long flags, Consumer<Region[]> fill) {
    if (flags < 0 || flags > IF_PRESENT || isTooLong(key)) {
      return -Errno.EINVAL;
    }
    Prefix prefix = prefix(key, length(key));
    Entry entry = entries.get(prefix);
    if (entry != null && flags == IF_ABSENT) {
      return -Errno.EEXIST;
    }
    if (entry == null && flags == IF_PRESENT) {
      return -Errno.ENOENT;
    }
    if (entry == null && entries.size() >= definition.maxEntries()) {
      return -Errno.ENOSPC;
    }
    if (entry != null) {
      removed.add(entry.values);
    }
    Region value =
        memory.add("value of map " + definition.name(), new byte[definition.valueSize()]);
    Entry fresh = new Entry(key.clone(), new Region[] {value});
    entries.put(prefix, fresh);
    fill.accept(fresh.values);
    return 0;
  }

  @Override
  public int delete(byte[] key) {
    if (isTooLong(key)) {
      return -Errno.EINVAL;
    }
    Entry entry = entries.remove(prefix(key, length(key)));
    if (entry == null) {
      return -Errno.ENOENT;
    }
    removed.add(entry.values);
    return 0;
  }

  @Override
  public byte @Nullable [] nextKey(byte @Nullable [] key) {
    Iterator<Entry> all = entries.values().iterator();
    if (key != null && !isTooLong(key) && entries.containsKey(prefix(key, length(key)))) {
      Prefix known = prefix(key, length(key));
      boolean reached = false;
      while (!reached && all.hasNext()) {
        byte[] each = all.next().key;
        reached = prefix(each, length(each)).equals(known);
      }
    }
    return all.hasNext() ? all.next().key.clone() : null;
  }

  @Override
  public void reap() {
    removed.free();
  }
}
