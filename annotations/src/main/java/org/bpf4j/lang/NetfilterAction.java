package org.bpf4j.lang;

/// What becomes of a packet at a netfilter hook.
public enum NetfilterAction {
  /// It is dropped.
  @Value(0)
  DROP,
  /// It goes on to the next hook.
  @Value(1)
  ACCEPT
}
