package org.bpf4j.lang;

/// What a perf event program is told of its sample.
@TracepointArgs("bpf_perf_event_data")
public interface PerfEventSample {

  /// How many events of the counter a sample stands for.
  @U64
  long samplePeriod();

  /// The address of the instruction that was interrupted.
  @Field({"regs.ip", "regs.pc"})
  @U64
  long instruction();
}
