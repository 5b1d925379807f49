package org.bpf4j.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.bpf4j.kernel.RealKernel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Objects are closed while eight threads use them, and others are opened at once, which get the
/// numbers of their descriptors: each thread ends with an [IllegalStateException], and none ever
/// sees or changes what belongs to the others.
///
/// `-Dbpf4j.fault.rounds` says how often.
class ClosedUnderReadersTest {

  private static final int ROUNDS = Integer.getInteger("bpf4j.fault.rounds", 2);
  private static final int THREADS = 8;
  private static final int OTHERS = 4;
  private static final int MINE = 0x1111;
  private static final int OTHER = 0x2222;

  @BeforeEach
  void real() {
    RealKernel.use();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  @Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void everyUserIsToldAndNobodySeesOthers(Way way) throws Exception {
    Remains before = null;
    for (int round = 0; round < ROUNDS; round++) {
      closeUnder(way, round);
      if (before == null) {
        before = Remains.now();
      }
    }
    before.assertNothingMore();
  }

  private static void closeUnder(Way way, int round) throws InterruptedException {
    AtomicReferenceArray<Throwable> ends = new AtomicReferenceArray<>(THREADS);
    List<Thread> threads = new ArrayList<>();
    List<Marked> others = new ArrayList<>();
    try (Marked marked = Marked.load(MINE)) {
      CountDownLatch started = new CountDownLatch(THREADS);
      for (int i = 0; i < THREADS; i++) {
        int number = i;
        threads.add(
            builder(way, i).start(() -> ends.set(number, useUntilItEnds(way, marked, started))));
      }
      assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
      Thread.sleep(1 + round * 7 % 20);
      Thread second = Thread.ofPlatform().start(marked::close);
      marked.close();
      for (int i = 0; i < OTHERS; i++) {
        others.add(Marked.load(OTHER));
      }
      second.join();
      for (Thread thread : threads) {
        assertThat(thread.join(Duration.ofSeconds(20))).as("%s ends", way).isTrue();
      }
      others.forEach(ClosedUnderReadersTest::assertUntouched);
    } finally {
      others.forEach(Marked::close);
    }
    for (int i = 0; i < THREADS; i++) {
      assertThat(ends.get(i))
          .as("%s, round %d", way, round)
          .isInstanceOf(IllegalStateException.class);
    }
  }

  /// Virtual threads that never wait would leave no carrier to others.
  private static Thread.Builder builder(Way way, int number) {
    return way.waits() && number % 2 == 0 ? Thread.ofVirtual() : Thread.ofPlatform();
  }

  /// The first turn may wait for ever.
  private static Throwable useUntilItEnds(Way way, Marked marked, CountDownLatch started) {
    started.countDown();
    try {
      for (int turn = 0; ; turn++) {
        way.use(marked, turn);
      }
    } catch (Throwable e) {
      return e;
    }
  }

  private static void assertUntouched(Marked other) {
    for (String map : List.of("table", "slots", "mapped")) {
      for (int key = 0; key < Marked.ENTRIES; key++) {
        MemorySegment value = Marked.number(0);
        assertThat(other.object().map(map).lookup(Marked.key(key), value)).isTrue();
        assertThat(value.get(ValueLayout.JAVA_LONG, 0)).isEqualTo(other.value(key));
      }
    }
    assertThat(other.global().get(ValueLayout.JAVA_LONG, 0)).isEqualTo(other.value(0));
    assertThat(other.object().ring("ring").consume(_ -> {})).isZero();
  }
}
