package org.bpf4j.sys;

import java.util.concurrent.atomic.AtomicInteger;

/// A file descriptor that somebody owns: it is closed once, however often it is asked to.
///
/// It does not guard against use during close; whoever shares it between threads counts calls.
public final class Descriptor implements AutoCloseable {

  private final AtomicInteger number;

  /// Takes ownership of a number.
  Descriptor(long number) {
    this.number = new AtomicInteger(Math.toIntExact(number));
  }

  /// Takes ownership of the result of a call, or throws what explains its failure.
  ///
  /// @param action what was tried, for the message
  public static Descriptor of(long result, String action) {
    return new Descriptor(Failure.check(result, action));
  }

  /// The number.
  ///
  /// @throws IllegalStateException if it is closed
  public int number() {
    int open = number.get();
    if (open < 0) {
      throw new IllegalStateException("closed");
    }
    return open;
  }

  @Override
  public void close() {
    int open = number.getAndSet(-1);
    if (open >= 0) {
      Native.call(SystemCall.CLOSE, open, 0, 0, 0, 0, 0);
    }
  }
}
