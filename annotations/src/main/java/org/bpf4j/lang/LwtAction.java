package org.bpf4j.lang;

/// What becomes of a packet on a route with a program (`BPF_OK` and others of `linux/bpf.h`).
public enum LwtAction {
  /// It goes its way.
  @Value(0)
  OK,
  /// It is dropped.
  @Value(2)
  DROP,
  /// It is sent to where [Helpers#redirect] said; transmitted packets only.
  @Value(7)
  REDIRECT,
  /// It is routed again, by what the program made of it.
  @Value(128)
  REROUTE
}
