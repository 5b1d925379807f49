package org.bpf4j.lang;

/// What becomes of a packet after a [Tc] program (`TC_ACT_*`).
public enum TcAction {
  /// The default of the hook; on tcx, the next program runs.
  @Value(-1)
  UNSPEC,
  /// Passes; no further program runs.
  @Value(0)
  OK,
  /// Classified again from the start.
  @Value(1)
  RECLASSIFY,
  /// Dropped.
  @Value(2)
  SHOT,
  /// Handed to the next action.
  @Value(3)
  PIPE,
  /// Consumed: the program keeps the packet.
  @Value(4)
  STOLEN,
  /// Consumed: the packet is queued elsewhere.
  @Value(5)
  QUEUED,
  /// The actions run again.
  @Value(6)
  REPEAT,
  /// Sent to where [Helpers#redirect] said.
  @Value(7)
  REDIRECT
}
