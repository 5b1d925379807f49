package org.bpf4j.lang.net;

import org.bpf4j.lang.BpfFunction;
import org.bpf4j.lang.Header;
import org.bpf4j.lang.U8;

/// The beginning of an option of a TCP segment; options stand between [Tcp#BYTES] and
/// [Tcp#headerBytes()].
///
/// ```java
/// int end = at + tcp.headerBytes();
/// int option = at + Tcp.BYTES;
/// for (int i = 0; i < TcpOption.MOST && option < end; i++) {
///   TcpOption next = context.header(TcpOption.class, option);
///   if (next == null || next.kind() == TcpOption.END) {
///     break;
///   }
///   if (next.kind() == TcpOption.MAXIMUM_SEGMENT_SIZE) {
///     TcpMaximumSegmentSize size = context.header(TcpMaximumSegmentSize.class, option);
///     …
///   }
///   option += next.optionBytes();
/// }
/// ```
///
/// [#NO_OPERATION] and [#END] are of one byte; where one of them is a packet's last byte, the view
/// is null, which ends the walk as well.
@Header(bytes = TcpOption.BYTES)
public interface TcpOption {

  /// The length of this beginning.
  int BYTES = 2;

  /// The most options that fit into a segment: 40 bytes of one each.
  int MOST = 40;

  /// [#kind()] of the end of the list; one byte.
  int END = 0;

  /// [#kind()] of a byte that fills; one byte.
  int NO_OPERATION = 1;

  /// [#kind()] of [TcpMaximumSegmentSize].
  int MAXIMUM_SEGMENT_SIZE = 2;

  /// [#kind()] of [TcpWindowScale] (RFC 7323).
  int WINDOW_SCALE = 3;

  /// [#kind()] of the permission to acknowledge selectively (RFC 2018).
  int SACK_PERMITTED = 4;

  /// [#kind()] of selective acknowledgments (RFC 2018).
  int SACK = 5;

  /// [#kind()] of [TcpTimestamps] (RFC 7323).
  int TIMESTAMPS = 8;

  /// What it is.
  @U8
  int kind();

  /// Sets [#kind()].
  void kind(int value);

  /// The option's length in bytes; nothing but [#END] and [#NO_OPERATION] has it.
  @U8
  int length();

  /// Sets [#length()].
  void length(int value);

  /// How far the next option is: 1 to 255. An option that claims to be shorter than this beginning
  /// counts as 2 bytes, so that a walk always moves on.
  @BpfFunction
  default int optionBytes() {
    return kind() <= NO_OPERATION ? 1 : Math.max(length(), BYTES);
  }
}
