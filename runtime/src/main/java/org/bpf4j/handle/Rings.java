package org.bpf4j.handle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Several rings that one thread reads in one loop.
///
/// ```java
/// Rings rings = new Rings().with(fw.drops(), drop -> log(drop)).with(fw.flows(), flow -> count(flow));
/// while (running) {
///   rings.poll(Duration.ofSeconds(1));
/// }
/// ```
///
/// It owns none of them. They are read in the order in which they were added, each as far as it
/// goes; records of different rings have no order among each other. Meant for one thread.
public final class Rings {

  private record Reading(LoadedRing ring, Reader reader) {}

  @FunctionalInterface
  private interface Reader {
    int consume();
  }

  private final List<Reading> readings = new ArrayList<>();

  /// No rings yet.
  public Rings() {}

  /// Adds a ring, and who takes its records.
  ///
  /// @return this
  public <E> Rings with(RingReader<E> ring, Consumer<? super E> consumer) {
    readings.add(new Reading(ring.loaded(), () -> ring.consume(consumer)));
    return this;
  }

  /// Adds a ring, and who takes its records where they lie, as [RingReader#consumeInPlace] has it.
  ///
  /// @return this
  public Rings inPlace(RingReader<?> ring, LoadedRing.PlacedConsumer consumer) {
    readings.add(new Reading(ring.loaded(), () -> ring.consumeInPlace(consumer)));
    return this;
  }

  /// Hands on every record that is there, without waiting. If a consumer throws, the record it was
  /// given is consumed, all others stay, and the exception leaves this method.
  ///
  /// @return the number of records
  public int consume() {
    int count = 0;
    for (Reading reading : readings) {
      count += reading.reader().consume();
    }
    return count;
  }

  /// Waits until one of the rings has a record or the time is over, then hands on every record that
  /// is there.
  ///
  /// @return the number of records
  /// @throws InterruptedException if the thread is interrupted; no record is lost
  /// @throws IllegalStateException if there are no rings, or one is closed
  public int poll(Duration timeout) throws InterruptedException {
    if (readings.isEmpty()) {
      throw new IllegalStateException("there are no rings to wait for");
    }
    int count = consume();
    List<LoadedRing> rings = readings.stream().map(Reading::ring).toList();
    if (count > 0 || !rings.getFirst().awaitAny(rings.subList(1, rings.size()), timeout)) {
      return count;
    }
    return consume();
  }
}
