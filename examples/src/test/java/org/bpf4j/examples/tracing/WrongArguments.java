package org.bpf4j.examples.tracing;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BtfTracepoint;

/// Believes that a tracepoint passes a number where it passes the address of a struct.
@Bpf(license = "GPL")
public final class WrongArguments {

  @BtfTracepoint("sched_process_exit")
  static void exit(long task) {}

  private WrongArguments() {}
}
