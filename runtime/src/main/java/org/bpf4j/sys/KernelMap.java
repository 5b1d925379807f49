package org.bpf4j.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.NetworkChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.bpf4j.handle.LoadedMap;
import org.bpf4j.handle.MapAccess;
import org.bpf4j.handle.MapBatch;
import org.bpf4j.handle.MapMemory;
import org.bpf4j.handle.MapObject;
import org.bpf4j.kernel.MapFullException;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapFlag;
import org.bpf4j.object.MapKind;
import org.jspecify.annotations.Nullable;

/// A map in Linux.
public final class KernelMap implements LoadedMap, AutoCloseable {

  private final MapDefinition definition;
  private final Descriptor descriptor;
  private final @Nullable MappedElements elements;
  private final int valuesPerKey;
  private final int valueBytes;
  private final Lifetime lifetime;
  private final List<KernelMap> inners = new CopyOnWriteArrayList<>();
  private final CallPool calls;
  private final AtomicReference<KernelBatch.@Nullable Room> room = new AtomicReference<>();

  /// Takes ownership of a map's descriptor.
  public KernelMap(MapDefinition definition, Descriptor descriptor) {
    this.definition = definition;
    this.descriptor = descriptor;
    elements =
        MapFlag.MMAPABLE.isIn(definition.flags()) && definition.kind() == MapKind.ARRAY
            ? new MappedElements(definition, descriptor)
            : null;
    valuesPerKey = valuesPerKey(definition);
    valueBytes = valueBytes(definition);
    lifetime =
        new Lifetime(
            "map `" + definition.name() + "`",
            () -> {
              inners.forEach(KernelMap::close);
              if (elements != null) {
                elements.close();
              }
              descriptor.close();
            });
    lifetime.enter();
    calls =
        new CallPool(
            "map `" + definition.name() + "`", pool -> MapCall.of(this, pool), lifetime::leave);
  }

  /// How many values a key of such a map has.
  static int valuesPerKey(MapDefinition definition) {
    return definition.kind().perCpu() ? Cpus.possible() : 1;
  }

  /// How many bytes a lookup in such a map fills.
  static int valueBytes(MapDefinition definition) {
    return definition.kind().perCpu()
        ? Math.multiplyExact(Math.ceilDiv(definition.valueSize(), 8) * 8, valuesPerKey(definition))
        : definition.valueSize();
  }

  /// The map's descriptor, for those who load programs.
  public Descriptor descriptor() {
    return descriptor;
  }

  /// Another descriptor of this map, which lives by itself.
  public Descriptor share() {
    lifetime.enter();
    try {
      return descriptor.duplicate();
    } finally {
      lifetime.leave();
    }
  }

  @Override
  public MapDefinition definition() {
    return definition;
  }

  @Override
  public int valueBytes() {
    return valueBytes;
  }

  @Override
  public int valuesPerKey() {
    return valuesPerKey;
  }

  /// The elements in this process's memory, of an array that can be mapped.
  @Nullable MappedElements elements() {
    return elements;
  }

  @Override
  public MapAccess access() {
    return call();
  }

  /// A call that is this thread's until it is closed.
  MapCall call() {
    return calls.take();
  }

  @Override
  public Optional<MemorySegment> mapped() {
    if (lifetime.isClosed()) {
      throw lifetime.closed();
    }
    return Optional.ofNullable(elements).map(MappedElements::memory);
  }

  /// Memory of the last batch, for the next.
  AtomicReference<KernelBatch.@Nullable Room> room() {
    return room;
  }

  @Override
  public MapBatch batch(int capacity) {
    return KernelBatch.of(this, capacity);
  }

  @Override
  public MapMemory memory() {
    lifetime.enter();
    try {
      return KernelFiles.memory(descriptor, definition);
    } finally {
      lifetime.leave();
    }
  }

  @Override
  public boolean lookup(MemorySegment key, MemorySegment value) {
    check(value, valueBytes);
    try (MapCall call = call()) {
      copy(key, call.key());
      if (definition.keySize() == 0) {
        copy(value, call.value()); // a filter is asked for a value
      }
      return call.find() && copied(call.value(), value);
    }
  }

  @Override
  public boolean update(MemorySegment key, MemorySegment value, UpdateMode mode) {
    try (MapCall call = call()) {
      copy(key, call.key());
      copy(value, call.value());
      return call.store(mode);
    }
  }

  private static void copy(MemorySegment from, MemorySegment to) {
    check(from, to.byteSize());
    to.copyFrom(from);
  }

  private static boolean copied(MemorySegment from, MemorySegment to) {
    to.copyFrom(from);
    return true;
  }

  private static void check(MemorySegment given, long bytes) {
    if (given.byteSize() != bytes) {
      throw new IllegalArgumentException(
          "a segment of " + given.byteSize() + " bytes, must have " + bytes);
    }
  }

  /// What an update's result says.
  boolean stored(long result, UpdateMode mode, MemorySegment key) {
    boolean refused =
        switch (mode) {
          case ANY -> false;
          case IF_ABSENT -> Errno.EEXIST.is(result);
          case IF_PRESENT -> Errno.ENOENT.is(result);
        };
    if (refused) {
      return false;
    }
    if (Errno.E2BIG.is(result) || Errno.ENOSPC.is(result)) {
      throw full(key);
    }
    return done(result, "BPF_MAP_UPDATE_ELEM");
  }

  /// `E2BIG` is a full map (`ENOSPC` of tries), or an index beyond an array.
  RuntimeException full(MemorySegment key) {
    if (definition.kind().isArray()) {
      long index = Integer.toUnsignedLong(key.get(ValueLayout.JAVA_INT_UNALIGNED, 0));
      return new IndexOutOfBoundsException(
          "index "
              + index
              + " of map `"
              + definition.name()
              + "` with "
              + Integer.toUnsignedString(definition.maxEntries())
              + " elements");
    }
    return new MapFullException(definition.name(), definition.maxEntries());
  }

