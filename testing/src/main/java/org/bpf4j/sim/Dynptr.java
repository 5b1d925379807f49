package org.bpf4j.sim;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bpf4j.vm.Memory;
import org.bpf4j.vm.Region;

/// A pointer that knows how long its memory is (`struct bpf_dynptr_kern`): 16 bytes that programs
/// hand to helpers and cannot read.
///
/// @param address the memory's, or 0 if there is none
/// @param size the length of the memory
record Dynptr(long address, int size) {

  /// One of nothing.
  static final Dynptr NONE = new Dynptr(0, 0);

  /// The bytes that it takes.
  static final int BYTES = 16;

  /// Adds one to a program's memory, for as long as a callback runs.
  static Region add(Memory memory, Dynptr dynptr) {
    Region region = memory.add("dynptr", new byte[BYTES]);
    dynptr.write(memory, region.address());
    return region;
  }

  /// The one at an address.
  static Dynptr read(Memory memory, long at) {
    ByteBuffer bytes = ByteBuffer.wrap(memory.read(at, BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    return new Dynptr(bytes.getLong(), bytes.getInt());
  }

  /// Writes it to an address.
  void write(Memory memory, long at) {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(address).putInt(size);
    memory.write(at, bytes.array());
  }

  /// The address of a part, or 0 if it does not lie within.
  long slice(long offset, long length) {
    boolean within =
        address != 0 && offset >= 0 && length >= 0 && offset <= size && length <= size - offset;
    return within ? address + offset : 0;
  }
}
