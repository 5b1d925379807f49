package org.bpf4j.sys;

import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bpf4j.handle.LoadedData;
import org.bpf4j.handle.LoadedMap;
import org.bpf4j.handle.LoadedRing;
import org.bpf4j.handle.LoadedUserRing;
import org.bpf4j.handle.MapAccess;
import org.bpf4j.handle.MapBatch;
import org.bpf4j.handle.MapObject;
import org.bpf4j.kernel.BpfException;
import org.bpf4j.object.MapDefinition;
import org.jspecify.annotations.Nullable;

/// A map, ring or data section of an object that somebody else loaded, which is not where it was
/// looked for, or cannot be used from here: whatever is done with it, it says so.
///
/// Only its definition is known: that of the object.
public final class MissingPart implements LoadedMap, LoadedRing, LoadedUserRing, LoadedData {

  private final MapDefinition definition;
  private final Supplier<BpfException> reason;

  /// A part that is missing.
  ///
  /// @param definition what the object says of it
  /// @param reason makes what is thrown
  public MissingPart(MapDefinition definition, Supplier<BpfException> reason) {
    this.definition = definition;
    this.reason = reason;
  }

  @Override
  public MapDefinition definition() {
    return definition;
  }

  @Override
  public String name() {
    return definition.name();
  }

  @Override
  public int valueBytes() {
    return KernelMap.valueBytes(definition);
  }

  @Override
  public int valuesPerKey() {
    return KernelMap.valuesPerKey(definition);
  }

  @Override
  public int size() {
    return definition.maxEntries();
  }

  @Override
  public MapAccess access() {
    throw reason.get();
  }

  @Override
  public Optional<MemorySegment> mapped() {
    throw reason.get();
  }

  @Override
  public MapBatch batch(int capacity) {
    throw reason.get();
  }

  @Override
  public boolean lookup(MemorySegment key, MemorySegment value) {
    throw reason.get();
  }

  @Override
  public boolean update(MemorySegment key, MemorySegment value, UpdateMode mode) {
    throw reason.get();
  }

  @Override
  public boolean take(MemorySegment key, MemorySegment value) {
    throw reason.get();
  }

  @Override
  public LoadedMap createInner(int maxEntries) {
    throw reason.get();
  }

  @Override
  public void assign(MemorySegment key, MapObject object) {
    throw reason.get();
  }

  @Override
  public <T> T withOwner(MapObject owner, Function<MemorySegment, T> use) {
    throw reason.get();
  }

  @Override
  public boolean delete(MemorySegment key) {
    throw reason.get();
  }

  @Override
  public boolean nextKey(@Nullable MemorySegment key, MemorySegment next) {
    throw reason.get();
  }

  @Override
  public int consumeInPlace(PlacedConsumer consumer) {
    throw reason.get();
  }

  @Override
  public boolean await(Duration timeout) {
    throw reason.get();
  }

  @Override
  public boolean awaitAny(List<? extends LoadedRing> others, Duration timeout) {
    throw reason.get();
  }

  @Override
  public boolean offer(int bytes, Consumer<MemorySegment> writer) {
    throw reason.get();
  }

  @Override
  public MemorySegment segment() {
    throw reason.get();
  }
}
