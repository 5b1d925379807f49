package org.bpf4j.benchmarks;

import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.RawTracepoint;
import org.bpf4j.lang.RawTracepointContext;

/// A small tool: one array, one program, nothing that depends on the kernel's types.
@Bpf(license = "GPL")
final class Small {

  static final BpfArray<AtomicLong> execs = BpfArray.create(1);

  private Small() {}

  @RawTracepoint("sched_process_exec")
  static void onExec(RawTracepointContext exec) {
    execs.get(0).incrementAndGet();
  }
}
