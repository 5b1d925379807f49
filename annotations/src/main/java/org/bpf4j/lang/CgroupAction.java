package org.bpf4j.lang;

/// Whether a cgroup lets something happen.
public enum CgroupAction {
  /// No: the caller gets `EPERM`, or the packet is gone.
  @Value(0)
  DENY,
  /// Yes, if the other programs agree.
  @Value(1)
  ALLOW
}
