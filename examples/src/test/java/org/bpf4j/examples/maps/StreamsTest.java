package org.bpf4j.examples.maps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bpf4j.examples.maps.Streams.Order;
import org.bpf4j.examples.maps.StreamsBpf.OddView;
import org.bpf4j.handle.Rings;
import org.bpf4j.junit.BpfTest;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.sim.SimulatedKernel;
import org.junit.jupiter.api.Test;

/// Several rings in one loop.
@BpfTest
class StreamsTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final List<Long> seen = new ArrayList<>();

  private Rings both(StreamsBpf bpf) {
    return new Rings()
        .with(bpf.orders(), order -> seen.add(order.number))
        .inPlace(bpf.odds(), (memory, at, _) -> seen.add(OddView.number(memory, at)));
  }

  private static void send(StreamsBpf bpf, int ring, long number) {
    Order order = new Order();
    order.ring = ring;
    order.number = number;
    assertThat(bpf.send().run(order).result()).isZero();
  }

  @Test
  void allThatIsThereIsHandedOn(Kernel kernel) throws InterruptedException {
    try (StreamsBpf bpf = StreamsBpf.load(kernel)) {
      Rings rings = both(bpf);
      assertThat(rings.poll(Duration.ofMillis(1))).isZero();
      send(bpf, 1, 7);
      send(bpf, 0, 1);
      send(bpf, 0, 2);
      assertThat(rings.poll(LONG)).isEqualTo(3);
      assertThat(seen).containsExactly(1L, 2L, 7L);
      assertThat(rings.consume()).isZero();
    }
  }

  @Test
  void aRecordOfAnyRingEndsTheWait(Kernel kernel) throws Exception {
    try (StreamsBpf bpf = StreamsBpf.load(kernel)) {
      Rings rings = both(bpf);
      for (int ring : new int[] {1, 0, 1}) {
        CompletableFuture<Void> sent =
            CompletableFuture.runAsync(
                () -> send(bpf, ring, ring),
                CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS));
        assertThat(rings.poll(LONG)).isEqualTo(1);
        sent.get();
      }
      assertThat(seen).containsExactly(1L, 0L, 1L);
    }
  }

  @Test
  void closingOneEndsTheWait(Kernel kernel) {
    StreamsBpf bpf = StreamsBpf.load(kernel);
    Rings rings = both(bpf);
    CompletableFuture.runAsync(
        bpf::close, CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS));
    assertThatThrownBy(() -> rings.poll(LONG))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(rings::consume).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anInterruptEndsTheWaitAndLosesNothing(Kernel kernel) throws InterruptedException {
    try (StreamsBpf bpf = StreamsBpf.load(kernel)) {
      Rings rings = both(bpf);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> rings.poll(LONG)).isInstanceOf(InterruptedException.class);
      send(bpf, 1, 5);
      assertThat(rings.poll(LONG)).isEqualTo(1);
    }
  }

  @Test
  void aConsumerThatThrowsLeavesTheOthers(Kernel kernel) {
    try (StreamsBpf bpf = StreamsBpf.load(kernel)) {
      Rings rings =
          new Rings()
              .with(
                  bpf.odds(),
                  odd -> {
                    throw new UnsupportedOperationException("no");
                  })
              .with(bpf.orders(), order -> seen.add(order.number));
      send(bpf, 1, 5);
      send(bpf, 0, 6);
      assertThatThrownBy(rings::consume).isInstanceOf(UnsupportedOperationException.class);
      assertThat(rings.consume()).isEqualTo(1);
      assertThat(seen).containsExactly(6L);
    }
  }

  @Test
  void ringsOfDifferentKernelsCannotBeAwaitedTogether(Kernel kernel) {
    try (StreamsBpf bpf = StreamsBpf.load(kernel);
        StreamsBpf other = StreamsBpf.load(SimulatedKernel.create())) {
      Rings rings = new Rings().with(bpf.orders(), _ -> {}).with(other.orders(), _ -> {});
      assertThatThrownBy(() -> rings.poll(LONG))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not of this kernel");
      assertThatThrownBy(() -> new Rings().poll(LONG)).isInstanceOf(IllegalStateException.class);
    }
  }
}
