package org.bpf4j.lang;

/// What becomes of data or a connection on its way to a socket.
public enum SocketAction {
  /// It is dropped.
  @Value(0)
  DROP,
  /// It goes on.
  @Value(1)
  PASS
}
