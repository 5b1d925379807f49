package org.bpf4j.examples.tracing;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.PerfEvent;
import org.bpf4j.lang.PerfEventSample;
import org.bpf4j.lang.Uprobe;
import org.bpf4j.lang.Uretprobe;

/// Counts what one process calls in the C library, and samples it.
@Bpf(license = "GPL")
public final class UserFunctions {

  @Config static int process = -1;

  static long calls;
  static int letter;
  static long returns;
  static int upper;
  static long samples;
  static long period;
  static long instruction;

  @Uprobe(binary = "libc.so.6", function = "toupper")
  static void enter(int character) {
    if (mine()) {
      calls++;
      letter = character;
    }
  }

  @Uretprobe(binary = "libc.so.6", function = "toupper")
  static void leave(int result) {
    if (mine()) {
      returns++;
      upper = result;
    }
  }

  @PerfEvent
  static int sample(PerfEventSample sample) {
    if (mine()) {
      samples++;
      period = sample.samplePeriod();
      instruction = sample.instruction();
    }
    return 0;
  }

  private static boolean mine() {
    return (int) (Helpers.getCurrentPidTgid() >>> 32) == process;
  }

  private UserFunctions() {}
}
