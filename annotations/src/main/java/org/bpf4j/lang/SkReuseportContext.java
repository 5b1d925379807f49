package org.bpf4j.lang;

import org.jspecify.annotations.Nullable;

/// A packet for one of several sockets that share a port.
@ContextStruct("sk_reuseport_md")
public interface SkReuseportContext extends Context {

  /// A view of the packet's bytes, or null if what is linear of it ends before the view does.
  ///
  /// The null test is the bounds check: behind it, every accessor of the view is a plain load.
  ///
  /// @param view a [Header] interface
  /// @param offset its first byte, counted from the transport header; a negative one gives null
  <T> @Nullable T header(Class<T> view, int offset);

  /// A view of a copy of the packet's bytes, or null if the packet ends before the view does.
  ///
  /// It reaches bytes in fragments too, and stays valid when the packet moves. What is written
  /// through it changes the copy.
  ///
  /// @param view a [Header] interface
  /// @param offset its first byte, counted from the transport header; a negative one gives null
  <T> @Nullable T load(Class<T> view, int offset);

  /// The packet's length in bytes, from its transport header on.
  @U32
  @At(16)
  int length();

  /// The protocol of the network layer, as in [org.bpf4j.lang.net.EtherType].
  @Be16
  @At(20)
  int networkProtocol();

  /// The protocol, as in [org.bpf4j.lang.net.IpProtocol].
  @U32
  @At(24)
  int protocol();

  /// Whether the sockets are bound to any address: 1, or else 0.
  @U32
  @At(28)
  int boundToAny();

  /// The hash by which the kernel would choose.
  @U32
  @At(32)
  int hash();
}
