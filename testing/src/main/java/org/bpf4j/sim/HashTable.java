package org.bpf4j.sim;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapKind;
import org.bpf4j.vm.Memory;
import org.bpf4j.vm.Region;
import org.jspecify.annotations.Nullable;

/// A hash map, shared or per CPU, perhaps evicting.
///
/// Keys are iterated in order of insertion, which the kernel does not promise but a test can rely
/// on. As in the kernel, an update of a shared map replaces the element, so that a pointer taken
/// before keeps seeing the old value, and an update of a per-CPU map writes in place. Eviction is
/// exact: the key least recently used by a program or written goes; the kernel's is approximate.
final class HashTable implements KeyedMap {

  private record Key(byte[] bytes) {

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }
  }

  private static final class Element {
    final Key key;
    Region[] values;
    @Nullable Element previous;
    @Nullable Element next;

    Element(Key key, Region[] values) {
      this.key = key;
      this.values = values;
    }
  }

  private final MapDefinition definition;
  private final Memory memory;
  private final Region handle;
  private final int cpus;
  private final boolean evicts;
  private final Map<Key, Element> elements = new HashMap<>();
  private final LinkedHashMap<Key, Element> recency = new LinkedHashMap<>();
  private final RemovedValues removed;
  private @Nullable Element first;
  private @Nullable Element last;

  HashTable(MapDefinition definition, Memory memory, int cpus) {
    SimulatedMap.require(definition.keySize() > 0, definition, "keys without bytes");
    SimulatedMap.require(definition.valueSize() > 0, definition, "values without bytes");
    SimulatedMap.require(definition.maxEntries() > 0, definition, "max_entries must be positive");
    this.definition = definition;
    this.memory = memory;
    removed = new RemovedValues(memory);
    this.cpus = cpus;
    evicts = definition.kind() == MapKind.LRU_HASH || definition.kind() == MapKind.LRU_PERCPU_HASH;
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
    return cpus;
  }

  @Override
  public Region @Nullable [] find(byte[] key, boolean use) {
    Element element = elements.get(new Key(key));
    if (element == null) {
      return null;
    }
    if (use) {
      used(element);
    }
    return element.values;
  }

  @Override
  public int update(byte[] key, long flags, Consumer<Region[]> fill) {
    if (flags < 0 || flags > IF_PRESENT) {
      return -Errno.EINVAL;
    }
    Element element = elements.get(new Key(key));
    if (element != null && flags == IF_ABSENT) {
      return -Errno.EEXIST;
    }
    if (element == null && flags == IF_PRESENT) {
      return -Errno.ENOENT;
    }
    if (element == null) {
      if (elements.size() >= definition.maxEntries() && !evict()) {
        return -Errno.E2BIG;
      }
      element = append(new Key(key.clone()));
    } else if (!definition.kind().perCpu()) {
      removed.add(element.values);
      element.values = fresh();
    }
    used(element);
    fill.accept(element.values);
    return 0;
  }

  @Override
  public int delete(byte[] key) {
    Element element = elements.get(new Key(key));
    if (element == null) {
      return -Errno.ENOENT;
    }
    unlink(element);
    return 0;
  }

  @Override
  public byte @Nullable [] nextKey(byte @Nullable [] key) {
    Element element = key == null ? null : elements.get(new Key(key));
    Element next = element == null ? first : element.next;
    return next == null ? null : next.key.bytes.clone();
  }

  @Override
  public void reap() {
    removed.free();
  }

  private void used(Element element) {
    if (evicts) {
      recency.putLast(element.key, element);
    }
  }

  private boolean evict() {
    Map.Entry<Key, Element> oldest = recency.firstEntry();
    if (oldest == null) {
      return false;
    }
    unlink(oldest.getValue());
    return true;
  }

  private Element append(Key key) {
    Element element = new Element(key, fresh());
    elements.put(key, element);
    element.previous = last;
    if (last == null) {
      first = element;
    } else {
      last.next = element;
    }
    last = element;
    return element;
  }

  /// Takes an element out; its own `next` stays, as it is only reached through the table.
  private void unlink(Element element) {
    elements.remove(element.key);
    recency.remove(element.key);
    removed.add(element.values);
    if (element.previous == null) {
      first = element.next;
    } else {
      element.previous.next = element.next;
    }
    if (element.next == null) {
      last = element.previous;
    } else {
      element.next.previous = element.previous;
    }
  }

  private Region[] fresh() {
    Region[] values = new Region[cpus];
    for (int cpu = 0; cpu < cpus; cpu++) {
      values[cpu] =
          memory.add("value of map " + definition.name(), new byte[definition.valueSize()]);
    }
    return values;
  }
}
