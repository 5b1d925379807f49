package org.bpf4j.lang;

/// A map of sockets: user space or [SockOps] programs put them in, and programs at the map see
/// their data, or hand data from one to another.
///
/// A socket that is closed leaves the map by itself.
public sealed interface SocketMap permits SockMap, SockHash {

  /// The greatest number of sockets, as declared; user space may have changed it before loading.
  int maxEntries();
}
