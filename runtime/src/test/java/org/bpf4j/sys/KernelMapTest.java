package org.bpf4j.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.bpf4j.handle.Codecs;
import org.bpf4j.handle.LoadedMap;
import org.bpf4j.handle.LoadedMap.UpdateMode;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.handle.MapAccess;
import org.bpf4j.handle.PerCpuMap;
import org.bpf4j.handle.PerCpuValues;
import org.bpf4j.handle.Storage;
import org.bpf4j.handle.TypedMap;
import org.bpf4j.kernel.MapFullException;
import org.bpf4j.kernel.RealKernel;
import org.bpf4j.kernel.SyscallException;
import org.bpf4j.load.ObjectText;
import org.bpf4j.object.MapKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KernelMapTest {

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

  @ParameterizedTest
  @EnumSource(
      value = MapKind.class,
      names = {"HASH", "LRU_HASH"})
  void keepsKeysThatComeAndGo(MapKind kind) {
    try (LoadedObject object = load(kind, 100)) {
      TypedMap<Integer, Long> map = typed(object);
      assertThat(map.get(1)).isNull();
      assertThatThrownBy(() -> map.getOrThrow(1)).isInstanceOf(NoSuchElementException.class);
      map.put(1, 10L);
      map.put(-2, 20L);
      assertThat(map.get(1)).isEqualTo(10L);
      assertThat(map.getOrThrow(-2)).isEqualTo(20L);
      assertThat(map.putIfAbsent(1, 11L)).isFalse();
      assertThat(map.putIfAbsent(3, 30L)).isTrue();
      Map<Integer, Long> seen = new TreeMap<>();
      map.forEach(seen::put);
      assertThat(seen).isEqualTo(Map.of(1, 10L, -2, 20L, 3, 30L));
      assertThat(map.remove(1)).isTrue();
      assertThat(map.remove(1)).isFalse();
      assertThat(map.containsKey(1)).isFalse();
      map.clear();
      seen.clear();
      map.forEach(seen::put);
      assertThat(seen).isEmpty();
    }
  }

  @Test
  void hasEveryElementOfAnArray() {
    try (LoadedObject object = load(MapKind.ARRAY, 5)) {
      TypedMap<Integer, Long> map = typed(object);
      assertThat(map.get(4)).isZero();
      map.put(4, 40L);
      assertThat(map.get(4)).isEqualTo(40L);
      assertThat(map.get(5)).isNull();
      assertThatThrownBy(() -> map.put(5, 1L))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessage("index 5 of map `table` with 5 elements");
      AtomicInteger count = new AtomicInteger();
      map.forEach((_, _) -> count.incrementAndGet());
      assertThat(count).hasValue(5);
      map.clear();
      assertThat(map.get(4)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = MapKind.class,
      names = {"PERCPU_HASH", "PERCPU_ARRAY", "LRU_PERCPU_HASH"})
  void keepsAValueForEachCpu(MapKind kind) {
    try (LoadedObject object = load(kind, 4)) {
      PerCpuMap<Integer, Long> map = new PerCpuMap<>(object.map("table"), Codecs.INT, Codecs.LONG);
      assertThat(map.cpus()).isEqualTo(Cpus.possible());
      PerCpuValues<Long> values =
          new PerCpuValues<>(IntStream.range(0, map.cpus()).mapToObj(cpu -> 100L + cpu).toList());
      map.put(2, values);
      assertThat(map.get(2)).isEqualTo(values);
      assertThat(map.sum(2, Long::longValue))
          .isEqualTo(values.values().stream().mapToLong(Long::longValue).sum());
      map.putAll(3, 7L);
      assertThat(map.getOrThrow(3)).isEqualTo(PerCpuValues.same(7L, map.cpus()));
    }
  }

  @Test
  void takesHeapAndNativeSegments() {
    try (LoadedObject object = load(MapKind.HASH, 4);
        Arena arena = Arena.ofConfined()) {
      LoadedMap map = object.map("table");
      MemorySegment heapKey = MemorySegment.ofArray(new byte[] {5, 0, 0, 0});
      MemorySegment heapValue = MemorySegment.ofArray(new long[] {123});
      assertThat(map.update(heapKey, heapValue, UpdateMode.IF_PRESENT)).isFalse();
      assertThat(map.update(heapKey, heapValue, UpdateMode.ANY)).isTrue();
      assertThat(map.update(heapKey, heapValue, UpdateMode.IF_PRESENT)).isTrue();
      MemorySegment key = arena.allocateFrom(ValueLayout.JAVA_INT, 5);
      MemorySegment value = arena.allocate(ValueLayout.JAVA_LONG);
      assertThat(map.lookup(key, value)).isTrue();
      assertThat(value.get(ValueLayout.JAVA_LONG, 0)).isEqualTo(123);
      MemorySegment heapResult = MemorySegment.ofArray(new long[1]);
      assertThat(map.lookup(heapKey, heapResult)).isTrue();
      assertThat(heapResult.get(ValueLayout.JAVA_LONG, 0)).isEqualTo(123);
      MemorySegment next = MemorySegment.ofArray(new byte[4]);
      assertThat(map.nextKey(null, next)).isTrue();
      assertThat(next.get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 5);
      assertThat(map.nextKey(heapKey, next)).isFalse();
      assertThat(map.delete(key)).isTrue();
    }
  }

  /// What failed leaves nothing behind for the next call with the same memory.
  @Test
  void goesOnAfterAFailure() {
    try (LoadedObject object = new ObjectText().map("table", MapKind.QUEUE, 0, 8, 4).load()) {
      LoadedMap map = object.map("table");
      MemorySegment value = MemorySegment.ofArray(new long[] {77});
      map.update(MemorySegment.NULL, value, UpdateMode.ANY);
      assertThatThrownBy(() -> map.nextKey(null, MemorySegment.NULL))
          .isInstanceOf(SyscallException.class);
      MemorySegment taken = MemorySegment.ofArray(new long[1]);
      assertThat(map.take(MemorySegment.NULL, taken)).isTrue();
      assertThat(taken.get(ValueLayout.JAVA_LONG, 0)).isEqualTo(77);
    }
  }

  @Test
  void refusesSegmentsThatAreTooShort() {
    try (LoadedObject object = load(MapKind.HASH, 4);
        Arena arena = Arena.ofConfined()) {
      MemorySegment key = arena.allocate(4);
      MemorySegment shortValue = arena.allocate(4);
      assertThatThrownBy(() -> object.map("table").lookup(key, shortValue))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void saysWhenItIsFull() {
    try (LoadedObject object = load(MapKind.HASH, 2)) {
      TypedMap<Integer, Long> map = typed(object);
      map.put(1, 1L);
      map.put(2, 2L);
      assertThatThrownBy(() -> map.put(3, 3L))
          .isInstanceOf(MapFullException.class)
          .hasMessage("map `table` is full: its max_entries is 2");
      map.put(1, 3L);
    }
  }

  @Test
  void refusesCodecsOfOtherSizes() {
    try (LoadedObject object = load(MapKind.HASH, 2)) {
      assertThatThrownBy(() -> new TypedMap<>(object.map("table"), Codecs.LONG, Codecs.LONG))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("map `table` has keys and values of 4 and 8 bytes, the codecs 8 and 8");
    }
  }

  /// As the processor generates it, for keys and values that need no box.
  private static final class Unboxed extends TypedMap<Integer, Long> {

    Unboxed(LoadedMap map) {
      super(map, Codecs.INT, Codecs.LONG);
    }

    long getOrThrow(int key) {
      try (MapAccess access = access()) {
        Storage.putInt(access.key(), 0, key);
        if (!access.find()) {
          throw absent(key);
        }
        return Storage.getLong(access.value(), 0);
      }
    }
  }

  @Test
  void allocatesNothingPerCall() {
    try (LoadedObject object = load(MapKind.HASH, 4)) {
      Unboxed map = new Unboxed(object.map("table"));
      map.put(3, 30L);
      int calls = 50_000;
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long least = Long.MAX_VALUE;
      long sum = 0;
      for (int round = 0; round < 10 && least > calls; round++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < calls; i++) {
          sum += map.getOrThrow(3);
        }
        least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      }
      assertThat(least).isLessThan(calls);
      assertThat(sum % 30).isZero();
    }
  }

  /// No call may reach a descriptor number that was closed and opened again.
  @Test
  void closesUnderConcurrentCalls() throws Exception {
    for (int round = 0; round < 20; round++) {
      LoadedObject object = load(MapKind.HASH, 64);
      TypedMap<Integer, Long> map = typed(object);
      CountDownLatch running = new CountDownLatch(3);
      Thread[] threads = new Thread[3];
      for (int i = 0; i < threads.length; i++) {
        int key = i;
        threads[i] =
            Thread.ofPlatform()
                .start(
                    () -> {
                      running.countDown();
                      try {
                        for (long n = 0; ; n++) {
                          map.put(key, n);
                          assertThat(map.getOrThrow(key)).isEqualTo(n);
                        }
                      } catch (IllegalStateException e) {
                        assertThat(e).hasMessage("map `table` is closed");
                      }
                    });
      }
      running.await();
      Thread.sleep(2);
      object.close();
      for (Thread thread : threads) {
        thread.join(10_000);
        assertThat(thread.isAlive()).isFalse();
      }
    }
  }
}
