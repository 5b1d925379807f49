package org.bpf4j.examples.network;

import org.bpf4j.lang.BitField;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Operation;
import org.bpf4j.lang.StructOps;
import org.bpf4j.lang.U32;

/// A congestion control of TCP after RFC 9438: behind a loss the window grows as the cube of the
/// time, flat around the size at which packets were lost.
///
/// What it remembers of a socket is in the socket's area for its congestion control.
@Bpf(license = "GPL")
@StructOps("tcp_congestion_ops")
public final class CubicCongestion {

  /// Registered under this name, next to `cubic`.
  @Operation static final String NAME = "bpf4j_cubic";

  /// `TCP_CONG_NON_RESTRICTED`: every process may choose it, and any network namespace.
  @Operation static final int FLAGS = 1;

  /// What is left of the window behind a loss, in 1,024th: 0.7.
  private static final int BETA = 717;

  /// How the window grows, in 1,024th packets for each cubed 1,024th of a second: 0.4.
  private static final int SCALE = 410;

  /// How far from the plateau the cube is computed, in 1,024th of a second: it fits in 64 bits.
  private static final long FARTHEST = 1 << 16;

  @KernelStruct
  interface TcpSock {
    int sndCwnd();

    void sndCwnd(int packets);

    int sndCwndCnt();

    void sndCwndCnt(int packets);

    int sndSsthresh();

    void sndSsthresh(int packets);

    @U32
    long sndCwndClamp();

    int priorCwnd();

    @BitField
    boolean isCwndLimited();

    /// The window where packets were lost.
    @Field("inet_conn.icsk_ca_priv[0]")
    long plateau();

    void plateau(long packets);

    /// When growing began, in 1,024th of a second; 0 if it has not.
    @Field("inet_conn.icsk_ca_priv[1]")
    long epoch();

    void epoch(long time);

    /// How long it takes from there to the plateau.
    @Field("inet_conn.icsk_ca_priv[2]")
    long distance();

    void distance(long time);
  }

  /// The window from which on it grows by the cube before any loss.
  @Config static int firstThreshold = Integer.MAX_VALUE;

  static int widest;
  static long grown;
  static long losses;
  static long plateaus;

  private static long now() {
    return Helpers.ktimeGetNs() / 976_562;
  }

  /// The greatest number whose cube is not greater, bit by bit.
  private static long cubeRoot(long of) {
    long root = 0;
    for (int bit = 20; bit >= 0; bit--) {
      long more = root | 1L << bit;
      if (more * more * more <= of) {
        root = more;
      }
    }
    return root;
  }

  private static void grow(TcpSock socket, int window) {
    socket.sndCwnd((int) Math.min(window, socket.sndCwndClamp()));
    widest = Math.max(widest, socket.sndCwnd());
  }

  @Operation
  static void init(TcpSock socket) {
    socket.plateau(0);
    socket.epoch(0);
    socket.distance(0);
    socket.sndSsthresh(Math.min(socket.sndSsthresh(), firstThreshold));
  }

  @Operation
  static void congAvoid(TcpSock socket, int acknowledgement, int acknowledged) {
    if (!socket.isCwndLimited()) {
      return;
    }
    int window = socket.sndCwnd();
    if (window < socket.sndSsthresh()) {
      grow(socket, window + acknowledged);
    } else {
      int wanted = Math.max(wanted(socket, window), 1);
      int count = socket.sndCwndCnt() + acknowledged;
      if (count >= wanted) {
        grown++;
        grow(socket, window + count / wanted);
        count %= wanted;
      }
      socket.sndCwndCnt(count);
    }
  }

  /// The packets to be acknowledged for one more in the window.
  private static int wanted(TcpSock socket, int window) {
    if (socket.epoch() == 0) {
      socket.epoch(now());
      long missing = Math.max(socket.plateau() - window, 0);
      socket.plateau(Math.max(socket.plateau(), window));
      socket.distance(cubeRoot((missing << 40) / SCALE));
      plateaus++;
    }
    long at = Math.clamp(now() - socket.epoch() - socket.distance(), -FARTHEST, FARTHEST);
    long target = socket.plateau() + (SCALE * (at * at * at >> 10) >> 30);
    return target > window ? (int) (window / (target - window)) : 100 * window;
  }

  @Operation
  static int ssthresh(TcpSock socket) {
    losses++;
    int window = socket.sndCwnd();
    boolean shrinking = window < socket.plateau();
    socket.plateau(shrinking ? window * (1024L + BETA) / 2048 : window);
    socket.epoch(0);
    return Math.max(window * BETA / 1024, 2);
  }

  @Operation
  static int undoCwnd(TcpSock socket) {
    return Math.max(socket.sndCwnd(), socket.priorCwnd());
  }

  private CubicCongestion() {}
}
