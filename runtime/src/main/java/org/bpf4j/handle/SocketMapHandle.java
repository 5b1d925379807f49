package org.bpf4j.handle;

import java.nio.channels.NetworkChannel;

/// A map of sockets as user space sees it.
///
/// The kernel keeps the socket, not its descriptor: a socket that is closed leaves the map.
/// Programs at the map see the sockets that are put in after they were attached.
///
/// @param <K> the key
public final class SocketMapHandle<K> {

  private final KeyedObjects<K> objects;

  /// A typed face of a map of sockets.
  public SocketMapHandle(LoadedMap map, Codec<K> keys) {
    this.objects = new KeyedObjects<>(map, keys);
  }

  /// Puts a socket under a key, in place of what was there.
  ///
  /// @throws IllegalArgumentException if the channel is closed, or not bound to an address of IPv4
  ///   or IPv6
  /// @throws org.bpf4j.kernel.BpfException if the kernel does not take such a socket, as of TCP one
  ///   that is neither connected nor listens
  public void put(K key, NetworkChannel socket) {
    objects.put(key, new MapObject.OfSocket(socket));
  }

  /// Puts a socket under a key, in place of what was there.
  ///
  /// @param descriptor the number of a descriptor of this process, which stays the caller's
  /// @throws org.bpf4j.kernel.BpfException if the kernel does not take such a socket
  public void put(K key, int descriptor) {
    objects.put(key, new MapObject.OfDescriptor(descriptor));
  }

  /// Takes the socket of a key out.
  ///
  /// @return whether there was one
  public boolean remove(K key) {
    return objects.remove(key);
  }

  /// The map as bytes.
  public LoadedMap loaded() {
    return objects.map();
  }
}
