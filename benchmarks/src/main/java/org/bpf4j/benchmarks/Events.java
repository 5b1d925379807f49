package org.bpf4j.benchmarks;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// What lies in the ring that is measured: 64 bytes.
@Bpf(license = "GPL")
final class Events {

  @Struct
  static final class Event {
    long ts;
    long seq;
    final long[] data = new long[6];
  }

  static final RingBuffer<Event> events = RingBuffer.ofBytes(1 << 20);

  private Events() {}

  /// Puts events into the ring, until there are enough or there is no more room.
  ///
  /// @return how many
  @Syscall
  static int send() {
    for (int sent = 0; sent < 10_000; sent++) {
      Event event = events.reserve();
      if (event == null) {
        return sent;
      }
      event.seq = sent;
      events.submit(event);
    }
    return 10_000;
  }
}
