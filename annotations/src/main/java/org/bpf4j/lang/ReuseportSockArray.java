package org.bpf4j.lang;

/// Sockets that share a port, by number: user space puts them in, and [SkReuseport] programs choose
/// among them.
///
/// A socket that is closed leaves the map by itself.
public final class ReuseportSockArray {

  private final int maxEntries;

  private ReuseportSockArray(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  /// Declares a map, as the initialiser of a `static final` field.
  ///
  /// @param maxEntries the number of slots; a constant expression
  public static ReuseportSockArray create(int maxEntries) {
    return new ReuseportSockArray(maxEntries);
  }

  /// The number of slots, as declared; user space may have changed it before loading.
  public int maxEntries() {
    return maxEntries;
  }

  /// Gives the packet to a socket, once the program has returned [SocketAction#PASS].
  ///
  /// @return whether there is such a socket, and it shares the packet's port
  public boolean select(int key) {
    return Host.of(this).maps().select(this, key);
  }
}
