package org.bpf4j.lang;

/// What becomes of a frame after an [Xdp] program (`enum xdp_action`).
public enum XdpAction {
  /// Dropped, and counted as an error of the program.
  ABORTED,
  /// Dropped.
  DROP,
  /// Handed to the network stack.
  PASS,
  /// Sent back through the interface on which it came.
  TX,
  /// Sent to where [Helpers#redirect] said.
  REDIRECT
}
