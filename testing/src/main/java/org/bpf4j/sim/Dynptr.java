package org.bpf4j.sim;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bpf4j.vm.Memory;
import org.bpf4j.vm.Region;

/// A pointer that knows how long its memory is (`struct bpf_dynptr_kern`): 16 bytes that programs
/// hand to helpers and cannot read.
///
/// @param address the memory's, or 0 if there is none
/// @param size how many bytes can be reached
/// @param offset where they begin
/// @param packet whether they are a packet's, which are not shown in place
record Dynptr(long address, int size, int offset, boolean packet) {

  /// One of nothing.
  static final Dynptr NONE = new Dynptr(0, 0);

  /// The bytes that it takes.
  static final int BYTES = 16;

  /// `DYNPTR_TYPE_SHIFT`: above the size.
  private static final int PACKET = 1 << 28;

  /// One of all the memory.
  Dynptr(long address, int size) {
    this(address, size, 0, false);
  }

  /// Adds one to a program's memory, for as long as a callback runs.
  static Region add(Memory memory, Dynptr dynptr) {
    Region region = memory.add("dynptr", new byte[BYTES]);
    dynptr.write(memory, region.address());
    return region;
  }

  /// The one at an address.
  static Dynptr read(Memory memory, long at) {
    ByteBuffer bytes = ByteBuffer.wrap(memory.read(at, BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    long address = bytes.getLong();
    int size = bytes.getInt();
    return new Dynptr(address, size & ~PACKET, bytes.getInt(), (size & PACKET) != 0);
  }

  /// Writes it to an address.
  void write(Memory memory, long at) {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(address).putInt(packet ? size | PACKET : size).putInt(offset);
    memory.write(at, bytes.array());
  }

  /// The bytes from one up to another.
  Dynptr part(int from, int to) {
    return new Dynptr(address, to - from, offset + from, packet);
  }

  /// The address of a part, or 0 if it does not lie within.
  long slice(long from, long length) {
    boolean within =
        address != 0 && from >= 0 && length >= 0 && from <= size && length <= size - from;
    return within ? address + offset + from : 0;
  }
}
