package org.bpf4j.examples.tracing;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfFunction;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;

/// Lets a global function count packets in a struct, which others may replace.
@Bpf(license = "GPL")
public final class Weights {

  /// What is counted of packets.
  @Struct
  public static final class Totals {
    long bytes;
    int packets;
  }

  static long bytes;
  static int packets;

  @Tc
  static TcAction weigh(TcContext context) {
    Totals totals = new Totals();
    totals.packets = packets;
    add(totals, context.length(), 1L << 40);
    bytes = totals.bytes;
    packets = totals.packets;
    return TcAction.OK;
  }

  @BpfFunction(global = true)
  static void add(Totals totals, int length, long unit) {
    totals.bytes += length * unit;
    totals.packets++;
  }

  private Weights() {}
}
