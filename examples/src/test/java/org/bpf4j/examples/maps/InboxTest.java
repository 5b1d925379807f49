package org.bpf4j.examples.maps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.bpf4j.handle.LoadedUserRing;
import org.bpf4j.junit.BpfTest;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.kernel.MapFullException;
import org.junit.jupiter.api.Test;

@BpfTest
class InboxTest {

  /// A letter and the header in front of it.
  private static final int ROOM = 32;

  private static Inbox.Letter letter(long number, String text) {
    Inbox.Letter letter = new Inbox.Letter();
    letter.number = number;
    letter.text.copyFrom(text);
    return letter;
  }

  private static int read(InboxBpf bpf) {
    return bpf.read().run();
  }

  @Test
  void lettersArriveOnceAndInOrder(Kernel kernel) {
    try (InboxBpf bpf = InboxBpf.load(kernel)) {
      assertThat(read(bpf)).isZero();
      bpf.letters().submit(letter(1, "hello"));
      bpf.letters().submit(letter(20, "bye"));
      assertThat(read(bpf)).isEqualTo(2);
      assertThat(read(bpf)).isZero();
      assertThat(bpf.sum()).isEqualTo(21);
      assertThat(bpf.greetings()).isEqualTo(1);
    }
  }

  @Test
  void aFullRingSaysSoAndGoesOnBehindADrain(Kernel kernel) {
    try (InboxBpf bpf = InboxBpf.load(kernel)) {
      for (int lap = 0; lap < 3; lap++) {
        int sent = 0;
        while (bpf.letters().offer(letter(1, ""))) {
          sent++;
        }
        assertThat(sent).isEqualTo(4096 / ROOM);
        assertThatThrownBy(() -> bpf.letters().submit(letter(1, "")))
            .isInstanceOf(MapFullException.class)
            .hasMessageContaining("letters");
        assertThat(read(bpf)).isEqualTo(sent);
      }
      assertThat(bpf.sum()).isEqualTo(3 * 4096 / ROOM);
    }
  }

  @Test
  void aWriterThatThrowsLeavesNothingBehind(Kernel kernel) {
    try (InboxBpf bpf = InboxBpf.load(kernel)) {
      LoadedUserRing ring = bpf.letters().loaded();
      assertThatThrownBy(
              () ->
                  ring.offer(
                      24,
                      _ -> {
                        throw new UnsupportedOperationException("no");
                      }))
          .isInstanceOf(UnsupportedOperationException.class);
      bpf.letters().submit(letter(5, ""));
      assertThat(read(bpf)).isEqualTo(1);
      assertThat(bpf.sum()).isEqualTo(5);
    }
  }

  @Test
  void aRecordsMemoryDiesWithItsWriter(Kernel kernel) {
    try (InboxBpf bpf = InboxBpf.load(kernel)) {
      List<MemorySegment> kept = new ArrayList<>();
      assertThat(bpf.letters().loaded().offer(24, kept::add)).isTrue();
      assertThatThrownBy(() -> kept.getFirst().set(ValueLayout.JAVA_LONG, 0, 1))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> bpf.letters().loaded().offer(4090, _ -> {}))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void threadsShareARing(Kernel kernel) throws InterruptedException {
    int threads = 4;
    int letters = 500;
    try (InboxBpf bpf = InboxBpf.load(kernel)) {
      List<Thread> writers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        writers.add(
            Thread.ofPlatform()
                .start(
                    () -> {
                      for (int n = 1; n <= letters; n++) {
                        while (!bpf.letters().offer(letter(n, "hello"))) {
                          Thread.onSpinWait();
                        }
                      }
                    }));
      }
      int read = 0;
      long end = System.nanoTime() + 60_000_000_000L;
      while (read < threads * letters && System.nanoTime() < end) {
        read += read(bpf);
      }
      for (Thread writer : writers) {
        writer.join();
      }
      assertThat(read).isEqualTo(threads * letters);
      assertThat(bpf.sum()).isEqualTo((long) threads * letters * (letters + 1) / 2);
      assertThat(bpf.greetings()).isEqualTo((long) threads * letters);
    }
  }

  @Test
  void aClosedRingTakesNothing(Kernel kernel) {
    InboxBpf bpf = InboxBpf.load(kernel);
    bpf.close();
    assertThatThrownBy(() -> bpf.letters().offer(letter(1, "")))
        .isInstanceOf(IllegalStateException.class);
  }
}
