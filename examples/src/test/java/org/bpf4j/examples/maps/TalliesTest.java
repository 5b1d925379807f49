package org.bpf4j.examples.maps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import org.bpf4j.examples.RealKernel;
import org.bpf4j.examples.maps.Tallies.Color;
import org.bpf4j.examples.maps.Tallies.Flow;
import org.bpf4j.examples.maps.Tallies.Tally;
import org.bpf4j.examples.maps.TalliesBpf.FlowView;
import org.bpf4j.examples.maps.TalliesBpf.PointView;
import org.bpf4j.examples.maps.TalliesBpf.TallyView;
import org.bpf4j.handle.LoadedMap.UpdateMode;
import org.bpf4j.handle.MapAccess;
import org.bpf4j.handle.MapBatch;
import org.bpf4j.handle.MappedArray;
import org.bpf4j.junit.BpfTest;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.lang.BpfString;
import org.junit.jupiter.api.Test;

@BpfTest
class TalliesTest {

  private static final int SOURCE = 0x01020304;

  @Test
  void readsAndWritesInPlace(Kernel kernel) {
    try (TalliesBpf bpf = TalliesBpf.load(kernel)) {
      try (MapAccess access = bpf.flows().access()) {
        FlowView.source(access.key(), 0, SOURCE);
        FlowView.port(access.key(), 0, 80);
        MemorySegment value = access.value().fill((byte) 0);
        TallyView.packets(value, 0, 0xffff_fffeL);
        TallyView.sizes(value, 0, 3, 30);
        PointView.y(value, TallyView.at(0), (short) -4);
        TallyView.color(value, 0, Color.RED);
        assertThat(access.store(UpdateMode.ANY)).isTrue();
      }

      assertThat(bpf.count().run()).isEqualTo(-1);

      Tally decoded = bpf.flows().getOrThrow(new Flow(SOURCE, 80));
      assertThat(decoded.packets).isEqualTo(0xffff_ffffL);
      try (MapAccess access = bpf.flows().access()) {
        FlowView.source(access.key(), 0, SOURCE);
        FlowView.port(access.key(), 0, 80);
        assertThat(access.find()).isTrue();
        assertThat(TallyView.packets(access.value())).isEqualTo(0xffff_ffffL);
        assertThat(TallyView.sizes(access.value(), 0, 3)).isEqualTo(37);
        assertThat(PointView.y(access.value(), TallyView.at(0))).isEqualTo((short) -1);
        assertThat(TallyView.color(access.value())).isEqualTo(Color.GREEN);
        assertThatThrownBy(() -> TallyView.sizes(access.value(), 0, 4))
            .isInstanceOf(IndexOutOfBoundsException.class);
        BpfString name = BpfString.ofSize(16);
        TallyView.name(access.value(), 0, name);
        assertThat(name.text()).isEmpty();
        FlowView.port(access.key(), 0, 81);
        assertThat(access.find()).isFalse();
      }
    }
  }

  @Test
  void readsManyAtOnce(Kernel kernel) {
    try (TalliesBpf bpf = TalliesBpf.load(kernel)) {
      try (MapBatch batch = bpf.flows().loaded().batch(16)) {
        for (int i = 0; i < 16; i++) {
          FlowView.source(batch.keys(), (long) i * FlowView.BYTES, i);
          FlowView.port(batch.keys(), (long) i * FlowView.BYTES, 100 + i);
          TallyView.packets(batch.values(), (long) i * TallyView.BYTES, 2L * i);
        }
        assertThat(batch.store(16, UpdateMode.IF_ABSENT)).isEqualTo(16);
      }
      long sum = 0;
      try (MapBatch batch = bpf.flows().loaded().batch(5)) {
        for (int count = batch.next(); count > 0; count = batch.next()) {
          for (int i = 0; i < count; i++) {
            sum += TallyView.packets(batch.values(), (long) i * TallyView.BYTES);
          }
        }
        assertThat(batch.isComplete()).isTrue();
      }
      assertThat(sum).isEqualTo(240);
    }
  }

  @Test
  void sharesTheMemoryOfAnArray() {
    RealKernel.use();
    TalliesBpf bpf = TalliesBpf.load();
    MappedArray slots = MappedArray.of(bpf.slots().loaded());
    try (bpf) {
      bpf.count().run();
      bpf.count().run();
      MemorySegment memory = bpf.slots().loaded().mapped().orElseThrow();
      assertThat(TallyView.bytes(memory, 2 * TallyView.STRIDE)).isEqualTo(10);
      assertThat(TallyView.packets(memory, 2 * TallyView.STRIDE)).isEqualTo(2);
      assertThat(TallyView.getAndAddBytes(memory, 2 * TallyView.STRIDE, 100)).isEqualTo(10);
      bpf.count().run();
      assertThat(bpf.slots().getOrThrow(2).bytes.get()).isEqualTo(115);
      assertThat(slots.size()).isEqualTo(4);
      assertThat(slots.getInt(2, 0)).isEqualTo(3);
      slots.setInt(1, 0, 9);
      assertThat(bpf.slots().getOrThrow(1).packets).isEqualTo(9);
      assertThat(TallyView.packets(slots.element(1))).isEqualTo(9);
      assertThatThrownBy(() -> slots.getInt(4, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }
    assertThatThrownBy(() -> slots.getInt(2, 0)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> bpf.slots().loaded().mapped())
        .isInstanceOf(IllegalStateException.class);
  }
}
