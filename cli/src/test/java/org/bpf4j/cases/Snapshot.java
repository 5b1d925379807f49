package org.bpf4j.cases;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfType;
import org.bpf4j.handle.ArenaHandle;
import org.bpf4j.handle.LoadedMap;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.object.DataSection;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapKind;

/// The state of a loaded object between runs, as bytes, in an order of its own.
///
/// Per-CPU maps are seen through one CPU, on which all runs must take place.
public final class Snapshot {

  /// The bytes of an arena's books.
  private static final int PAGE_BYTES = 4096;

  /// `sizeof(struct bpf_list_head)`.
  private static final int LIST_BYTES = 16;

  private Snapshot() {}

  /// The entries of a map, by key. A list is shown as zeroes: of one in an array the kernel gives
  /// its own addresses, which differ each time.
  public static Map<String, byte[]> entries(LoadedMap map, Btf types, int cpu) {
    Map<String, byte[]> entries = new TreeMap<>();
    MapDefinition definition = map.definition();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(map.valueBytes(), Long.BYTES);
      List<MemorySegment> keys = keys(map, arena);
      for (MemorySegment key : keys) {
        if (map.lookup(key, value)) {
          MemorySegment one = slot(definition, value, cpu);
          lists(types, definition).forEach(at -> one.asSlice(at, LIST_BYTES).fill((byte) 0));
          entries.put(Literal.hex(bytes(key)), bytes(one));
        }
      }
    }
    return entries;
  }

  /// Where in its values a map has lists.
  private static List<Integer> lists(Btf types, MapDefinition map) {
    return types.find(types.resolve(map.valueType())).orElse(null) instanceof BtfType.Struct value
        ? value.members().stream()
            .filter(
                member ->
                    types.find(member.type()).orElse(null) instanceof BtfType.Struct inner
                        && inner.name().equals("bpf_list_head"))
            .map(member -> member.bitOffset() / Byte.SIZE)
            .toList()
        : List.of();
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
        entries(loaded.map(map.name()), loaded.object().btf(), cpu)
            .forEach((key, value) -> entry(text, map, key, value));
      }
    }
    long space = addArena(loaded, text);
    for (DataSection section : loaded.object().data()) {
      if (section.isKernelConfig()) {
        continue;
      }
      byte[] bytes = placeless(bytes(loaded.data(section.name()).segment()), space);
      text.append(section.name()).append(' ').append(Literal.hex(bytes)).append('\n');
    }
    return text.toString();
  }

  /// Adds the words of an arena that are not zero, if there is one.
  ///
  /// @return the upper half of its addresses, or 0
  private static long addArena(LoadedObject loaded, StringBuilder text) {
    Optional<MapDefinition> map =
        loaded.object().maps().stream().filter(m -> m.kind() == MapKind.ARENA).findFirst();
    if (map.isEmpty()) {
      return 0;
    }
    String name = map.get().name();
    MemorySegment arena = loaded.arena(name).segment();
    long at = arena.isNative() ? arena.address() : map.get().traits().extra();
    long used = new ArenaHandle(loaded.arena(name)).usedBytes() + PAGE_BYTES;
    byte[] bytes = placeless(bytes(arena.asSlice(0, used)), at >>> Integer.SIZE);
    ByteBuffer words = ByteBuffer.wrap(bytes);
    for (int i = 0; i < bytes.length; i += Long.BYTES) {
      if (words.getLong(i) != 0) {
        text.append(name)
            .append('[')
            .append(i)
            .append("] = ")
            .append(Literal.hex(Arrays.copyOfRange(bytes, i, i + Long.BYTES)))
            .append('\n');
      }
    }
    return at >>> Integer.SIZE;
  }

  /// References as offsets: each kernel has its arena at a place of its own.
  ///
  /// @param space the upper half of references, or 0
  private static byte[] placeless(byte[] bytes, long space) {
    ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; space != 0 && i + Long.BYTES <= bytes.length; i += Long.BYTES) {
      if (words.getLong(i) >>> Integer.SIZE == space) {
        words.putInt(i + Integer.BYTES, 0);
      }
    }
    return bytes;
  }

  /// Whether what user space reads is what programs or user space wrote.
  private static boolean hasBytes(MapKind kind) {
    return switch (kind.content()) {
      case VALUES, ELEMENTS, TARGETS -> true;
      case QUEUE, FILTER, OBJECTS, TRACES, STORAGE, STREAM, MEMORY, OTHER -> false;
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