  @Override
  public boolean take(MemorySegment key, MemorySegment value) {
    check(value, valueBytes);
    try (MapCall call = call()) {
      copy(key, call.key());
      return call.take() && copied(call.value(), value);
    }
  }

  /// Inner maps are freed with this one: what a map holds does not need their descriptors.
  @Override
  public LoadedMap createInner(int maxEntries) {
    MapDefinition inner = inner(maxEntries);
    lifetime.enter();
    try {
      KernelMap map =
          new KernelMap(
              inner,
              Descriptor.of(Bpf.createMap(inner, -1), "BPF_MAP_CREATE of `" + inner.name() + "`"));
      inners.add(map);
      return map;
    } finally {
      lifetime.leave();
    }
  }

  @Override
  public void assign(MemorySegment key, MapObject object) {
    try (Arena arena = Arena.ofConfined()) {
      switch (object) {
        case MapObject.OfProgram(KernelProgram program) ->
            put(key, arena, program.descriptor().number());
        case MapObject.OfTarget(int number, KernelProgram program) ->
            put(key, arena, number, program.descriptor().number());
        case MapObject.OfMap(KernelMap map) -> put(key, arena, map.descriptor.number());
        case MapObject.OfCgroup(Path folder) -> {
          try (Descriptor open = Descriptor.open(folder)) {
            put(key, arena, open.number());
          }
        }
        case MapObject.OfSocket(NetworkChannel channel) ->
            put(key, arena, ChannelDescriptors.of(channel));
        case MapObject.OfDescriptor(int given) -> put(key, arena, given);
        case MapObject.OfProcess _, MapObject.OfFile _ ->
            throw new IllegalArgumentException("maps do not hold " + object);
        case MapObject.OfProgram _, MapObject.OfTarget _, MapObject.OfMap _ ->
            throw new IllegalArgumentException(object + " is not in this kernel");
      }
    }
  }

  @Override
  public <T> T withOwner(MapObject owner, Function<MemorySegment, T> use) {
    return switch (owner) {
      case MapObject.OfProcess(long number) -> with(Descriptor.process(number), use);
      case MapObject.OfFile(Path path) -> with(Descriptor.open(path), use);
      case MapObject.OfCgroup(Path folder) -> with(Descriptor.open(folder), use);
      case MapObject.OfSocket(NetworkChannel channel) -> with(ChannelDescriptors.of(channel), use);
      case MapObject.OfDescriptor(int number) -> with(number, use);
      case MapObject.OfProgram _, MapObject.OfTarget _, MapObject.OfMap _ ->
          throw new IllegalArgumentException("values do not hang on " + owner);
    };
  }

  private static <T> T with(Descriptor opened, Function<MemorySegment, T> use) {
    try (opened) {
      return with(opened.number(), use);
    }
  }

  private static <T> T with(int number, Function<MemorySegment, T> use) {
    try (Arena arena = Arena.ofConfined()) {
      return use.apply(arena.allocateFrom(JAVA_INT, number));
    }
  }

  private void put(MemorySegment key, Arena arena, int... numbers) {
    update(key, arena.allocateFrom(JAVA_INT, numbers), UpdateMode.ANY);
  }

  @Override
  public boolean delete(MemorySegment key) {
    try (MapCall call = call()) {
      copy(key, call.key());
      return call.erase();
    }
  }

  /// What a removal's result says; a map of sockets says `EINVAL` of a number without a socket.
  boolean erased(long result) {
    boolean empty = Errno.EINVAL.is(result) && definition.kind() == MapKind.SOCKMAP;
    return !empty && present(result, "BPF_MAP_DELETE_ELEM");
  }

  @Override
  public boolean nextKey(@Nullable MemorySegment key, MemorySegment next) {
    check(next, definition.keySize());
    try (MapCall call = call()) {
      if (key != null) {
        copy(key, call.key());
      }
      return call.goOn(key == null) && copied(call.key(), next);
    }
  }

  /// The exception for a command's error.
  RuntimeException failure(long result, String command) {
    return Errno.EPERM.is(result) && isFrozen()
        ? new UnsupportedOperationException(
            "map `" + definition.name() + "` is frozen: user space may only read it")
        : Failure.of(result, command + " of map `" + definition.name() + "`");
  }

  @Override
  public void freeze() {
    if (elements != null) {
      throw new UnsupportedOperationException(
          "map `"
              + definition.name()
              + "` lies in this process's memory (MapFlag.MMAPABLE) and cannot be frozen");
    }
    lifetime.enter();
    try {
      Failure.check(Bpf.freeze(descriptor), "BPF_MAP_FREEZE of map `" + definition.name() + "`");
    } finally {
      lifetime.leave();
    }
  }

  private boolean isFrozen() {
    return "1".equals(KernelFiles.descriptor(descriptor).get("frozen"));
  }

  /// What the result of a call says that finds something, or nothing.
  boolean present(long result, String command) {
    return !Errno.ENOENT.is(result) && done(result, command);
  }

  /// The message is made only when it is needed: this is the hot path.
  private boolean done(long result, String command) {
    if (result < 0) {
      throw failure(result, command);
    }
    return true;
  }

  @Override
  public void pin(Path path) {
    lifetime.enter();
    try {
      KernelPins.pin(descriptor, path, "map `" + definition.name() + "`");
    } finally {
      lifetime.leave();
    }
  }

  @Override
  public void unpin(Path path) {
    KernelPins.remove(path);
  }

  @Override
  public void close() {
    lifetime.close();
    calls.close();
  }
}
