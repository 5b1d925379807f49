package org.bpf4j.sim;

import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.bpf4j.lang.host.Storage;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapKind;
import org.jspecify.annotations.Nullable;

/// The objects of an arena as Java bodies see them: each an object of its own, for as long as it is
/// not given back, and written to the arena's memory when a run ends.
///
/// Memory is given out by the same books that programs keep, which are in the arena's first page:
/// at 0 how many bytes behind the page were ever given out, at `n` the first free object of `n`
/// bytes, with a count of the changes in the upper half. So objects come and go at the same
/// addresses as they do for bytecode.
final class JavaArena {

  private static final int PAGE_BYTES = 4096;
  private static final long LOW_HALF = 0xffff_ffffL;

  private record Live(JavaCodec.Struct codec, Object value) {}

  private final MemorySegment memory;
  private final long address;
  private final Map<Class<?>, JavaCodec.Struct> codecs = new HashMap<>();
  private final Map<Long, Live> live = new TreeMap<>();
  private final IdentityHashMap<Object, Long> places = new IdentityHashMap<>();

  private JavaArena(MemorySegment memory, long address) {
    this.memory = memory;
    this.address = address;
  }

  /// The arena of an object; one without memory if it has none.
  static JavaArena of(BpfObject object, SimulatedObject shared) {
    Optional<MapDefinition> arena =
        object.maps().stream().filter(map -> map.kind() == MapKind.ARENA).findFirst();
    return new JavaArena(
        arena
            .map(map -> shared.arena(map.name()).segment())
            .orElseGet(() -> MemorySegment.ofArray(new byte[0])),
        arena.map(map -> map.traits().extra()).orElse(0L));
  }

  /// The codec of a class, made when it is first asked for.
  JavaCodec.Struct codec(Class<?> type, Supplier<JavaCodec.Struct> made) {
    JavaCodec.Struct known = codecs.get(type);
    if (known == null) {
      known = made.get();
      codecs.put(type, known);
    }
    return known;
  }

  /// A new object, or null if there is no room.
  @Nullable Object allocate(JavaCodec.Struct codec) {
    long bytes = size(codec);
    long word = load(bytes);
    long place = word & LOW_HALF;
    if (place != 0) {
      store(bytes, changed(word) | load(place) & LOW_HALF);
    } else {
      long used = load(0);
      if (used > memory.byteSize() - PAGE_BYTES - bytes) {
        return null;
      }
      store(0, used + bytes);
      place = PAGE_BYTES + used;
    }
    memory.asSlice(place, bytes).fill((byte) 0);
    Object made = codec.create();
    live.put(place, new Live(codec, made));
    places.put(made, place);
    return made;
  }

  /// Gives an object back.
  void free(Object object) {
    Long place = places.get(object);
    if (place == null) {
      throw new IllegalStateException("an object that is in no arena: " + object);
    }
    Live gone = live.remove(place);
    if (gone != null) {
      long bytes = size(gone.codec());
      gone.codec().write(memory.asSlice(place, gone.codec().bytes()), gone.value());
      long word = load(bytes);
      store(place, word & LOW_HALF);
      store(bytes, changed(word) | place);
    }
  }

  private static long size(JavaCodec codec) {
    return Math.ceilDiv(codec.bytes(), Long.BYTES) * (long) Long.BYTES;
  }

  private static long changed(long word) {
    return (word & ~LOW_HALF) + LOW_HALF + 1;
  }

  private long load(long at) {
    return Storage.U64.read(memory, at);
  }

  private void store(long at, long value) {
    Storage.U64.write(memory, at, value, Long.SIZE);
  }

  /// The object that a reference refers to, or null.
  @Nullable Object at(long reference, JavaCodec.Struct codec) {
    if (reference == 0) {
      return null;
    }
    long place = reference & LOW_HALF;
    Live known = live.get(place);
    if (known == null || known.codec().type() != codec.type()) {
      known = new Live(codec, codec.create());
      live.put(place, known);
      places.put(known.value(), place);
      codec.load(memory.asSlice(place, codec.bytes()), known.value());
    }
    return known.value();
  }

  /// The reference to an object.
  long reference(Object object) {
    Long place = places.get(object);
    if (place == null) {
      throw new IllegalStateException("an object that is in no arena: " + object);
    }
    return address | place;
  }

  /// Writes all objects to the arena's memory.
  ///
  /// @return whether every number fitted its storage
  boolean flush() {
    boolean fits = true;
    for (Map.Entry<Long, Live> entry : Map.copyOf(live).entrySet()) {
      JavaCodec codec = entry.getValue().codec();
      try {
        codec.write(memory.asSlice(entry.getKey(), codec.bytes()), entry.getValue().value());
      } catch (ArithmeticException _) {
        fits = false;
      }
    }
    return fits;
  }
}
