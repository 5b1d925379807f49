package org.bpf4j.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.bpf4j.handle.LoadedRing;
import org.bpf4j.kernel.RealKernel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A thousand virtual threads wait on rings and hold no carrier: others run meanwhile, and all go
/// on when a record comes, the time is over, they are interrupted, or the rings are closed.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WaitingThreadsTest {

  private static final int THREADS = 1_000;
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;

  /// What ended a wait.
  private enum End {
    RECORD,
    TIME,
    INTERRUPT,
    CLOSE
  }

  private record Waiter(Thread thread, AtomicReference<Object> end) {

    static Waiter on(LoadedRing ring, Duration timeout, CountDownLatch begun) {
      AtomicReference<Object> end = new AtomicReference<>();
      Thread thread =
          Thread.ofVirtual()
              .start(
                  () -> {
                    begun.countDown();
                    end.set(wait(ring, timeout));
                  });
      return new Waiter(thread, end);
    }

    private static Object wait(LoadedRing ring, Duration timeout) {
      try {
        return ring.await(timeout) ? End.RECORD : End.TIME;
      } catch (InterruptedException _) {
        return End.INTERRUPT;
      } catch (IllegalStateException _) {
        return End.CLOSE;
      } catch (RuntimeException e) {
        return e;
      }
    }

    void assertEnds(End expected) throws InterruptedException {
      assertThat(thread.join(Duration.ofSeconds(30))).as("it ends").isTrue();
      assertThat(end.get()).isEqualTo(expected);
    }
  }

  private static List<Waiter> begin(Duration timeout, LoadedRing... rings)
      throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(THREADS);
    List<Waiter> waiters = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      waiters.add(Waiter.on(rings[i % rings.length], timeout, begun));
    }
    assertThat(begun.await(30, TimeUnit.SECONDS)).as("all threads get a carrier").isTrue();
    return waiters;
  }

  @Test
  void theyHoldNoCarrier() throws Exception {
    RealKernel.use();
    Path file = folder.resolve("recording.jfr");
    try (Recording recording = new Recording();
        Marked one = Marked.load(1);
        Marked other = Marked.load(2)) {
      recording.enable("jdk.VirtualThreadPinned").withoutThreshold().withStackTrace();
      recording.start();
      List<Waiter> waiters =
          begin(
              LONG,
              one.object().ring("ring"),
              other.object().ring("ring"),
              one.object().ring("events"));
      CountDownLatch ran = new CountDownLatch(10 * THREADS);
      for (int i = 0; i < 10 * THREADS; i++) {
        Thread.ofVirtual().start(ran::countDown);
      }
      assertThat(ran.await(20, TimeUnit.SECONDS)).as("others run").isTrue();
      assertThat(waiters).allMatch(waiter -> waiter.end().get() == null);
      one.close();
      other.close();
      for (Waiter waiter : waiters) {
        waiter.assertEnds(End.CLOSE);
      }
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> pinned = RecordingFile.readAllEvents(file);
    Files.delete(file);
    assertThat(pinned)
        .filteredOn(event -> event.toString().contains("org.bpf4j.sys"))
        .filteredOn(event -> !isOfRecording(event))
        .isEmpty();
  }

  /// An exception that is made while somebody records is told to the recorder, which initialises a
  /// class or waits for a lock of its own then.
  private static boolean isOfRecording(RecordedEvent event) {
    return event.getString("pinnedReason").contains("initialization of jdk.internal.event.")
        || event
            .getStackTrace()
            .getFrames()
            .getFirst()
            .getMethod()
            .getType()
            .getName()
            .equals(Throwable.class.getName());
  }

  @Test
  void allGoOnWhenARecordComes() throws Exception {
    RealKernel.use();
    try (Marked marked = Marked.load(1)) {
      List<Waiter> waiters = begin(LONG, marked.object().ring("ring"));
      marked.send();
      for (Waiter waiter : waiters) {
        waiter.assertEnds(End.RECORD);
      }
    }
  }

  @Test
  void allGoOnWhenTheTimeIsOver() throws Exception {
    RealKernel.use();
    try (Marked marked = Marked.load(1)) {
      List<Waiter> waiters =
          begin(
              Duration.ofMillis(50), marked.object().ring("ring"), marked.object().ring("events"));
      for (Waiter waiter : waiters) {
        waiter.assertEnds(End.TIME);
      }
    }
  }

  @Test
  void eachIsInterruptedByItself() throws Exception {
    RealKernel.use();
    try (Marked marked = Marked.load(1)) {
      List<Waiter> waiters =
          begin(LONG, marked.object().ring("ring"), marked.object().ring("events"));
      for (int i = 0; i < THREADS; i += 2) {
        waiters.get(i).thread().interrupt();
      }
      for (int i = 0; i < THREADS; i += 2) {
        waiters.get(i).assertEnds(End.INTERRUPT);
      }
      marked.close();
      for (int i = 1; i < THREADS; i += 2) {
        waiters.get(i).assertEnds(End.CLOSE);
      }
    }
  }
}
