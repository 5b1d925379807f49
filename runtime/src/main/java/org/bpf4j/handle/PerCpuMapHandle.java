package org.bpf4j.handle;

import java.util.function.ToLongFunction;

/// A map of which each CPU has its own values.
///
/// @param <K> the key
/// @param <V> the value of one CPU
public interface PerCpuMapHandle<K, V> extends MapHandle<K, PerCpuValues<V>> {

  /// The number of values a key has: the possible CPUs.
  int cpus();

  /// Gives every CPU the same value.
  void putAll(K key, V value);

  /// The sum over all CPUs of a number in the values of a key; 0 if the key is absent.
  long sum(K key, ToLongFunction<? super V> number);
}
