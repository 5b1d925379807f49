package org.bpf4j.lang;

/// What becomes of a packet that leaves a cgroup.
public enum CgroupEgressAction {
  /// It is gone.
  @Value(0)
  DENY,
  /// It is sent.
  @Value(1)
  ALLOW,
  /// It is gone, and TCP slows down.
  @Value(2)
  DENY_CONGESTED,
  /// It is sent, and TCP slows down (`NET_XMIT_CN`).
  @Value(3)
  ALLOW_CONGESTED
}
