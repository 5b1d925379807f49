package org.bpf4j.object;

import java.util.Optional;
import java.util.OptionalInt;

/// A struct that the kernel passes to programs as their context, and the library's view of it.
///
/// Several kinds see one struct, each another part of it, so each has a view of its own; offsets
/// are those of `linux/bpf.h`.
public enum ContextLayout {
  /// `struct xdp_md`.
  XDP_MD("XdpContext", "xdp_md", 24, Trial.FRAME, frame()),
  /// `struct __sk_buff`.
  SK_BUFF("TcContext", "__sk_buff", 192, Trial.FRAME, traffic()),
  /// `struct __sk_buff` of a packet at a cgroup's sockets, from its network header on.
  CGROUP_SKB("CgroupSkbContext", "__sk_buff", 192, Trial.FRAME, buffer(false)),
  /// `struct __sk_buff` of a packet at a socket, whose bytes are copied only.
  SOCKET_FILTER("SocketFilterContext", "__sk_buff", 192, Trial.FRAME, Optional.empty()),
  /// `struct bpf_sock` of a socket that is made or closed.
  CGROUP_SOCK("CgroupSockContext", "bpf_sock", 80, Trial.NONE, Optional.empty()),
  /// `struct bpf_sock` of a socket with an IPv4 address.
  BOUND_SOCKET4("BoundSocket4Context", "bpf_sock", 80, Trial.NONE, Optional.empty()),
  /// `struct bpf_sock` of a socket with an IPv6 address.
  BOUND_SOCKET6("BoundSocket6Context", "bpf_sock", 80, Trial.NONE, Optional.empty()),
  /// `struct bpf_sock_addr` with an IPv4 address.
  SOCKET_ADDRESS4("SocketAddress4Context", "bpf_sock_addr", 72, Trial.NONE, Optional.empty()),
  /// `struct bpf_sock_addr` with an IPv6 address.
  SOCKET_ADDRESS6("SocketAddress6Context", "bpf_sock_addr", 72, Trial.NONE, Optional.empty()),
  /// `struct bpf_sock_addr` with two IPv4 addresses.
  SENDMSG4("Sendmsg4Context", "bpf_sock_addr", 72, Trial.NONE, Optional.empty()),
  /// `struct bpf_sock_addr` with two IPv6 addresses.
  SENDMSG6("Sendmsg6Context", "bpf_sock_addr", 72, Trial.NONE, Optional.empty()),
  /// `struct bpf_sockopt` with the kernel's answer.
  GETSOCKOPT("GetsockoptContext", "bpf_sockopt", 40, Trial.NONE, wide(8, 16)),
  /// `struct bpf_sockopt` with what is to be set.
  SETSOCKOPT("SetsockoptContext", "bpf_sockopt", 40, Trial.NONE, wide(8, 16)),
  /// `struct bpf_sysctl`.
  SYSCTL("SysctlContext", "bpf_sysctl", 8, Trial.NONE, Optional.empty()),
  /// `struct bpf_cgroup_dev_ctx`.
  DEVICE("DeviceContext", "bpf_cgroup_dev_ctx", 12, Trial.NONE, Optional.empty()),
  /// `struct bpf_sock_ops`.
  SOCK_OPS("SockOpsContext", "bpf_sock_ops", 224, Trial.NONE, Optional.empty()),
  /// `struct xdp_md` of a frame that a device map sends on.
  XDP_DEVMAP("XdpDevmapContext", "xdp_md", 24, Trial.NONE, frame()),
  /// `struct xdp_md` of a frame that a CPU map sent on.
  XDP_CPUMAP("XdpContext", "xdp_md", 24, Trial.NONE, frame()),
  /// `struct __sk_buff` of a packet whose flow is wanted.
  FLOW_DISSECTOR("FlowDissectorContext", "__sk_buff", 192, Trial.FRAME, read(76, 80, false)),
  /// `struct __sk_buff` of a packet on a route, from its network header on.
  LWT("LwtContext", "__sk_buff", 192, Trial.FRAME, buffer(false)),
  /// `struct __sk_buff` of a packet on a route that is transmitted.
  LWT_XMIT("LwtXmitContext", "__sk_buff", 192, Trial.FRAME, buffer(true)),
  /// `struct __sk_buff` of a packet at a segment, from its IPv6 header on; a test run of the kernel
  /// gives no such packet.
  LWT_SEG6LOCAL("LwtContext", "__sk_buff", 192, Trial.NONE, buffer(false)),
  /// `struct bpf_sk_lookup`.
  SK_LOOKUP("SkLookupContext", "bpf_sk_lookup", 72, Trial.CONTEXT, Optional.empty()),
  /// `struct sk_reuseport_md`.
  SK_REUSEPORT("SkReuseportContext", "sk_reuseport_md", 56, Trial.NONE, read(0, 8, true)),
  /// `struct sk_msg_md`.
  SK_MSG("SkMsgContext", "sk_msg_md", 80, Trial.NONE, message()),
  /// `struct __sk_buff` of data at a socket in a map, without headers.
  SK_SKB("SkSkbContext", "__sk_buff", 192, Trial.NONE, buffer(true)),
  /// `struct bpf_nf_ctx`: two pointers.
  NETFILTER("NetfilterContext", "bpf_nf_ctx", 16, Trial.FRAME, Optional.empty()),
  /// `struct bpf_raw_tracepoint_args`: one `__u64` for each argument.
  RAW_TRACEPOINT_ARGS(
      "RawTracepointContext", "bpf_raw_tracepoint_args", 96, Trial.CONTEXT, Optional.empty());

