package org.bpf4j.lang;

import org.bpf4j.lang.net.Ipv6Address;

/// A TCP socket of a cgroup to which something happens.
@ContextStruct("bpf_sock_ops")
public interface SockOpsContext extends Context {

  /// [#operation()]: The initial retransmission timeout is wanted: [#reply(int)] in ticks.
  int TIMEOUT_INIT = 1;

  /// [#operation()]: The initial window that is announced is wanted: [#reply(int)] in segments.
  int WINDOW_INIT = 2;

  /// [#operation()]: A connection is about to be opened.
  int CONNECT = 3;

  /// [#operation()]: A connection that this side opened stands.
  int ACTIVE_ESTABLISHED = 4;

  /// [#operation()]: A connection that the peer opened stands.
  int PASSIVE_ESTABLISHED = 5;

  /// [#operation()]: Whether congestion is to be notified explicitly is wanted: [#reply(int)] 1 for
  /// yes.
  int NEEDS_ECN = 6;

  /// [#operation()]: The base round-trip time is wanted: [#reply(int)] in microseconds.
  int BASE_RTT = 7;

  /// [#operation()]: A retransmission timeout fired; with [#ON_RETRANSMISSION_TIMEOUT].
  int RETRANSMISSION_TIMEOUT = 8;

  /// [#operation()]: A segment was sent again; with [#ON_RETRANSMISSION].
  int RETRANSMISSION = 9;

  /// [#operation()]: The state changed, from [#argument0()] to [#argument1()]; with [#ON_STATE].
  int STATE = 10;

  /// [#operation()]: A socket listens.
  int LISTEN = 11;

  /// [#operation()]: A round-trip time was measured; with [#ON_ROUND_TRIP].
  int ROUND_TRIP = 12;

  /// The bit of [#setCallbackFlags] that asks for [#RETRANSMISSION_TIMEOUT].
  int ON_RETRANSMISSION_TIMEOUT = 1;

  /// The bit of [#setCallbackFlags] that asks for [#RETRANSMISSION].
  int ON_RETRANSMISSION = 2;

  /// The bit of [#setCallbackFlags] that asks for [#STATE].
  int ON_STATE = 4;

  /// The bit of [#setCallbackFlags] that asks for [#ROUND_TRIP].
  int ON_ROUND_TRIP = 8;

  /// What happened, such as [#STATE].
  @U32
  @At(0)
  int operation();

  /// The first argument of the operation.
  @U32
  @At(4)
  int argument0();

  /// The second argument of the operation.
  @U32
  @At(8)
  int argument1();

  /// The third argument of the operation.
  @U32
  @At(12)
  int argument2();

  /// The answer, where the operation asks for one.
  @S32
  @At(4)
  int reply();

  /// Sets [#reply()].
  void reply(int value);

  /// The socket's address family, such as 2 for IPv4 and 10 for IPv6.
  @U32
  @At(20)
  int family();

  /// The peer's address, of IPv4.
  @Be32
  @At(24)
  int remoteAddress();

  /// The socket's own address, of IPv4.
  @Be32
  @At(28)
  int localAddress();

  /// The peer's address, of IPv6.
  @At(32)
  Ipv6Address remoteAddress6();

  /// The socket's own address, of IPv6.
  @At(48)
  Ipv6Address localAddress6();

  /// The peer's port.
  @Be32
  @At(64)
  int remotePort();

  /// The socket's own port.
  @U32
  @At(68)
  int localPort();

  /// Whether the fields below are known: 1, or 0 for a connection that is not more than a request.
  @U32
  @At(72)
  int fullSocket();

  /// The congestion window, in segments.
  @U32
  @At(76)
  int congestionWindow();

  /// The smoothed round-trip time in eighths of a microsecond.
  @U32
  @At(80)
  int smoothedRoundTrip();

  /// What [#setCallbackFlags] set.
  @U32
  @At(84)
  int callbackFlags();

  /// The state of the connection, such as 1 for established (`BPF_TCP_*`).
  @U32
  @At(88)
  int state();

  /// The least round-trip time in microseconds.
  @U32
  @At(92)
  int minimumRoundTrip();

  /// The slow start threshold, in segments.
  @U32
  @At(96)
  int slowStartThreshold();

  /// The bytes of data in a full segment.
  @U32
  @At(112)
  int segmentBytes();

  /// The segments that are on their way.
  @U32
  @At(128)
  int segmentsInFlight();

  /// The segments that were sent again since the connection was opened.
  @U32
  @At(136)
  int retransmitted();

  /// The bytes of data that were received.
  @U64
  @At(168)
  long bytesReceived();

  /// The bytes of data that the peer has acknowledged.
  @U64
  @At(176)
  long bytesAcknowledged();

  /// Says which operations the program is called for besides those that open a connection.
  ///
  /// @param flags some of [#ON_RETRANSMISSION_TIMEOUT] to [#ON_ROUND_TRIP]
  /// @return 0, the flags that the kernel does not know, or a negative error number
  int setCallbackFlags(int flags);

  /// Sets an option of the socket whose value is an `int`, as `setsockopt` does.
  ///
  /// @return 0, or a negative error number
  int setOption(int level, int option, int value);
}
