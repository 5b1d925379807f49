package org.bpf4j.sim;

import java.util.Arrays;

/// What became of a frame that passed an interface's hooks.
///
/// @param verdict what the programs decided
/// @param frame the frame as they left it
public record Reception(Verdict verdict, byte[] frame) {

  /// Copies the array.
  public Reception {
    frame = frame.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Reception that
        && verdict == that.verdict
        && Arrays.equals(frame, that.frame);
  }

  @Override
  public int hashCode() {
    return 31 * verdict.hashCode() + Arrays.hashCode(frame);
  }

  /// What programs decide about a frame.
  public enum Verdict {
    /// It goes on: up the stack, or out on the wire.
    PASSED,
    /// It is gone.
    DROPPED,
    /// An XDP program gave up on it, or returned no known action; it is gone.
    ABORTED,
    /// It leaves through the interface that it came from.
    SENT_BACK,
    /// It goes to another interface.
    REDIRECTED
  }
}