  /// Where a context says which packet it belongs to.
  ///
  /// @param data the offset of the address of the first byte
  /// @param dataEnd the offset of the address behind the last byte that is linear
  /// @param wide whether these are fields of 8 bytes, as in younger structs, not of 4
  /// @param writable whether programs may change the bytes (`may_access_direct_pkt_data`)
  /// @param length the offset of the whole length, if it may be more than what is linear
  /// @param meta the offset of the address of the first byte of metadata, which lie before the
  ///   packet, if programs see such
  public record Packet(
      int data, int dataEnd, boolean wide, boolean writable, OptionalInt length, OptionalInt meta) {

    private Packet(int data, int dataEnd, boolean wide, boolean writable, OptionalInt length) {
      this(data, dataEnd, wide, writable, length, OptionalInt.empty());
    }

    private Packet withMeta(int offset) {
      return new Packet(data, dataEnd, wide, writable, length, OptionalInt.of(offset));
    }
  }

  /// What the kernel runs a program over for a test (`BPF_PROG_TEST_RUN`).
  public enum Trial {
    /// A frame with its Ethernet header.
    FRAME,
    /// A context struct.
    CONTEXT,
    /// Nothing: it cannot.
    NONE
  }

  /// `data_meta` of `struct xdp_md` and of `struct __sk_buff`.
  private static final int XDP_META = 8;

  private static final int SKB_META = 140;

  private final String view;
  private final String struct;
  private final int bytes;
  private final Trial trial;
  private final Optional<Packet> packet;

  ContextLayout(String view, String struct, int bytes, Trial trial, Optional<Packet> packet) {
    this.view = view;
    this.struct = struct;
    this.bytes = bytes;
    this.trial = trial;
    this.packet = packet;
  }

  /// A frame, with metadata before it.
  private static Optional<Packet> frame() {
    return Optional.of(new Packet(0, 4, false, true, OptionalInt.empty()).withMeta(XDP_META));
  }

  /// A socket buffer at the traffic control hook, which sees the metadata of the frame.
  private static Optional<Packet> traffic() {
    return buffer(true).map(packet -> packet.withMeta(SKB_META));
  }

  private static Optional<Packet> read(int data, int dataEnd, boolean wide) {
    return Optional.of(new Packet(data, dataEnd, wide, false, OptionalInt.empty()));
  }

  private static Optional<Packet> wide(int data, int dataEnd) {
    return Optional.of(new Packet(data, dataEnd, true, true, OptionalInt.empty()));
  }

  /// Data that are sent, of which only a part may be at hand.
  private static Optional<Packet> message() {
    return Optional.of(new Packet(0, 8, true, true, OptionalInt.of(68)));
  }

  /// A socket buffer, which may have fragments behind its linear part.
  private static Optional<Packet> buffer(boolean writable) {
    return Optional.of(new Packet(76, 80, false, writable, OptionalInt.of(0)));
  }

  /// Whether a field of 4 bytes at an offset of some context is the address of metadata.
  public static boolean isMeta(int offset) {
    return offset == XDP_META || offset == SKB_META;
  }

  /// The simple name of the library's view.
  public String view() {
    return view;
  }

  /// The kernel's name of the struct.
  public String struct() {
    return struct;
  }

  /// The struct's size.
  public int bytes() {
    return bytes;
  }

  /// What the kernel runs it over for a test.
  public Trial trial() {
    return trial;
  }

  /// The bytes that programs have views of, if there are any.
  public Optional<Packet> packet() {
    return packet;
  }
}
