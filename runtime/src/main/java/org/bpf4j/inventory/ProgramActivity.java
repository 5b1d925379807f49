package org.bpf4j.inventory;

import java.time.Duration;
import java.util.OptionalLong;

/// What a program did since it was loaded. Runs and time are counted only while somebody wants it
/// (`BPF_ENABLE_STATS`, `kernel.bpf_stats_enabled`).
///
/// @param runs how often it ran
/// @param time how long it ran, all runs together
/// @param recursionMisses how often it did not run because it was running on that CPU already;
///   kernels before 5.12 do not say
public record ProgramActivity(long runs, Duration time, OptionalLong recursionMisses) {}
