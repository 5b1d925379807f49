package org.bpf4j.lang;

/// A set that remembers roughly: it never forgets a value that was added, and sometimes takes
/// another one for such. It needs much less memory than the values.
///
/// @param <V> the value: a number, a boolean, an enum, a record or a [Struct]
public final class BpfBloomFilter<V> {

  private final int maxEntries;

  private BpfBloomFilter(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  /// Declares a map, as the initialiser of a `static final` field; it has five hash functions.
  ///
  /// @param maxEntries how many values are expected; more make it less precise; a constant
  ///   expression
  public static <V> BpfBloomFilter<V> create(int maxEntries) {
    return new BpfBloomFilter<>(maxEntries);
  }

  /// The expected number of values, as declared; user space may have changed it before loading.
  public int maxEntries() {
    return maxEntries;
  }

  /// Adds a value.
  public void add(V value) {
    Host.of(this).maps().add(this, value);
  }

  /// Whether the value was added, perhaps: false is certain.
  public boolean mightContain(V value) {
    return Host.of(this).maps().mightContain(this, value);
  }
}
