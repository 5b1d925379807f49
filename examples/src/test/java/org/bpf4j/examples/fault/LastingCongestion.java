package org.bpf4j.examples.fault;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Operation;
import org.bpf4j.lang.StructOps;

/// A congestion control of TCP that no link attaches: the kernel keeps it when the process dies.
@Bpf(license = "GPL")
@StructOps(value = "tcp_congestion_ops", link = false)
public final class LastingCongestion {

  /// What the kernel calls it.
  @Operation static final String NAME = "bpf4j_lasting";

  @KernelStruct
  interface TcpSock {
    int sndCwnd();
  }

  static long acknowledged;

  private LastingCongestion() {}

  @Operation
  static int ssthresh(TcpSock socket) {
    return Math.max(socket.sndCwnd() / 2, 2);
  }

  @Operation
  static void congAvoid(TcpSock socket, int acknowledgement, int packets) {
    acknowledged += packets;
  }

  @Operation
  static int undoCwnd(TcpSock socket) {
    return socket.sndCwnd();
  }
}
