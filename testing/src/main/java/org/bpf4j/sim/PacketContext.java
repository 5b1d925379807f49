package org.bpf4j.sim;

import org.bpf4j.vm.Memory;
import org.bpf4j.vm.Region;
import org.bpf4j.vm.Region.Access;

/// A context with a packet: a window in a buffer, which moves when a helper moves the packet.
///
/// Each move makes a new region, so that a pointer taken before faults, as the verifier demands.
abstract sealed class PacketContext implements Context
    permits XdpContext, SkbContext, FlowContext, StructContext {

  /// `ETH_HLEN`: a packet has at least an Ethernet header.
  static final int MIN_BYTES = 14;

  final Memory memory;
  byte[] buffer;
  int data;
  int end;
  private Region packet;

  PacketContext(Memory memory, byte[] buffer, int meta, int data, int end) {
    this.memory = memory;
    this.buffer = buffer;
    this.data = data;
    this.end = end;
    packet = memory.add("packet", buffer, meta, end, Access.READ_WRITE);
  }

  @Override
  public Memory memory() {
    return memory;
  }

  /// The array index of the first byte that programs see: metadata, or else the packet.
  abstract int meta();

  /// The packet's length.
  int length() {
    return end - data;
  }

  /// The address of an index of the buffer.
  long pointer(int index) {
    return packet.address(index);
  }

  /// Makes the first bytes linear: all are, but pointers are stale as if some had not been.
  ///
  /// @return 0, or `-ENOMEM` if there are not that many
  int pull(long length) {
    moved();
    return length < 0 || length > length() ? -Errno.ENOMEM : 0;
  }

  /// Makes all pointers into the packet stale.
  void moved() {
    memory.remove(packet);
    packet = memory.add("packet", buffer, meta(), end, Access.READ_WRITE);
  }

  @Override
  public void close() {
    memory.remove(packet);
  }
}
