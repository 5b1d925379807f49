package org.bpf4j.sim;

import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import org.bpf4j.lang.RingRecord;
import org.bpf4j.vm.Memory;
import org.bpf4j.vm.Region;
import org.jspecify.annotations.Nullable;

/// A ring record of a computed length as a program's Java body sees it.
///
/// Structs in it are objects of their own while it lives; they are written back before its bytes
/// are looked at, and loaded again behind a write.
final class JavaRingRecord implements RingRecord {

  private record Place(Class<?> type, int offset) {}

  private record Live(JavaCodec codec, Object value) {}

  private final Region record;
  private final Region dynptr;
  private final JavaTypes types;
  private final Map<Place, Live> live = new HashMap<>();

  JavaRingRecord(Region record, Memory memory, JavaTypes types) {
    this.record = record;
    this.types = types;
    dynptr = Dynptr.add(memory, new Dynptr(record.address(), record.size()));
  }

  /// The record's memory.
  Region record() {
    return record;
  }

  /// The address of its dynptr.
  long address() {
    return dynptr.address();
  }

  /// Writes back what the program changed, and ends its life.
  ///
  /// @throws ArithmeticException if a number does not fit its storage
  void close(Memory memory) {
    memory.remove(dynptr);
    store();
  }

  @Override
  public boolean write(int offset, Object from) {
    store();
    return written(RingRecord.super.write(offset, from));
  }

  @Override
  public boolean write(int offset, byte[] bytes, int from, int count) {
    store();
    return written(RingRecord.super.write(offset, bytes, from, count));
  }

  @Override
  public boolean read(int offset, Object to) {
    store();
    return RingRecord.super.read(offset, to);
  }

  @Override
  public boolean read(int offset, byte[] bytes, int from, int count) {
    store();
    return RingRecord.super.read(offset, bytes, from, count);
  }

  private boolean written(boolean within) {
    live.forEach((place, one) -> one.codec.load(at(place.offset, one.codec), one.value));
    return within;
  }

  private void store() {
    live.forEach((place, one) -> one.codec.write(at(place.offset, one.codec), one.value));
  }

  private MemorySegment at(int offset, JavaCodec codec) {
    return MemorySegment.ofArray(record.bytes())
        .asSlice((long) record.start() + offset, codec.bytes());
  }

  @Override
  public <T> @Nullable T data(Class<T> struct, int offset) {
    JavaCodec codec = types.named(struct);
    if (offset < 0 || codec.bytes() > record.size() - offset) {
      return null;
    }
    Live found =
        live.computeIfAbsent(
            new Place(struct, offset), _ -> new Live(codec, codec.read(at(offset, codec))));
    return struct.cast(found.value);
  }
}
