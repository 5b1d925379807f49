package org.bpf4j.handle;

import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/// The values that a key of a per-CPU map has, one for each possible CPU.
///
/// @param values the values, by CPU number
/// @param <V> the value
public record PerCpuValues<V>(List<V> values) {

  /// Copies the list.
  public PerCpuValues {
    values = List.copyOf(values);
  }

  /// The same value for each CPU.
  public static <V> PerCpuValues<V> same(V value, int cpus) {
    return new PerCpuValues<>(Collections.nCopies(cpus, value));
  }

  /// The value of a CPU.
  public V get(int cpu) {
    return values.get(cpu);
  }

  /// The sum over all CPUs of a number in the values.
  public long sum(ToLongFunction<? super V> number) {
    return values.stream().mapToLong(number).sum();
  }

  /// Converts each value.
  public <R> PerCpuValues<R> map(Function<? super V, ? extends R> function) {
    return new PerCpuValues<>(values.stream().<R>map(function).toList());
  }
}
