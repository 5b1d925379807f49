package org.bpf4j.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.bpf4j.handle.Codecs;
import org.bpf4j.handle.LoadedMap;
import org.bpf4j.handle.LoadedMap.UpdateMode;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.handle.MapBatch;
import org.bpf4j.handle.PerCpuMap;
import org.bpf4j.handle.PerCpuValues;
import org.bpf4j.handle.SteppedBatch;
import org.bpf4j.handle.TypedMap;
import org.bpf4j.kernel.MapFullException;
import org.bpf4j.kernel.RealKernel;
import org.bpf4j.load.ObjectText;
import org.bpf4j.object.MapKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KernelBatchTest {

  private static final int MANY = 5_000;

  @BeforeEach
  void real() {
    RealKernel.use();
  }

  private static LoadedObject load(MapKind kind, int entries) {
    ObjectText text = new ObjectText();
    return text.typedMap("table", kind, text.intType, text.longType, entries).load();
  }

  private static TypedMap<Integer, Long> typed(LoadedObject object) {
    return new TypedMap<>(object.map("table"), Codecs.INT, Codecs.LONG);
  }

  private static Map<Integer, Long> numbers(int count) {
    Map<Integer, Long> numbers = new TreeMap<>();
    IntStream.range(0, count).forEach(i -> numbers.put(i, 7L * i));
    return numbers;
  }

  @ParameterizedTest
  @EnumSource(
      value = MapKind.class,
      names = {"HASH", "ARRAY", "LRU_HASH"})
  void movesManyEntries(MapKind kind) {
    Map<Integer, Long> wanted = numbers(MANY);
    try (LoadedObject object = load(kind, kind == MapKind.LRU_HASH ? 4 * MANY : MANY)) {
      TypedMap<Integer, Long> map = typed(object);
      map.putAll(wanted);
      Map<Integer, Long> seen = new TreeMap<>();
      assertThat(map.forEach((key, value) -> assertThat(seen.put(key, value)).isNull())).isTrue();
      assertThat(seen).isEqualTo(wanted);
    }
  }

  @Test
  void movesValuesOfEachCpu() {
    try (LoadedObject object = load(MapKind.PERCPU_HASH, MANY)) {
      PerCpuMap<Integer, Long> map = new PerCpuMap<>(object.map("table"), Codecs.INT, Codecs.LONG);
      Map<Integer, PerCpuValues<Long>> wanted = new HashMap<>();
      numbers(MANY).forEach((key, value) -> wanted.put(key, PerCpuValues.same(value, map.cpus())));
      map.putAll(wanted);
      Map<Integer, PerCpuValues<Long>> seen = new HashMap<>();
      assertThat(map.forEach(seen::put)).isTrue();
      assertThat(seen).isEqualTo(wanted);
    }
  }

  @Test
  void removesWhatIsThere() {
    try (LoadedObject object = load(MapKind.HASH, MANY)) {
      TypedMap<Integer, Long> map = typed(object);
      map.putAll(numbers(MANY));
      List<Integer> odd = IntStream.range(0, 2 * MANY).filter(i -> i % 2 == 1).boxed().toList();
      assertThat(map.removeAll(odd)).isEqualTo(MANY / 2);
      assertThat(map.removeAll(odd)).isZero();
      Map<Integer, Long> drained = new HashMap<>();
      map.drain(drained::put);
      assertThat(drained).hasSize(MANY / 2).doesNotContainKeys(1, 3).containsEntry(2, 14L);
      map.drain((key, _) -> assertThat(key).isNull());
      map.putAll(numbers(10));
      map.clear();
      map.forEach((key, _) -> assertThat(key).isNull());
    }
  }

  @Test
  void saysWhatFoundNoRoom() {
    try (LoadedObject object = load(MapKind.HASH, 100)) {
      TypedMap<Integer, Long> map = typed(object);
      assertThatThrownBy(() -> map.putAll(numbers(101))).isInstanceOf(MapFullException.class);
      Set<Integer> seen = new HashSet<>();
      map.forEach((key, _) -> seen.add(key));
      assertThat(seen).hasSize(100).doesNotContain(100);
    }
  }

  @Test
  void writesWhatIsAbsentOnly() {
    try (LoadedObject object = load(MapKind.HASH, 100);
        MapBatch batch = object.map("table").batch(4)) {
      typed(object).put(2, 2L);
      for (int i = 0; i < 4; i++) {
        batch.keys().setAtIndex(ValueLayout.JAVA_INT, i, i);
        batch.values().setAtIndex(ValueLayout.JAVA_LONG, i, 50 + i);
      }
      assertThat(batch.store(4, UpdateMode.IF_ABSENT)).isEqualTo(2);
      assertThat(typed(object).get(1)).isEqualTo(51);
      assertThat(typed(object).get(2)).isEqualTo(2);
      assertThat(typed(object).get(3)).isNull();
      assertThat(batch.store(4, UpdateMode.ANY)).isEqualTo(4);
      assertThat(batch.erase(4)).isEqualTo(4);
    }
  }

  /// A bucket of the kernel's hash table may hold more than one.
  @Test
  void growsForABucket() {
    try (LoadedObject object = load(MapKind.HASH, MANY)) {
      typed(object).putAll(numbers(MANY));
      Set<Integer> seen = new HashSet<>();
      try (MapBatch batch = object.map("table").batch(1)) {
        for (int count = batch.next(); count > 0; count = batch.next()) {
          for (int i = 0; i < count; i++) {
            assertThat(seen.add(batch.keys().getAtIndex(ValueLayout.JAVA_INT, i))).isTrue();
          }
        }
        assertThat(batch.isComplete()).isTrue();
        assertThat(batch.capacity()).isGreaterThan(1);
      }
      assertThat(seen).hasSize(MANY);
    }
  }

  /// What the kernel cannot do many at once is done one by one, with the same result.
  @Test
  void stepsWhereTheKernelCannot() {
    try (LoadedObject object = load(MapKind.HASH, MANY)) {
      LoadedMap map = object.map("table");
      typed(object).putAll(numbers(100));
      try (MapBatch batch = new SteppedBatch(map, 30)) {
        int read = 0;
        for (int count = batch.next(); count > 0; count = batch.next()) {
          read += count;
          assertThat(batch.erase(count)).isEqualTo(count);
        }
        assertThat(read).isEqualTo(100);
        assertThat(batch.isComplete()).isTrue();
      }
      assertThat(typed(object).containsKey(3)).isFalse();
    }
  }

  @Test
  void meetsEveryStableEntryUnderRemovals() throws Exception {
    try (LoadedObject object = load(MapKind.HASH, 2 * MANY)) {
      TypedMap<Integer, Long> map = typed(object);
      map.putAll(numbers(MANY));
      AtomicBoolean stop = new AtomicBoolean();
      Thread churn =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; !stop.get(); i = (i + 1) % MANY) {
                      map.put(MANY + i, 1L);
                      map.remove(MANY + i);
                    }
                  });
      try {
        for (int round = 0; round < 20; round++) {
          Map<Integer, Integer> seen = new HashMap<>();
          boolean complete = map.forEach((key, _) -> seen.merge(key, 1, Integer::sum));
          assertThat(complete).isTrue();
          for (int i = 0; i < MANY; i++) {
            assertThat(seen.get(i)).isEqualTo(1);
          }
        }
      } finally {
        stop.set(true);
        churn.join();
      }
    }
  }
}
