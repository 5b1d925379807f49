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

  static final RingBuffer<Event> events = RingBuffer.ofBytes(4096);

  private Events() {}

  /// A program, since a class of programs has one.
  @Syscall
  static int send() {
    Event event = events.reserve();
    if (event == null) {
      return 1;
    }
    events.submit(event);
    return 0;
  }
}
