package org.bpf4j.examples.network;

import org.bpf4j.lang.BitField;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Operation;
import org.bpf4j.lang.StructOps;
import org.bpf4j.lang.U32;

/// A congestion control of TCP as in RFC 5681: twice the window each round trip up to a threshold,
/// one packet more from then on, and half of it where packets are lost.
@Bpf(license = "GPL")
@StructOps("tcp_congestion_ops")
public final class RenoCongestion {

  /// Registered under this name, next to `cubic`.
  @Operation static final String NAME = "bpf4j_reno";

  /// `TCP_CONG_NON_RESTRICTED`: every process may choose it, and any network namespace.
  @Operation static final int FLAGS = 1;

  /// What the kernel casts a `sock` to.
  @KernelStruct
  interface TcpSock {
    int sndCwnd();

    void sndCwnd(int packets);

    int sndCwndCnt();

    void sndCwndCnt(int packets);

    int sndSsthresh();

    @U32
    long sndCwndClamp();

    int priorCwnd();

    @BitField
    boolean isCwndLimited();
  }

  static int widest;
  static long slow;
  static long avoiding;
  static long losses;
  static long undone;

  private static void grow(TcpSock socket, int window) {
    socket.sndCwnd((int) Math.min(window, socket.sndCwndClamp()));
    widest = Math.max(widest, socket.sndCwnd());
  }

  @Operation
  static void congAvoid(TcpSock socket, int acknowledgement, int acknowledged) {
    if (!socket.isCwndLimited()) {
      return;
    }
    int left = acknowledged;
    if (socket.sndCwnd() < socket.sndSsthresh()) {
      slow++;
      int window = Math.min(socket.sndCwnd() + left, socket.sndSsthresh());
      left -= window - socket.sndCwnd();
      grow(socket, window);
    }
    if (left > 0) {
      avoiding++;
      increase(socket, left);
    }
  }

  /// One packet more for each window that was acknowledged.
  private static void increase(TcpSock socket, int acknowledged) {
    int window = socket.sndCwnd();
    int count = socket.sndCwndCnt() + acknowledged;
    if (window > 0 && count >= window) {
      grow(socket, window + count / window);
      count %= window;
    }
    socket.sndCwndCnt(count);
  }

  @Operation
  static int ssthresh(TcpSock socket) {
    losses++;
    return Math.max(socket.sndCwnd() / 2, 2);
  }

  @Operation
  static int undoCwnd(TcpSock socket) {
    undone++;
    return Math.max(socket.sndCwnd(), socket.priorCwnd());
  }

  private RenoCongestion() {}
}
