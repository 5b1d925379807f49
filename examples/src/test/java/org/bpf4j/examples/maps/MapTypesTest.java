package org.bpf4j.examples.maps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bpf4j.handle.XdpProgram;
import org.bpf4j.junit.BpfTest;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.kernel.MapFullException;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.net.Ipv4Address;
import org.bpf4j.lang.net.Ipv4Prefix;
import org.bpf4j.packet.Packet;
import org.junit.jupiter.api.Test;

@BpfTest
class MapTypesTest {

  private static XdpAction run(XdpProgram program, String destination) {
    return program.run(Packet.ethernet().ipv4("10.0.0.1", destination).udp(1, 2)).action();
  }

  private static XdpAction run(XdpProgram program) {
    return run(program, "10.0.0.2");
  }

  @Test
  void programsAreReplacedWhileOthersCallThem(Kernel kernel) {
    try (MapTypesBpf bpf = MapTypesBpf.load(kernel)) {
      assertThat(bpf.stages().contains(MapTypes.Stage.ALLOW)).isTrue();
      assertThat(run(bpf.callStage())).isEqualTo(XdpAction.PASS);
      bpf.stages().put(MapTypes.Stage.DENY, bpf.deny());
      assertThat(run(bpf.callStage())).isEqualTo(XdpAction.DROP);
      bpf.stages().put(MapTypes.Stage.DENY, bpf.allow());
      assertThat(run(bpf.callStage())).isEqualTo(XdpAction.TX);
      assertThat(bpf.stages().remove(MapTypes.Stage.DENY)).isTrue();
      assertThat(run(bpf.callStage())).isEqualTo(XdpAction.PASS);
    }
  }

  @Test
  void theLongestPrefixIsFound(Kernel kernel) {
    try (MapTypesBpf bpf = MapTypesBpf.load(kernel)) {
      bpf.routes().put(Ipv4Prefix.parse("10.0.0.0/8"), 8);
      bpf.routes().put(Ipv4Prefix.parse("10.1.0.0/16"), 16);
      run(bpf.route(), "10.1.2.3");
      assertThat(bpf.answer()).isEqualTo(16);
      run(bpf.route(), "10.2.2.3");
      assertThat(bpf.answer()).isEqualTo(8);
      assertThat(bpf.routes().get(Ipv4Prefix.parse("10.1.9.9"))).isEqualTo(16);
      List<String> all = new ArrayList<>();
      bpf.routes().forEach((prefix, value) -> all.add(prefix + "=" + value));
      assertThat(all).containsExactlyInAnyOrder("10.0.0.0/8=8", "10.1.0.0/16=16");
      bpf.routes().clear();
      assertThat(bpf.routes().get(Ipv4Prefix.parse("10.1.9.9"))).isNull();
    }
  }

  @Test
  void queuesAndStacksHaveTwoEnds(Kernel kernel) {
    try (MapTypesBpf bpf = MapTypesBpf.load(kernel)) {
      for (int i = 1; i <= 4; i++) {
        bpf.queue().push(i);
      }
      assertThatThrownBy(() -> bpf.queue().push(5)).isInstanceOf(MapFullException.class);
      bpf.queue().pushEvicting(5);
      assertThat(bpf.queue().peek()).isEqualTo(2);
      assertThat(run(bpf.move())).isEqualTo(XdpAction.PASS);
      assertThat(run(bpf.move())).isEqualTo(XdpAction.PASS);
      assertThat(bpf.stack().pop()).isEqualTo(6);
      assertThat(bpf.stack().pop()).isEqualTo(4);
      assertThat(bpf.stack().pop()).isNull();
      assertThat(bpf.queue().pop()).isEqualTo(4);
      assertThat(bpf.queue().pop()).isEqualTo(5);
      assertThat(run(bpf.move())).isEqualTo(XdpAction.DROP);
    }
  }

  @Test
  void aFilterKnowsWhatWasAdded(Kernel kernel) {
    try (RememberedBpf bpf = RememberedBpf.load(kernel)) {
      bpf.filter().add(Ipv4Address.parse("10.0.0.9"));
      assertThat(run(bpf.remember(), "10.0.0.9")).isEqualTo(XdpAction.DROP);
      assertThat(run(bpf.remember(), "10.0.0.8")).isEqualTo(XdpAction.PASS);
      assertThat(bpf.filter().mightContain(Ipv4Address.parse("10.0.0.8"))).isTrue();
      assertThat(bpf.filter().mightContain(1)).isFalse();
    }
  }

