package org.bpf4j.sim;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import org.bpf4j.handle.TestInput;
import org.bpf4j.handle.TestRun;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.vm.ContextFields;
import org.bpf4j.vm.Memory;
import org.bpf4j.vm.Region;

/// The context of an XDP program, `struct xdp_md`: a packet in a page of its own.
///
/// The page has 256 bytes of headroom (`XDP_PACKET_HEADROOM`), of which the first 40 belong to
/// `struct xdp_frame`, and ends with 320 bytes of `struct skb_shared_info`.
final class XdpContext extends PacketContext implements ContextFields {

  private static final int PAGE = 4096;
  private static final int HEADROOM = 256;
  private static final int FRAME_STRUCT = 40;
  private static final int LIMIT = PAGE - 320;
  private static final int MAX_META = 252;

  private static final int DATA = 0;
  private static final int DATA_END = 4;
  private static final int DATA_META = 8;
  private static final int INGRESS_IFINDEX = 12;

  private final Region context;
  private final byte[] given;
  private int meta;

  private XdpContext(Memory memory, byte[] buffer, int meta, int data, int end, byte[] given) {
    super(memory, buffer, meta, data, end);
    this.meta = meta;
    this.given = given;
    context = memory.addContext("context", seen(given), this);
  }

  static XdpContext of(TestInput input, Memory memory) {
    byte[] bytes = input.data();
    Context.require(
        bytes.length >= MIN_BYTES && bytes.length <= LIMIT - HEADROOM,
        "a packet has " + MIN_BYTES + " to " + (LIMIT - HEADROOM) + " bytes, not " + bytes.length);
    byte[] given = input.context();
    Context.require(
        given.length == 0 || given.length == SimulatedKernel.XDP_MD_BYTES,
        "struct xdp_md has " + SimulatedKernel.XDP_MD_BYTES + " bytes, not " + given.length);
    int metaBytes = given.length == 0 ? 0 : metaBytes(given, bytes.length);
    byte[] buffer = new byte[PAGE];
    int start = HEADROOM - metaBytes;
    System.arraycopy(bytes, 0, buffer, start, bytes.length);
    return new XdpContext(memory, buffer, start, HEADROOM, start + bytes.length, given);
  }

  /// Checks a context that was given, and finds how many bytes before the packet are metadata.
  private static int metaBytes(byte[] given, int length) {
    ByteBuffer fields = ByteBuffer.wrap(given).order(ByteOrder.LITTLE_ENDIAN);
    int metaBytes = fields.getInt(DATA);
    int end = fields.getInt(DATA_END);
    Context.require(
        fields.getInt(DATA_META) == 0
            && metaBytes >= 0
            && !invalid(metaBytes)
            && metaBytes <= length - MIN_BYTES
            && end >= metaBytes
            && end <= length,
        "in a context that is given, data_meta is 0, data the length of the metadata, and data_end"
            + " the length of all");
    if (end < length) {
      throw new UnsupportedFeatureException("packets that are not linear, being simulated", null);
    }
    return metaBytes;
  }

  /// The struct as the program sees it: without an interface, the loopback interface.
  private static byte[] seen(byte[] given) {
    ByteBuffer fields = ByteBuffer.wrap(Arrays.copyOf(given, SimulatedKernel.XDP_MD_BYTES));
    fields.order(ByteOrder.LITTLE_ENDIAN);
    if (fields.getInt(INGRESS_IFINDEX) == 0) {
      fields.putInt(INGRESS_IFINDEX, 1);
    }
    return fields.array();
  }

  private static boolean invalid(int metaBytes) {
    return metaBytes % 4 != 0 || metaBytes > MAX_META;
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
      case DATA_END -> pointer(end);
      case DATA_META -> pointer(meta);
      default -> stored;
    };
  }

  @Override
  public boolean writable(int offset, int size) {
    return false;
  }

  /// `bpf_xdp_adjust_head`.
  int adjustHead(int delta) {
    long to = (long) data + delta;
    if (to < FRAME_STRUCT + (data - meta) || to > end - MIN_BYTES) {
      return -Errno.EINVAL;
    }
    System.arraycopy(buffer, meta, buffer, meta + delta, data - meta);
    meta += delta;
    data += delta;
    moved();
    return 0;
  }

  /// `bpf_xdp_adjust_tail`; grown bytes are zero.
  int adjustTail(int delta) {
    long to = (long) end + delta;
    if (to > LIMIT || to < data + MIN_BYTES) {
      return -Errno.EINVAL;
    }
    if (delta > 0) {
      Arrays.fill(buffer, end, (int) to, (byte) 0);
    }
    end = (int) to;
    moved();
    return 0;
  }

  /// `bpf_xdp_adjust_meta`.
  int adjustMeta(int delta) {
    long to = (long) meta + delta;
    if (to < FRAME_STRUCT || to > data) {
      return -Errno.EINVAL;
    }
    if (invalid(data - (int) to)) {
      return -Errno.EACCES;
    }
    meta = (int) to;
    moved();
    return 0;
  }

  @Override
  public TestRun result(int returnValue, Duration duration) {
    byte[] struct = given.clone();
    if (struct.length > 0) {
      ByteBuffer fields = ByteBuffer.wrap(struct).order(ByteOrder.LITTLE_ENDIAN);
      fields.putInt(DATA, data - meta).putInt(DATA_END, end - meta);
    }
    return new TestRun(returnValue, Arrays.copyOfRange(buffer, meta, end), struct, duration);
  }

  @Override
  public void close() {
    super.close();
    memory.remove(context);
  }
}
