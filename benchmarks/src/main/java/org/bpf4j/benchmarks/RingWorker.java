package org.bpf4j.benchmarks;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.bpf4j.benchmarks.EventsBpf.EventView;
import org.bpf4j.handle.LoadedRing;
import org.bpf4j.handle.Place;
import org.bpf4j.inspect.KernelInventory;

/// Reads a ring buffer as somebody does who uses the library, and takes the time.
///
/// It reads lines and answers each with one: `open ring=ID`; `drain` reads what is there, and says
/// CPU time in ns, records and the sum of their numbers; `consume N` and `poll N` read until N
/// records came, spinning with a pause of 20 µs or sleeping, and say the time from the first to the
/// last; `latency poll|busy N` says the 50th, 90th and 99th percentile and the most of the ns from
/// a record's time to its reader. The last three answer `ready` first, and give up after two
/// seconds without a record.
public final class RingWorker {

  /// What a reader does that found nothing.
  @FunctionalInterface
  private interface Pause {
    void take() throws InterruptedException;
  }

  private static final long GIVE_UP_NANOS = 2_000_000_000;

  /// How long it drains a ring of its own before it begins.
  private static final long WARM_NANOS = 500_000_000;

  private static final Duration WAIT = Duration.ofMillis(100);

  /// Between two looks of who reads without sleeping.
  private static final Duration PAUSE = Duration.ofNanos(20_000);

  private final LoadedRing ring;
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final LoadedRing.PlacedConsumer counting = this::count;
  private long events;
  private long sum;
  private long[] latencies = {};

  private RingWorker(LoadedRing ring) {
    this.ring = ring;
  }

  /// Drains a ring of its own until the JIT compiler is done with that: the program in C was
  /// compiled before it started.
  private static void warm() {
    try (EventsBpf bpf = EventsBpf.load()) {
      RingWorker worker = new RingWorker(bpf.events().loaded());
      long start = System.nanoTime();
      while (System.nanoTime() - start < WARM_NANOS) {
        bpf.send().run();
        worker.drain();
      }
    }
  }

  private void count(MemorySegment memory, long at, int bytes) {
    events++;
    sum += EventView.seq(memory, at);
  }

  private void time(MemorySegment memory, long at, int bytes) {
    if (events < latencies.length) {
      latencies[(int) events] = System.nanoTime() - EventView.ts(memory, at);
    }
    events++;
  }

  private void sleep() throws InterruptedException {
    ring.await(WAIT);
  }

  private void spin() throws InterruptedException {
    ring.spin(WAIT, PAUSE);
  }

  private String drain() {
    long start = threads.getCurrentThreadCpuTime();
    ring.consumeInPlace(counting);
    return result(threads.getCurrentThreadCpuTime() - start);
  }

  private String result(long nanos) {
    return "ok " + nanos + " " + events + " " + sum;
  }

  private long until(long wanted, Pause pause, LoadedRing.PlacedConsumer consumer)
      throws InterruptedException {
    long first = 0;
    long last = System.nanoTime();
    while (events < wanted) {
      int read = ring.consumeInPlace(consumer);
      if (read == 0) {
        pause.take();
      }
      long now = System.nanoTime();
      if (read > 0) {
        first = first == 0 ? now : first;
        last = now;
      } else if (now - last > GIVE_UP_NANOS) {
        break;
      }
    }
    return last - (first == 0 ? last : first);
  }

  private String latency(Pause pause, int count) throws InterruptedException {
    latencies = new long[count];
    until(count, pause, this::time);
    int seen = (int) Math.min(events, count);
    if (seen == 0) {
      return "err no events";
    }
    long[] sorted = Arrays.copyOf(latencies, seen);
    Arrays.sort(sorted);
    return "ok %d %d %d %d %d"
        .formatted(
            sorted[seen / 2],
            sorted[seen * 9 / 10],
            sorted[seen * 99 / 100],
            sorted[seen - 1],
            seen);
  }

  private String answer(String[] words) throws InterruptedException {
    events = 0;
    sum = 0;
    return switch (words[0]) {
      case "drain" -> drain();
      case "consume", "poll" -> {
        System.out.println("ready");
        Pause pause = words[0].equals("poll") ? this::sleep : this::spin;
        yield result(until(Long.parseLong(words[1]), pause, counting));
      }
      case "latency" -> {
        System.out.println("ready");
        Pause pause = words[1].equals("poll") ? this::sleep : Thread::onSpinWait;
        yield latency(pause, Integer.parseInt(words[2]));
      }
      default -> "err unknown: " + words[0];
    };
  }

  /// Answers lines until there are no more.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    RingWorker worker = null;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] words = line.split(" ");
      if (words[0].equals("quit")) {
        return;
      }
      if (words[0].equals("open")) {
        warm();
        Place ring = Place.id(Integer.parseInt(words[1].split("=")[1]));
        worker = new RingWorker(KernelInventory.openRing(ring).orElseThrow().ring());
        System.out.println("ok");
      } else {
        System.out.println(worker == null ? "err not open" : worker.answer(words));
      }
    }
  }
}
