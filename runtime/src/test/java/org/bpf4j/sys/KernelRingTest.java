package org.bpf4j.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
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

class KernelRingTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofNanos(20_000);

  private LoadedObject object;
  private LoadedRing ring;
  private RingReader<Long> reader;

  /// `send` outputs its eight bytes of context, `sendThrice` those and 16 bytes more; `drop`
  /// reserves a record and discards it.
  @BeforeEach
  void load() {
    RealKernel.use();
    object =
        new ObjectText()
            .map("ring", MapKind.RINGBUF, 0, 0, 4096)
            .program("syscall", "send", outputs(1))
            .program("syscall", "sendThrice", outputs(3))
            .program(
                "syscall",
                "drop",
                """
                r1 = map ring
                r2 = 24
                r3 = 0
                call 131
                if r0 == 0 goto +3
                r1 = r0
                r2 = 0
                call 133
                r0 = 0
                exit
                """)
            .load();
    ring = object.ring("ring");
    reader = new RingReader<>(ring, Codecs.LONG, () -> 0);
  }

  /// A program that outputs a number several times.
  private static String outputs(int times) {
    String stores =
        IntStream.rangeClosed(1, times)
            .mapToObj(n -> "*(u64 *)(r10 - %d) = r2%n".formatted(8 * n))
            .collect(Collectors.joining());
    return """
    r2 = *(u64 *)(r1 + 0)
    %sr1 = map ring
    r2 = r10
    r2 += -%d
    r3 = %d
    r4 = 0
    call 130
    exit
    """
        .formatted(stores, 8 * times, 8 * times);
  }

  @AfterEach
  void close() {
    if (object != null) {
      object.close();
    }
  }

  private int send(long value) {
    return send("send", value);
  }

  private int send(String program, long value) {
    byte[] context = MemorySegment.ofArray(new long[] {value}).toArray(ValueLayout.JAVA_BYTE);
    return object.program(program).run(TestInput.context(context)).returnValue();
  }

  private void drop() {
    object.program("drop").run(TestInput.context(new byte[8]));
  }

  @Test
  void handsOverRecordsInOrder() {
    List<Long> seen = new ArrayList<>();
    for (long lap = 0; lap < 100; lap++) {
      for (long n = 0; n < 50; n++) {
        assertThat(send(lap * 50 + n)).isZero();
      }
      drop();
      assertThat(reader.consume(seen::add)).isEqualTo(50);
    }
    assertThat(seen).hasSize(5000).isSorted().doesNotHaveDuplicates();
    assertThat(reader.consume(seen::add)).isZero();
  }

  /// A reader looks at several headers at once, and guesses that the next is like the first.
  @Test
  void handsOverRecordsOfManyLengthsInOrder() {
    Random random = new Random(20_261_127);
    List<Long> sent = new ArrayList<>();
    List<Long> seen = new ArrayList<>();
    for (int lap = 0; lap < 200; lap++) {
      int usual = random.nextInt(1, 50);
      for (int n = 0; n < 80; n++) {
        boolean thrice = random.nextInt(usual) == 0;
        long value = random.nextLong();
        assertThat(send(thrice ? "sendThrice" : "send", value)).isZero();
        Collections.addAll(
            sent, thrice ? new Long[] {24L, value, value, value} : new Long[] {8L, value});
        if (random.nextInt(40) == 0) {
          drop();
        }
      }
      ring.consumeInPlace(
          (records, at, bytes) -> {
            seen.add((long) bytes);
            for (long next = at; next < at + bytes; next += Long.BYTES) {
              seen.add(records.get(ValueLayout.JAVA_LONG_UNALIGNED, next));
            }
          });
    }
    assertThat(seen).isEqualTo(sent);
  }

  @Test
  void refusesWhatHasNoRoomAndGoesOnAfterwards() {
    int sent = 0;
    while (send(sent) == 0) {
      sent++;
    }
    assertThat(sent).isEqualTo(4096 / 16 - 1);
    assertThat(reader.consume(_ -> {})).isEqualTo(sent);
    assertThat(send(1)).isZero();
  }

  @Test
  void consumesARecordWhoseConsumerThrows() {
    send(1);
    send(2);
    assertThatThrownBy(
            () ->
                reader.consume(
                    _ -> {
                      throw new UnsupportedOperationException("no");
                    }))
        .isInstanceOf(UnsupportedOperationException.class);
    List<Long> rest = new ArrayList<>();
    reader.consume(rest::add);
    assertThat(rest).containsExactly(2L);
  }

  @Test
  void keepsTheRecordsBehindOneWhoseConsumerThrows() {
    for (long n = 0; n < 80; n++) {
      send(n);
    }
    List<Long> seen = new ArrayList<>();
    assertThatThrownBy(
            () ->
                reader.consume(
                    n -> {
                      seen.add(n);
                      if (n == 41) {
                        throw new UnsupportedOperationException("no");
                      }
                    }))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(reader.consume(seen::add)).isEqualTo(38);
    assertThat(seen).isEqualTo(LongStream.range(0, 80).boxed().toList());
  }

  @Test
  void passesOverDiscardedRecordsWhereverTheyLie() {
    for (long between = 0; between < 40; between++) {
      List<Long> sent = new ArrayList<>();
      for (int dropped = 0; dropped < 4; dropped++) {
        for (long n = 0; n < between; n++) {
          send(n);
          sent.add(n);
        }
        drop();
      }
      List<Long> seen = new ArrayList<>();
      assertThat(reader.consume(seen::add)).isEqualTo(sent.size());
      assertThat(seen).isEqualTo(sent);
      assertThat(reader.consume(seen::add)).isZero();
    }
  }

  @Test
  void endsARecordsLifeWithItsCallback() {
    send(1);
    List<MemorySegment> kept = new ArrayList<>();
    ring.consume(kept::add);
    assertThatThrownBy(() -> kept.getFirst().get(ValueLayout.JAVA_LONG, 0))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesToBeConsumedByItsOwnConsumer() {
    send(1);
    assertThatThrownBy(() -> ring.consume(_ -> ring.consume(_ -> {})))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void waitsForARecord() throws Exception {
    assertThat(reader.take(Duration.ofMillis(30))).isEmpty();
    CompletableFuture<Long> taken = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> complete(taken, this::taken));
    Thread.sleep(50);
    assertThat(taken).isNotDone();
    send(42);
    assertThat(taken.get(20, TimeUnit.SECONDS)).isEqualTo(42);
  }

  private static <T> void complete(CompletableFuture<T> result, Callable<T> call) {
    try {
      result.complete(call.call());
    } catch (Exception e) {
      result.completeExceptionally(e);
    }
  }

  private Long taken() throws InterruptedException {
    return reader.take(LONG).orElseThrow();
  }

  @Test
  void waitsOnAfterADiscardedRecord() throws Exception {
    drop();
    assertThat(reader.take(Duration.ofMillis(30))).isEmpty();
    send(5);
    assertThat(reader.take(LONG)).contains(5L);
  }

  @Test
  void takesOneRecordAndKeepsTheOthers() throws Exception {
    send(1);
    send(2);
    send(3);
    assertThat(reader.take(LONG)).contains(1L);
    List<Long> rest = new ArrayList<>();
    assertThat(reader.poll(LONG, rest::add)).isEqualTo(2);
    assertThat(rest).containsExactly(2L, 3L);
  }

  @Test
  void endsAWaitThatIsInterrupted() throws Exception {
    CompletableFuture<Long> taken = new CompletableFuture<>();
    Thread thread = Thread.ofVirtual().start(() -> complete(taken, this::taken));
    Thread.sleep(30);
    thread.interrupt();
    assertThatThrownBy(() -> taken.get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    send(6);
    assertThat(reader.take(LONG)).contains(6L);
  }

  @Test
  void endsAWaitWhenItIsClosed() throws Exception {
    CompletableFuture<Long> taken = new CompletableFuture<>();
    Thread.ofPlatform().start(() -> complete(taken, this::taken));
    Thread.sleep(30);
    object.close();
    assertThatThrownBy(() -> taken.get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void spinsUntilARecordIsThere() throws Exception {
    assertThat(ring.spin(Duration.ofMillis(5), PAUSE)).isFalse();
    assertThat(ring.spin(Duration.ofMillis(5), LONG)).isFalse();
    List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
    CompletableFuture<Integer> count = new CompletableFuture<>();
    Callable<Integer> reading =
        () -> reader.spinInPlace(LONG, PAUSE, (_, _, bytes) -> sizes.add(bytes));
    Thread.ofPlatform().daemon().start(() -> complete(count, reading));
    Thread.sleep(30);
    assertThat(count).isNotDone();
    send(42);
    assertThat(count.get(20, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(sizes).containsExactly(Long.BYTES);
  }

  @Test
  void takesATimeThatIsOverAsNone() throws Exception {
    Duration past = Duration.ofSeconds(Long.MIN_VALUE);
    assertThat(ring.await(past)).isFalse();
    assertThat(ring.spin(past, PAUSE)).isFalse();
    send(6);
    assertThat(ring.await(past)).isTrue();
    assertThat(ring.spin(past, LONG)).isTrue();
  }

  @Test
  void endsASpinThatIsInterrupted() throws Exception {
    CompletableFuture<Boolean> seen = new CompletableFuture<>();
    Thread thread =
        Thread.ofPlatform().daemon().start(() -> complete(seen, () -> ring.spin(LONG, PAUSE)));
    Thread.sleep(30);
    assertThat(seen).isNotDone();
    thread.interrupt();
    assertThatThrownBy(() -> seen.get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    send(6);
    assertThat(reader.take(LONG)).contains(6L);
  }

  @Test
  void endsASpinWhenItIsClosed() throws Exception {
    CompletableFuture<Boolean> seen = new CompletableFuture<>();
    Thread.ofPlatform().daemon().start(() -> complete(seen, () -> ring.spin(LONG, PAUSE)));
    Thread.sleep(30);
    assertThat(seen).isNotDone();
    object.close();
    assertThatThrownBy(() -> seen.get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void mayBeClosedByItsConsumer() {
    send(1);
    assertThat(ring.consume(_ -> object.close())).isEqualTo(1);
    assertThatThrownBy(() -> ring.consume(_ -> {})).isInstanceOf(IllegalStateException.class);
  }

  /// Carriers of virtual threads stay free while others wait.
  @Test
  void parksVirtualThreads() throws Exception {
    int waiters = 4 * Runtime.getRuntime().availableProcessors();
    CountDownLatch done = new CountDownLatch(waiters);
    for (int i = 0; i < waiters; i++) {
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  ring.await(Duration.ofMillis(200));
                } catch (InterruptedException _) {
                  Thread.currentThread().interrupt();
                }
                done.countDown();
              });
    }
    CountDownLatch other = new CountDownLatch(1);
    Thread.ofVirtual().start(other::countDown);
    assertThat(other.await(150, TimeUnit.MILLISECONDS)).isTrue();
    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
  }
}
