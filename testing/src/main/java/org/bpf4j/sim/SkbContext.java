package org.bpf4j.sim;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.bpf4j.handle.TestInput;
import org.bpf4j.handle.TestRun;
import org.bpf4j.vm.ContextFields;
import org.bpf4j.vm.Memory;
import org.bpf4j.vm.Region;

/// The context of programs for socket buffers, `struct __sk_buff`: a linear packet, with its
/// Ethernet header at the traffic control hook, without it elsewhere.
final class SkbContext extends PacketContext implements ContextFields {

  /// `NET_SKB_PAD`, what a driver leaves before a packet.
  private static final int PAD = 64;

  /// Where the Ethernet header lies in the buffer, behind at most 255 bytes of metadata
  /// (`skb_shared_info.meta_len`).
  private static final int HEADROOM = PAD + 256;

  /// The page of a linear packet, without headroom and `struct skb_shared_info`.
  private static final int MAX_INPUT = 4096 - PAD - 320;

  /// `BPF_SKB_MAX_LEN`: four pages without `struct skb_shared_info`.
  private static final int MAX_BYTES = 4 * 4096 - 320;

  /// `GSO_LEGACY_MAX_SIZE`.
  private static final int MAX_WIRE_LENGTH = 65_536;

  /// EtherTypes, as the field `protocol` has them: in network order.
  private static final int IPV4 = 0x0008;

  private static final int IPV6 = 0xdd86;

  private static final int LENGTH = 0;
  private static final int PACKET_TYPE = 4;
  private static final int MARK = 8;
  private static final int PROTOCOL = 16;
  private static final int PRIORITY = 32;
  private static final int INGRESS_IFINDEX = 36;
  private static final int IFINDEX = 40;
  private static final int CB = 48;
  private static final int CB_END = 68;
  private static final int DATA = 76;
  private static final int DATA_END = 80;
  private static final int FAMILY = 88;
  private static final int REMOTE_ADDRESS = 92;
  private static final int LOCAL_ADDRESS = 96;
  private static final int REMOTE_ADDRESS_6 = 100;
  private static final int LOCAL_ADDRESS_6 = 116;
  private static final int DATA_META = 140;
  private static final int TIMESTAMP = 152;
  private static final int WIRE_LENGTH = 160;
  private static final int GSO_SEGS = 164;
  private static final int GSO_SIZE = 176;
  private static final int HARDWARE_TIMESTAMP = 184;

  private final int meta;
  private final Region context;
  private final ByteBuffer fields;
  private final boolean returned;
  private final Set<Integer> writable;

  private SkbContext(
      Memory memory, byte[] buffer, int meta, int data, byte[] given, Set<Integer> writable) {
    super(memory, buffer, meta, data, buffer.length);
    this.meta = meta;
    this.writable = writable;
    byte[] struct = Arrays.copyOf(given, SimulatedKernel.SK_BUFF_BYTES);
    context = memory.addContext("context", struct, this);
    fields = ByteBuffer.wrap(struct).order(ByteOrder.LITTLE_ENDIAN);
    returned = given.length > 0;
  }

  /// Makes a context.
  ///
  /// @param writable the offsets of the fields that the program may write
  /// @param metadata what lies before the Ethernet header, if the program sees that one
  static SkbContext of(
      TestInput input, Set<Integer> writable, Optional<byte[]> metadata, Memory memory) {
    byte[] bytes = input.data();
    Context.require(
        bytes.length >= MIN_BYTES && bytes.length <= MAX_INPUT,
        "a packet has " + MIN_BYTES + " to " + MAX_INPUT + " bytes, not " + bytes.length);
    byte[] given = input.context();
    Context.require(
        given.length == 0 || given.length == SimulatedKernel.SK_BUFF_BYTES,
        "struct __sk_buff has " + SimulatedKernel.SK_BUFF_BYTES + " bytes, not " + given.length);
    Context.require(
        given.length == 0 || onlySettable(given),
        "a context may set mark, priority, ifindex, ingress_ifindex, cb, tstamp, wire_len,"
            + " gso_segs, gso_size and hwtstamp only");
    Context.require(
        given.length == 0 || hasWireLength(given, bytes.length),
        "wire_len is 0, or at least the packet's length");
    byte[] buffer = new byte[HEADROOM + bytes.length];
    System.arraycopy(bytes, 0, buffer, HEADROOM, bytes.length);
    int start = metadata.isPresent() ? HEADROOM : HEADROOM + MIN_BYTES;
    int meta = start - metadata.map(before -> before.length).orElse(0);
    metadata.ifPresent(before -> System.arraycopy(before, 0, buffer, meta, before.length));
    SkbContext skb = new SkbContext(memory, buffer, meta, start, given, writable);
    skb.complete();
    return skb;
  }

  private static boolean hasWireLength(byte[] context, int length) {
    int given = ByteBuffer.wrap(context).order(ByteOrder.LITTLE_ENDIAN).getInt(WIRE_LENGTH);
    return given == 0 || (given >= length && given <= MAX_WIRE_LENGTH);
  }

