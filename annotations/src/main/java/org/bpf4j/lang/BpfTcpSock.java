package org.bpf4j.lang;

/// The TCP state of a socket.
@ContextStruct("bpf_tcp_sock")
public interface BpfTcpSock {
  /// The congestion window.
  @U32
  @At(0)
  int sndCwnd();

  /// Eight times the round-trip time in microseconds.
  @U32
  @At(4)
  int srttUs();

  /// The least round-trip time in microseconds.
  @U32
  @At(8)
  int rttMin();

  /// The threshold of slow start.
  @U32
  @At(12)
  int sndSsthresh();

  /// The number of the byte that is expected next.
  @U32
  @At(16)
  int rcvNxt();

  /// The number of the byte that is sent next.
  @U32
  @At(20)
  int sndNxt();

  /// The number of the first byte that is not acknowledged.
  @U32
  @At(24)
  int sndUna();

  /// The segment size.
  @U32
  @At(28)
  int mssCache();

  /// What is known of congestion notification.
  @U32
  @At(32)
  int ecnFlags();

  /// Packets of the last sample.
  @U32
  @At(36)
  int rateDelivered();

  /// Microseconds of the last sample.
  @U32
  @At(40)
  int rateIntervalUs();

  /// Packets that are on the way.
  @U32
  @At(44)
  int packetsOut();

  /// Packets that are sent again.
  @U32
  @At(48)
  int retransOut();

  /// Packets that were sent again.
  @U32
  @At(52)
  int totalRetrans();

  /// Segments received.
  @U32
  @At(56)
  int segsIn();

  /// Segments with data received.
  @U32
  @At(60)
  int dataSegsIn();

  /// Segments sent.
  @U32
  @At(64)
  int segsOut();

  /// Segments with data sent.
  @U32
  @At(68)
  int dataSegsOut();

  /// Packets that are lost.
  @U32
  @At(72)
  int lostOut();

  /// Packets that were acknowledged selectively.
  @U32
  @At(76)
  int sackedOut();

  /// Bytes received.
  @U64
  @At(80)
  long bytesReceived();

  /// Bytes acknowledged.
  @U64
  @At(88)
  long bytesAcked();

  /// Duplicates that the other end reported.
  @U32
  @At(96)
  int dsackDups();

  /// Packets delivered.
  @U32
  @At(100)
  int delivered();

  /// Packets delivered that met congestion.
  @U32
  @At(104)
  int deliveredCe();

  /// How often the oldest packet was sent again.
  @U32
  @At(108)
  int icskRetransmits();
}
