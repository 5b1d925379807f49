package org.bpf4j.lang;

import org.jspecify.annotations.Nullable;

/// Sockets by key; see [SocketMap].
///
/// @param <K> the key: a number, a boolean, an enum, a record or a [Struct]
public final class SockHash<K> implements SocketMap {

  private final int maxEntries;

  private SockHash(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  /// Declares a map, as the initialiser of a `static final` field.
  ///
  /// @param maxEntries the greatest number of sockets; a constant expression
  public static <K> SockHash<K> create(int maxEntries) {
    return new SockHash<>(maxEntries);
  }

  @Override
  public int maxEntries() {
    return maxEntries;
  }

  /// A socket, or null if there is none; it must be given to [Helpers#skRelease] on every path.
  public @Nullable BpfSock get(K key) {
    return Host.of(this).maps().socket(this, key);
  }

  /// Sends the data of a [SkMsg] or [SkSkbVerdict] program out by a socket, once the program has
  /// returned what this gives back.
  ///
  /// @return [SocketAction#PASS], or [SocketAction#DROP] if there is no such socket
  public SocketAction redirect(K key) {
    return Host.of(this).maps().redirect(this, key, false);
  }

  /// Lets a socket receive the data of a [SkMsg] or [SkSkbVerdict] program, as if its peer had sent
  /// them, once the program has returned what this gives back.
  ///
  /// @return [SocketAction#PASS], or [SocketAction#DROP] if there is no such socket
  public SocketAction redirectIngress(K key) {
    return Host.of(this).maps().redirect(this, key, true);
  }

  /// Puts the socket of a [SockOps] program in, in place of what was there.
  ///
  /// @return whether it is in
  public boolean putSocket(K key) {
    return Host.of(this).maps().putSocket(this, key, false);
  }

  /// Puts the socket of a [SockOps] program in if there is none.
  ///
  /// @return whether it was put in
  public boolean putSocketIfAbsent(K key) {
    return Host.of(this).maps().putSocket(this, key, true);
  }
}
