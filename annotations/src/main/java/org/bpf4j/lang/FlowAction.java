package org.bpf4j.lang;

/// What a program for flow dissection found.
public enum FlowAction {
  /// The flow is in the keys.
  @Value(0)
  OK,
  /// The packet is of no known form.
  @Value(2)
  DROP,
  /// The kernel's own dissector goes on (`BPF_FLOW_DISSECTOR_CONTINUE`, Linux 6.2).
  @Value(129)
  CONTINUE
}
