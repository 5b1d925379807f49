package org.bpf4j.examples.network;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Operation;
import org.bpf4j.lang.StructOps;
import org.bpf4j.lang.U8;

/// A congestion control of TCP that keeps its window, and counts what the kernel asks it.
@Bpf(license = "GPL")
@StructOps("tcp_congestion_ops")
public final class GentleCongestion {

  /// Registered under this name, next to `cubic`.
  @Operation static final String NAME = "bpf4j_gentle";

  /// `TCP_CONG_NON_RESTRICTED`: every process may choose it, and any network namespace.
  @Operation static final int FLAGS = 1;

  @KernelStruct
  interface Sock {
    @Field("__sk_common.skc_state")
    @U8
    int state();
  }

  /// What the kernel casts a `sock` to.
  @KernelStruct
  interface TcpSock {
    int sndCwnd();
  }

  static int begun;
  static int ended;
  static long acknowledged;
  static int window;
  static int states;

  @Operation
  static void init(Sock socket) {
    begun++;
  }

  @Operation
  static void release(Sock socket) {
    ended++;
  }

  @Operation
  static int ssthresh(TcpSock socket) {
    return Math.max(socket.sndCwnd() / 2, 2);
  }

  @Operation
  static void congAvoid(TcpSock socket, int acknowledgement, int packets) {
    acknowledged += packets;
    window = socket.sndCwnd();
  }

  @Operation
  static void setState(Sock socket, byte state) {
    states |= 1 << socket.state();
  }

  @Operation
  static int undoCwnd(TcpSock socket) {
    return socket.sndCwnd();
  }

  private GentleCongestion() {}
}
