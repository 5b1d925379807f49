package org.bpf4j.lang;

/// Whether a socket of a cgroup may take an address.
public enum CgroupBindAction {
  /// No: the caller gets `EPERM`.
  @Value(0)
  DENY,
  /// Yes, if the other programs agree.
  @Value(1)
  ALLOW,
  /// Yes, even a port below 1024 without `CAP_NET_BIND_SERVICE`.
  @Value(3)
  ALLOW_PRIVILEGED_PORT
}
