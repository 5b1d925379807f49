package org.bpf4j.handle;

/// Something that is a packet's bytes, such as `testing`'s packet builder.
@FunctionalInterface
public interface Frame {

  /// The bytes, from the first of the link-layer header.
  byte[] bytes();
}
