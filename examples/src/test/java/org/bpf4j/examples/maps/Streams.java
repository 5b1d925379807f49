package org.bpf4j.examples.maps;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// A program with two ring buffers, of different records.
@Bpf(license = "GPL")
final class Streams {

  private Streams() {}

  @Struct
  static final class Order {
    long number;
    int ring;
  }

  @Struct
  static final class Odd {
    long number;
  }

  static final RingBuffer<Order> orders = RingBuffer.ofBytes(4096);
  static final RingBuffer<Odd> odds = RingBuffer.ofBytes(4096);

  /// Puts a number into one of both.
  @Syscall
  static int send(Order given) {
    if (given.ring == 0) {
      Order order = orders.reserve();
      if (order == null) return 1;
      order.number = given.number;
      orders.submit(order);
      return 0;
    }
    Odd odd = odds.reserve();
    if (odd == null) return 1;
    odd.number = given.number;
    odds.submit(odd);
    return 0;
  }
}