  /// Each CPU has a buffer of its own, so records of two CPUs come in no certain order; and what
  /// was lost is told by the next record of the same CPU.
  @Test
  void perfBuffersAreReadAndCountWhatIsLost(Kernel kernel) throws InterruptedException {
    try (MapTypesBpf bpf = MapTypesBpf.load(kernel)) {
      List<Long> numbers = new ArrayList<>();
      run(bpf.report());
      run(bpf.report());
      bpf.events().poll(Duration.ofSeconds(5), seen -> numbers.add(seen.number));
      assertThat(numbers).containsExactlyInAnyOrder(1L, 2L);
      assertThat(bpf.events().poll(Duration.ofMillis(20), seen -> numbers.add(seen.number)))
          .isZero();
      XdpAction last = XdpAction.PASS;
      for (int i = 0; i < 20_000 && last == XdpAction.PASS; i++) {
        last = run(bpf.report());
      }
      assertThat(last).as("a full buffer").isEqualTo(XdpAction.DROP);
      numbers.clear();
      bpf.events().consume(seen -> numbers.add(seen.number));
      long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      do {
        reportFromAllProcessors(bpf);
        bpf.events().consume(_ -> {});
      } while (bpf.events().lost() == 0 && System.nanoTime() < end);
      assertThat(bpf.events().lost()).isPositive();
      assertThat(numbers).doesNotHaveDuplicates().hasSizeGreaterThan(1_000);
    }
  }

  /// More threads than processors, so that none of these is left out for long.
  private static void reportFromAllProcessors(MapTypesBpf bpf) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int n = 0; n < 20; n++) {
                      run(bpf.report());
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Test
  void recordsBringBytesOfThePacket(Kernel kernel) throws InterruptedException {
    try (MapTypesBpf bpf = MapTypesBpf.load(kernel)) {
      bpf.events().consumeWithRest((_, _) -> {});
      assertThat(run(bpf.capture())).isEqualTo(XdpAction.PASS);
      byte[] sent = Packet.ethernet().ipv4("10.0.0.1", "10.0.0.2").udp(1, 2).bytes();
      List<Integer> lengths = new ArrayList<>();
      bpf.events()
          .pollWithRest(
              Duration.ofSeconds(5),
              (seen, rest) -> {
                assertThat(seen.address).isEqualTo(16);
                assertThat(seen.number).isEqualTo(rest.length > 0 ? 16 : 0);
                lengths.add(rest.length);
                if (rest.length > 0) {
                  assertThat(Arrays.copyOf(rest, 16)).isEqualTo(Arrays.copyOf(sent, 16));
                }
              });
      assertThat(lengths).containsExactly(16 + 4, 0);
    }
  }

  @Test
  void innerMapsArePutAndTaken(Kernel kernel) {
    try (MapTypesBpf bpf = MapTypesBpf.load(kernel)) {
      var table = bpf.tables().create(7);
      var array = bpf.arrays().create(1);
      table.put(1, 40L);
      array.put(1, 2L);
      assertThat(run(bpf.lookUp())).isEqualTo(XdpAction.PASS);
      assertThat(bpf.answer()).isEqualTo(42);
      assertThat(table.get(2)).isEqualTo(42);
      assertThat(bpf.tables().remove(7)).isTrue();
      assertThat(run(bpf.lookUp())).isEqualTo(XdpAction.DROP);
      bpf.tables().put(7, table);
      assertThat(run(bpf.lookUp())).isEqualTo(XdpAction.PASS);
    }
  }

  @Test
  void innerMapsHaveSizesOfTheirOwn(Kernel kernel) {
    try (MapTypesBpf bpf = MapTypesBpf.load(kernel)) {
      bpf.rows().create(1);
      assertThat(run(bpf.endOfRow())).isEqualTo(XdpAction.ABORTED);
      bpf.rows().create(1, 10).put(9, 77L);
      assertThat(run(bpf.endOfRow())).isEqualTo(XdpAction.TX);
      assertThat(bpf.answer()).isEqualTo(77);
      bpf.tables().create(7, 1);
      assertThatThrownBy(() -> bpf.arrays().create(1, 3))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("MapFlag.INNER_MAP");
    }
  }

  @Test
  void framesGoWhereTheMapsSay(Kernel kernel) {
    try (MapTypesBpf bpf = MapTypesBpf.load(kernel)) {
      assertThat(run(bpf.toPort())).isEqualTo(XdpAction.DROP);
      bpf.ports().put(2, 1);
      bpf.interfaces().put(99, 1);
      bpf.cpus().put(0, 16);
      assertThat(bpf.ports().get(2)).hasValue(1);
      assertThat(bpf.ports().get(3)).isEmpty();
      assertThat(run(bpf.toPort())).isEqualTo(XdpAction.REDIRECT);
      assertThat(run(bpf.toInterface())).isEqualTo(XdpAction.REDIRECT);
      assertThat(run(bpf.toCpu())).isEqualTo(XdpAction.REDIRECT);
      bpf.interfaces().remove(99);
      assertThat(run(bpf.toInterface())).isEqualTo(XdpAction.DROP);
    }
  }
}
