package org.bpf4j.handle;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/// A per-CPU map whose keys and values are encoded by codecs.
///
/// @param <K> the key
/// @param <V> the value of one CPU
public class PerCpuMap<K, V> extends TypedMap<K, PerCpuValues<V>> implements PerCpuMapHandle<K, V> {

  private final int cpus;

  /// A typed face of a per-CPU map.
  ///
  /// @param values the codec of one CPU's value
  /// @throws IllegalArgumentException if the codecs have other sizes than the map
  public PerCpuMap(LoadedMap map, Codec<K> keys, Codec<V> values) {
    super(map, keys, new PerCpuCodec<>(values, map.valuesPerKey()));
    cpus = map.valuesPerKey();
  }

  /// The distance between the values of two CPUs: the value's size rounded up to 8
  /// (`bpf_map_value_size` of the kernel).
  public static int stride(int valueBytes) {
    return Math.ceilDiv(valueBytes, Long.BYTES) * Long.BYTES;
  }

  @Override
  public int cpus() {
    return cpus;
  }

  @Override
  public void putAll(K key, V value) {
    put(key, PerCpuValues.same(value, cpus));
  }

  @Override
  public long sum(K key, ToLongFunction<? super V> number) {
    PerCpuValues<V> values = get(key);
    return values == null ? 0 : values.sum(number);
  }

  private record PerCpuCodec<V>(Codec<V> codec, int cpus) implements Codec<PerCpuValues<V>> {

    @Override
    public int bytes() {
      return stride(codec.bytes()) * cpus;
    }

    @Override
    public void encode(PerCpuValues<V> value, MemorySegment to, long offset) {
      if (value.values().size() != cpus) {
        throw new IllegalArgumentException(
            value.values().size() + " values for " + cpus + " possible CPUs");
      }
      to.asSlice(offset, bytes()).fill((byte) 0);
      for (int cpu = 0; cpu < cpus; cpu++) {
        codec.encode(value.get(cpu), to, offset + (long) cpu * stride(codec.bytes()));
      }
    }

    @Override
    public PerCpuValues<V> decode(MemorySegment from, long offset) {
      List<V> values = new ArrayList<>(cpus);
      for (int cpu = 0; cpu < cpus; cpu++) {
        values.add(codec.decode(from, offset + (long) cpu * stride(codec.bytes())));
      }
      return new PerCpuValues<>(values);
    }
  }
}
