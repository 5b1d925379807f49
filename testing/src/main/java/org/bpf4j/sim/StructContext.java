package org.bpf4j.sim;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.bpf4j.handle.TestInput;
import org.bpf4j.handle.TestRun;
import org.bpf4j.object.ContextLayout;
import org.bpf4j.vm.ContextFields;
import org.bpf4j.vm.Memory;
import org.bpf4j.vm.Region;

/// A context that a test states field by field, and the bytes that go with it, if its kind has any.
///
/// Linux runs few of these kinds for a test; here all of them run, and give back what they changed.
final class StructContext extends PacketContext implements ContextFields {

  private final ContextLayout layout;
  private final Set<Integer> writable;
  private final Region context;
  private final ByteBuffer fields;

  private StructContext(
      ContextLayout layout, Set<Integer> writable, byte[] struct, byte[] data, Memory memory) {
    super(memory, data, 0, 0, data.length);
    this.layout = layout;
    this.writable = writable;
    context = memory.addContext("context", struct, this);
    fields = ByteBuffer.wrap(struct).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// The whole length is a field of some contexts.
  private void resized() {
    layout
        .packet()
        .flatMap(packet -> packet.length().stream().boxed().findFirst())
        .ifPresent(offset -> fields.putInt(offset, length()));
  }

  /// The bytes that go with the struct; not a copy.
  byte[] bytes() {
    return buffer;
  }

  /// A field of four bytes.
  int word(int offset) {
    return fields.getInt(offset);
  }

  /// Takes other bytes to go with the struct.
  void replace(byte[] bytes) {
    splice(0, length(), 0);
    buffer = bytes;
    end = bytes.length;
    moved();
  }

  /// Replaces a part of the bytes by others.
  ///
  /// @return 0, or `-EINVAL` if there is no such part
  int splice(int from, int removed, int added) {
    if (from < 0 || removed < 0 || added < 0 || (long) from + removed > length()) {
      return -Errno.EINVAL;
    }
    byte[] spliced = Arrays.copyOf(Arrays.copyOf(buffer, from), buffer.length - removed + added);
    System.arraycopy(buffer, from + removed, spliced, from + added, buffer.length - from - removed);
    buffer = spliced;
    end = spliced.length;
    resized();
    moved();
    return 0;
  }

  /// Makes a context.
  ///
  /// @param writable the offsets of the words that the program may write
  static StructContext of(
      ContextLayout layout, Set<Integer> writable, TestInput input, Memory memory) {
    byte[] given = input.context();
    Context.require(
        given.length == 0 || given.length == layout.bytes(),
        "struct %s has %d bytes, not %d".formatted(layout.struct(), layout.bytes(), given.length));
    Context.require(
        input.data().length == 0
            || layout.packet().isPresent()
            || layout == ContextLayout.SYSCTL
            || layout.trial() == ContextLayout.Trial.FRAME,
        "no bytes go with this context");
    byte[] struct = Arrays.copyOf(given, layout.bytes());
    StructContext context =
        new StructContext(layout, writable, struct, input.data().clone(), memory);
    context.resized();
    return context;
  }

  @Override
  public long address() {
    return context.address();
  }

  @Override
  int meta() {
    return data;
  }

  @Override
  public long load(int offset, int size, long stored) {
    return layout
        .packet()
        .map(
            packet ->
                offset == packet.data()
                    ? pointer(data)
                    : offset == packet.dataEnd() ? pointer(end) : stored)
        .orElse(stored);
  }

  @Override
  public boolean writable(int offset, int size) {
    return size == Integer.BYTES && writable.contains(offset);
  }

  @Override
  public TestRun result(int returnValue, Duration duration) {
    byte[] bytes =
        layout.packet().isPresent() || layout == ContextLayout.SYSCTL ? buffer : new byte[0];
    return new TestRun(returnValue, bytes, context.bytes(), duration);
  }

  @Override
  public void close() {
    super.close();
    memory.remove(context);
  }
}