  private static boolean onlySettable(byte[] context) {
    byte[] rest = context.clone();
    for (int field : new int[] {MARK, PRIORITY, INGRESS_IFINDEX, IFINDEX, DATA_END, WIRE_LENGTH}) {
      Arrays.fill(rest, field, field + 4, (byte) 0);
    }
    Arrays.fill(rest, CB, CB_END, (byte) 0);
    Arrays.fill(rest, TIMESTAMP, TIMESTAMP + 8, (byte) 0);
    Arrays.fill(rest, GSO_SEGS, GSO_SEGS + 4, (byte) 0);
    Arrays.fill(rest, GSO_SIZE, GSO_SIZE + 4, (byte) 0);
    Arrays.fill(rest, HARDWARE_TIMESTAMP, HARDWARE_TIMESTAMP + 8, (byte) 0);
    return Arrays.equals(rest, new byte[rest.length]);
  }

  /// Fills in what the kernel finds out about the packet.
  private void complete() {
    fields.putInt(PACKET_TYPE, packetType());
    fields.putInt(PROTOCOL, (buffer[HEADROOM + 13] & 0xff) << 8 | (buffer[HEADROOM + 12] & 0xff));
    completeSocket();
    if (fields.getInt(IFINDEX) == 0) {
      fields.putInt(IFINDEX, 1);
    }
    if (returned && fields.getInt(WIRE_LENGTH) == 0) {
      fields.putInt(WIRE_LENGTH, length());
    }
    resized();
  }

  /// The test's socket takes family and addresses from the packet, the source for its own.
  private void completeSocket() {
    int network = HEADROOM + MIN_BYTES;
    switch (fields.getInt(PROTOCOL)) {
      case IPV4 -> {
        fields.putInt(FAMILY, 2);
        if (end - network >= 20) {
          fields.put(LOCAL_ADDRESS, buffer, network + 12, 4);
          fields.put(REMOTE_ADDRESS, buffer, network + 16, 4);
        }
      }
      case IPV6 -> {
        fields.putInt(FAMILY, 10);
        if (end - network >= 40) {
          fields.put(LOCAL_ADDRESS_6, buffer, network + 8, 16);
          fields.put(REMOTE_ADDRESS_6, buffer, network + 24, 16);
        }
      }
      default -> {}
    }
  }

  /// `eth_type_trans`, by the address that the packet goes to: for us 0, for all 1, for many 2, for
  /// others 3. Our address is zero, and the loopback interface has no address for all.
  private int packetType() {
    byte[] to = Arrays.copyOfRange(buffer, HEADROOM, HEADROOM + 6);
    byte[] all = {-1, -1, -1, -1, -1, -1};
    if (Arrays.equals(to, new byte[6])) {
      return 0;
    }
    if ((to[0] & 1) == 0) {
      return 3;
    }
    return Arrays.equals(to, all) && fields.getInt(IFINDEX) > 1 ? 1 : 2;
  }

  private void resized() {
    fields.putInt(LENGTH, length());
  }

  @Override
  public long address() {
    return context.address();
  }

  @Override
  int meta() {
    return meta;
  }

  @Override
  public long load(int offset, int size, long stored) {
    if (size != Integer.BYTES) {
      return stored;
    }
    return switch (offset) {
      case DATA -> pointer(data);
      case DATA_META -> pointer(meta);
      case DATA_END -> pointer(end);
      default -> stored;
    };
  }

  /// Fields are written as a whole, but for the scratch bytes.
  @Override
  public boolean writable(int offset, int size) {
    boolean scratch = offset >= CB && offset + size <= CB_END && writable.contains(CB);
    int whole = offset == TIMESTAMP ? Long.BYTES : Integer.BYTES;
    return scratch || (size == whole && writable.contains(offset));
  }

  /// `bpf_skb_change_tail`; grown bytes are zero.
  int changeTail(long length, long flags) {
    if (flags != 0 || length < MIN_BYTES || length > MAX_BYTES) {
      return -Errno.EINVAL;
    }
    int newEnd = data + (int) length;
    buffer = Arrays.copyOf(Arrays.copyOf(buffer, Math.min(end, newEnd)), newEnd);
    end = newEnd;
    resized();
    moved();
    return 0;
  }

  @Override
  public TestRun result(int returnValue, Duration duration) {
    byte[] packet = Arrays.copyOfRange(buffer, HEADROOM, end);
    Arrays.fill(packet, 0, data - HEADROOM, (byte) 0);
    return new TestRun(returnValue, packet, returned ? struct() : new byte[0], duration);
  }

  /// The fields that the kernel hands back.
  private byte[] struct() {
    ByteBuffer left = ByteBuffer.allocate(context.size()).order(ByteOrder.LITTLE_ENDIAN);
    for (int field : new int[] {MARK, PRIORITY, INGRESS_IFINDEX, IFINDEX, WIRE_LENGTH}) {
      left.putInt(field, fields.getInt(field));
    }
    left.put(CB, context.bytes(), CB, CB_END - CB);
    left.putLong(TIMESTAMP, fields.getLong(TIMESTAMP));
    left.putInt(GSO_SEGS, fields.getInt(GSO_SEGS));
    left.putInt(GSO_SIZE, fields.getInt(GSO_SIZE));
    left.putLong(HARDWARE_TIMESTAMP, fields.getLong(HARDWARE_TIMESTAMP));
    return left.array();
  }

  @Override
  public void close() {
    super.close();
    memory.remove(context);
  }
}
