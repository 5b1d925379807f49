package org.bpf4j.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.bpf4j.handle.Codecs;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.handle.LoadedRing;
import org.bpf4j.handle.RingReader;
import org.bpf4j.handle.TestInput;
import org.bpf4j.kernel.RealKernel;
import org.bpf4j.load.ObjectText;
import org.bpf4j.object.MapKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Rings to which programs send far more than is read lose only what is counted, and what arrives
/// is what was sent.
///
/// `-Dbpf4j.fault.records` says how many are sent.
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OverloadTest {

  private static final int RECORDS = Integer.getInteger("bpf4j.fault.records", 200_000);
  private static final int PRODUCERS = 2;

  /// How many records one test run sends.
  private static final int REPEAT = 1_000;

  /// Numbers are counted at 0, what was lost at 8. A record is a number and its complement.
  private static final String SEND =
      """
      r1 = data .bss 0
      r6 = 1
      r6 = atomic_fetch_add((u64 *)(r1 + 0), r6)
      r7 = r6
      r7 ^= -1
      r1 = map ring
      r2 = 16
      r3 = 0
      call 131
      if r0 == 0 goto +7
      *(u64 *)(r0 + 0) = r6
      *(u64 *)(r0 + 8) = r7
      r1 = r0
      r2 = 0
      call 132
      r0 = 2
      exit
      r1 = data .bss 8
      r2 = 1
      lock *(u64 *)(r1 + 0) += r2
      r0 = 2
      exit
      """;

  /// The kernel counts what was lost itself.
  private static final String REPORT =
      """
      r8 = r1
      r1 = data .bss 0
      r6 = 1
      r6 = atomic_fetch_add((u64 *)(r1 + 0), r6)
      r7 = r6
      r7 ^= -1
      *(u64 *)(r10 - 16) = r6
      *(u64 *)(r10 - 8) = r7
      r1 = r8
      r2 = map events
      r3 = 0xffffffff ll
      r4 = r10
      r4 += -16
      r5 = 16
      call 25
      r0 = 2
      exit
      """;

  private LoadedObject object;

  @BeforeEach
  void load() {
    RealKernel.use();
    object =
        new ObjectText()
            .data(".bss", "sent", 0, "lost", 0)
            .map("ring", MapKind.RINGBUF, 0, 0, 4096)
            .map("events", MapKind.PERF_EVENT_ARRAY, 4, 4, 256)
            .program("xdp", "send", SEND)
            .program("xdp", "report", REPORT)
            .load();
  }

  @AfterEach
  void close() {
    if (object != null) {
      object.close();
    }
  }

  private long sent() {
    return object.data(".bss").segment().get(ValueLayout.JAVA_LONG, 0);
  }

  private long lost() {
    return object.data(".bss").segment().get(ValueLayout.JAVA_LONG, 8);
  }

  private void run(String program, int repeat) {
    byte[] frame = new byte[64];
    object.program(program).run(new TestInput(frame, new byte[0], repeat));
  }

  private List<Thread> flood(String program) {
    List<Thread> producers = new ArrayList<>();
    for (int i = 0; i < PRODUCERS; i++) {
      producers.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int n = 0; n < RECORDS / PRODUCERS; n += REPEAT) {
                      run(program, REPEAT);
                    }
                  }));
    }
    return producers;
  }

  /// What arrived: each number at most once, none that was not sent.
  private static final class Arrivals {

    private final BitSet numbers = new BitSet();
    private long count;

    void add(MemorySegment memory, long at, int bytes) {
      long number = memory.get(ValueLayout.JAVA_LONG_UNALIGNED, at);
      long complement = memory.get(ValueLayout.JAVA_LONG_UNALIGNED, at + 8);
      assertThat(bytes).isGreaterThanOrEqualTo(16);
      assertThat(complement).isEqualTo(~number);
      assertThat(numbers.get(Math.toIntExact(number))).as("%d twice", number).isFalse();
      numbers.set((int) number);
      count++;
    }
  }

  /// More threads than processors, so that none of these is left out for long.
  private void reportFromAllProcessors() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int n = 0; n < 50; n++) {
                      run("report", 1);
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static boolean isAlive(List<Thread> threads) {
    return threads.stream().anyMatch(Thread::isAlive);
  }

  /// Some of what is read ends with an exception, after which the rest is still there.
  private static void readSlowly(LoadedRing ring, Arrivals arrivals) throws InterruptedException {
    try {
      ring.consumeInPlace(
          (memory, at, bytes) -> {
            arrivals.add(memory, at, bytes);
            if (arrivals.count % 100 == 0) {
              throw new UnsupportedOperationException("enough for now");
            }
          });
    } catch (UnsupportedOperationException _) {
      Thread.sleep(1);
    }
  }

  @Test
  void aRingLosesWhatProgramsCount() throws Exception {
    LoadedRing ring = object.ring("ring");
    Arrivals arrivals = new Arrivals();
    List<Thread> producers = flood("send");
    while (isAlive(producers)) {
      readSlowly(ring, arrivals);
    }
    ring.consumeInPlace(arrivals::add);
    System.out.println(
        "ring: " + sent() + " sent, " + arrivals.count + " read, " + lost() + " lost");
    assertThat(sent()).isEqualTo(RECORDS);
    assertThat(arrivals.count + lost()).isEqualTo(sent());
    assertThat(lost()).as("an overload").isGreaterThan(arrivals.count / 2);
  }

  /// What was lost is said with the next record that finds room in the buffer of its CPU.
  @Test
  void perfBuffersLoseWhatTheKernelCounts() throws Exception {
    LoadedRing ring = object.ring("events");
    Arrivals arrivals = new Arrivals();
    List<Thread> producers = flood("report");
    while (isAlive(producers)) {
      Thread.sleep(20);
      readSlowly(ring, arrivals);
    }
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    do {
      ring.consumeInPlace(arrivals::add);
      reportFromAllProcessors();
      ring.consumeInPlace(arrivals::add);
    } while (arrivals.count + ring.lost() != sent() && System.nanoTime() < end);
    System.out.println(
        "perf buffers: " + sent() + " sent, " + arrivals.count + " read, " + ring.lost() + " lost");
    assertThat(arrivals.count + ring.lost()).isEqualTo(sent());
    assertThat(ring.lost()).as("an overload").isPositive();
  }

  @Test
  void aConsumerThatThrowsLosesNothingElse() throws Exception {
    RingReader<Long> reader = new RingReader<>(object.ring("ring"), Codecs.LONG, this::lost);
    run("send", 100);
    List<Long> seen = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      int stop = i;
      assertThatThrownBy(
              () ->
                  reader.consume(
                      number -> {
                        seen.add(number);
                        if (number % 10 == stop) {
                          throw new UnsupportedOperationException("no");
                        }
                      }))
          .isInstanceOf(UnsupportedOperationException.class);
    }
    seen.add(reader.take(Duration.ofSeconds(5)).orElseThrow());
    reader.consume(seen::add);
    assertThat(seen).hasSize(100).isSorted().doesNotHaveDuplicates();
    assertThat(reader.lost()).isZero();
  }
}
