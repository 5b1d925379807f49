package org.bpf4j.object;

import java.util.Optional;
import java.util.OptionalInt;

/// A struct that the kernel passes to programs as their context, and the library's view of it.
public enum ContextLayout {
  /// `struct xdp_md`.
  XDP_MD("XdpContext", "xdp_md", Optional.of(new Packet(0, 4, OptionalInt.empty()))),
  /// `struct __sk_buff`.
  SK_BUFF("TcContext", "__sk_buff", Optional.of(new Packet(76, 80, OptionalInt.of(0)))),
  /// `struct bpf_raw_tracepoint_args`: one `__u64` for each argument.
  RAW_TRACEPOINT_ARGS("RawTracepointContext", "bpf_raw_tracepoint_args", Optional.empty());

  /// Where a context says which packet it belongs to.
  ///
  /// @param data the offset of the address of the first byte
  /// @param dataEnd the offset of the address behind the last byte that is linear
  /// @param length the offset of the whole length, if it may be more than what is linear
  public record Packet(int data, int dataEnd, OptionalInt length) {}

  private final String view;
  private final String struct;
  private final Optional<Packet> packet;

  ContextLayout(String view, String struct, Optional<Packet> packet) {
    this.view = view;
    this.struct = struct;
    this.packet = packet;
  }

  /// The simple name of the library's view.
  public String view() {
    return view;
  }

  /// The kernel's name of the struct.
  public String struct() {
    return struct;
  }

  /// The packet, if there is one.
  public Optional<Packet> packet() {
    return packet;
  }
}
