package org.bpf4j.handle;

import org.bpf4j.kernel.MapFullException;

/// Hands events to programs through a ring buffer, which they drain when they run next.
///
/// Threads may share it.
///
/// @param <E> the event
public final class RingWriter<E> {

  private final LoadedUserRing ring;
  private final Codec<E> codec;

  /// A typed face of a ring.
  public RingWriter(LoadedUserRing ring, Codec<E> codec) {
    this.ring = ring;
    this.codec = codec;
  }

  /// Adds an event.
  ///
  /// @throws MapFullException if there is no room until programs drain the ring
  public void submit(E event) {
    if (!offer(event)) {
      throw new MapFullException(ring.name(), ring.size());
    }
  }

  /// Adds an event if there is room.
  ///
  /// @return whether there was
  public boolean offer(E event) {
    return ring.offer(codec.bytes(), record -> codec.encode(event, record, 0));
  }

  /// The ring as bytes.
  public LoadedUserRing loaded() {
    return ring;
  }
}
