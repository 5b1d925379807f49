package org.bpf4j.sim;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bpf4j.lang.host.ViewLayout;
import org.bpf4j.lang.host.ViewProxy;
import org.jspecify.annotations.Nullable;

/// The contexts of packet programs as their Java bodies see them.
///
/// Views look into the packet's own buffer, so that whatever they write is there when the run ends.
final class JavaPackets {

  private JavaPackets() {}

  private static <T> @Nullable T header(PacketContext packet, Class<T> view, int offset) {
    int bytes = ViewLayout.of(view).bytes();
    if (offset < 0 || bytes > packet.length() - offset) {
      return null;
    }
    MemorySegment buffer = MemorySegment.ofArray(packet.buffer);
    return ViewProxy.of(view, buffer.asSlice((long) packet.data + offset, bytes));
  }

  private static int field(PacketContext packet, int offset) {
    return packet.memory.loadInt(packet.address() + offset);
  }

  /// The context of an XDP program.
  record Xdp(XdpContext packet) implements org.bpf4j.lang.XdpContext {
    @Override
    public <T> @Nullable T header(Class<T> view, int offset) {
      return JavaPackets.header(packet, view, offset);
    }

    @Override
    public int length() {
      return packet.length();
    }

    @Override
    public int ingressIfindex() {
      return field(packet, 12);
    }

    @Override
    public int rxQueueIndex() {
      return field(packet, 16);
    }

    @Override
    public boolean adjustHead(int delta) {
      return packet.adjustHead(delta) == 0;
    }

    @Override
    public boolean adjustTail(int delta) {
      return packet.adjustTail(delta) == 0;
    }
  }

  /// The context of a TC program.
  record Tc(SkbContext packet) implements org.bpf4j.lang.TcContext {
    @Override
    public <T> @Nullable T header(Class<T> view, int offset) {
      return JavaPackets.header(packet, view, offset);
    }

    @Override
    public boolean pull(int bytes) {
      return packet.pull(Integer.toUnsignedLong(bytes)) == 0;
    }

    @Override
    public int length() {
      return field(packet, 0);
    }

    @Override
    public int mark() {
      return field(packet, 8);
    }

    @Override
    public void mark(int value) {
      set(8, value);
    }

    @Override
    public int queueMapping() {
      return field(packet, 12);
    }

    @Override
    public int protocol() {
      return Short.toUnsignedInt(Short.reverseBytes((short) field(packet, 16)));
    }

    @Override
    public int priority() {
      return field(packet, 32);
    }

    @Override
    public void priority(int value) {
      set(32, value);
    }

    @Override
    public int ingressIfindex() {
      return field(packet, 36);
    }

    @Override
    public int ifindex() {
      return field(packet, 40);
    }

    @Override
    public int hash() {
      return field(packet, 68);
    }

    @Override
    public boolean changeTail(int length) {
      return packet.changeTail(Integer.toUnsignedLong(length), 0) == 0;
    }

    private void set(int offset, int value) {
      byte[] bytes =
          ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
      packet.memory.write(packet.address() + offset, bytes);
    }
  }
}
