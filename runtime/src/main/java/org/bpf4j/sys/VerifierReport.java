package org.bpf4j.sys;

import java.lang.foreign.MemorySegment;

/// What the verifier writes about a program while it is loaded, and where.
///
/// @param level bits of `BPF_LOG_*`: 1 for each instruction and state, 4 for the verdict and counts
/// @param log receives the text, ended by a zero; empty for none
public record VerifierReport(int level, MemorySegment log) {

  private static final int LEVEL1 = 1;
  private static final int STATS = 4;

  /// Nothing.
  public static final VerifierReport NONE = new VerifierReport(0, MemorySegment.NULL);

  /// Everything.
  public static VerifierReport to(MemorySegment log) {
    return new VerifierReport(LEVEL1, log);
  }

  /// The verdict with its reason, and how much work it was.
  public static VerifierReport verdictTo(MemorySegment log) {
    return new VerifierReport(STATS, log);
  }
}
