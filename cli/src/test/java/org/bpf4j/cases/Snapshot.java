package org.bpf4j.cases;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bpf4j.handle.LoadedMap;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.object.DataSection;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapKind;

/// The state of a loaded object between runs, as bytes, in an order of its own.
///
/// Per-CPU maps are seen through one CPU, on which all runs must take place.
public final class Snapshot {

  private Snapshot() {}

  /// The entries of a map, by key.
  public static Map<String, byte[]> entries(LoadedMap map, int cpu) {
    Map<String, byte[]> entries = new TreeMap<>();
    MapDefinition definition = map.definition();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(map.valueBytes(), Long.BYTES);
      List<MemorySegment> keys = keys(map, arena);
      for (MemorySegment key : keys) {
        if (map.lookup(key, value)) {
          entries.put(Literal.hex(bytes(key)), bytes(slot(definition, value, cpu)));
        }
      }
    }
    return entries;
  }

  private static List<MemorySegment> keys(LoadedMap map, Arena arena) {
    List<MemorySegment> keys = new ArrayList<>();
    MemorySegment key = null;
    while (true) {
      MemorySegment next = arena.allocate(map.definition().keySize(), Long.BYTES);
      if (!map.nextKey(key, next)) {
        return keys;
      }
      keys.add(next);
      key = next;
    }
  }

  /// The value of one CPU, of the values of all.
  static MemorySegment slot(MapDefinition definition, MemorySegment value, int cpu) {
    long stride = Math.ceilDiv(definition.valueSize(), Long.BYTES) * (long) Long.BYTES;
    return value.asSlice(definition.kind().perCpu() ? cpu * stride : 0, definition.valueSize());
  }

  /// What rings and perf buffers hold; it is taken out. Perf buffers are open from the first call
  /// on.
  public static Map<String, List<byte[]>> records(LoadedObject loaded) {
    Map<String, List<byte[]>> rings = new TreeMap<>();
    for (MapDefinition map : loaded.object().maps()) {
      if (map.kind() == MapKind.RINGBUF || map.kind() == MapKind.PERF_EVENT_ARRAY) {
        List<byte[]> records = new ArrayList<>();
        loaded.ring(map.name()).consume(segment -> records.add(bytes(segment)));
        rings.put(map.name(), records);
      }
    }
    return rings;
  }

  /// Maps and globals as text, a line for each; not what the kernel was configured with.
  public static String text(LoadedObject loaded, int cpu) {
    StringBuilder text = new StringBuilder();
    for (MapDefinition map : loaded.object().maps()) {
      if (hasBytes(map.kind())) {
        entries(loaded.map(map.name()), cpu).forEach((key, value) -> entry(text, map, key, value));
      }
    }
    for (DataSection section : loaded.object().data()) {
      if (section.isKernelConfig()) {
        continue;
      }
      byte[] bytes = bytes(loaded.data(section.name()).segment());
      text.append(section.name()).append(' ').append(Literal.hex(bytes)).append('\n');
    }
    return text.toString();
  }

  /// Whether what user space reads is what programs or user space wrote.
  private static boolean hasBytes(MapKind kind) {
    return switch (kind.content()) {
      case VALUES, ELEMENTS, TARGETS -> true;
      case QUEUE, FILTER, OBJECTS, TRACES, STORAGE, STREAM, OTHER -> false;
    };
  }

  private static void entry(StringBuilder text, MapDefinition map, String key, byte[] value) {
    if (map.kind().content() == MapKind.Content.VALUES || !Literal.isZero(value)) {
      text.append(map.name())
          .append('[')
          .append(key)
          .append("] = ")
          .append(Literal.hex(value))
          .append('\n');
    }
  }

  static byte[] bytes(MemorySegment segment) {
    return segment.toArray(ValueLayout.JAVA_BYTE);
  }
}
