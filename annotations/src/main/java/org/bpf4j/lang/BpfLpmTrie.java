package org.bpf4j.lang;

import org.jspecify.annotations.Nullable;

/// A table of ranges: a lookup finds the entry with the longest prefix that covers the key.
///
/// A key is a record that begins with the number of leading bits that count, as a host-order number
/// of four bytes; what follows is in network order (`@Be32` and the like), since bits are counted
/// from the first byte on. [org.bpf4j.lang.net.Ipv4Prefix] and [org.bpf4j.lang.net.Ipv6Prefix] are
/// such. A lookup with all bits asks for an address.
///
/// ```java
/// static final BpfLpmTrie<Ipv4Prefix, Integer> routes = BpfLpmTrie.create(1_024);
/// Integer next = routes.get(new Ipv4Prefix(32, ip.destination()));
/// ```
///
/// [#put], [#putIfAbsent] and [#remove] are about the very prefix. Memory is taken when an entry is
/// put (`BPF_F_NO_PREALLOC`, which the kernel wants here).
///
/// @param <K> the prefix: a record, as above
/// @param <V> the value: a number, a boolean, an enum, a record, a [Struct] or an atomic
public final class BpfLpmTrie<K, V> implements BpfKeyedMap<K, V> {

  private final int maxEntries;

  private BpfLpmTrie(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  /// Declares a map, as the initialiser of a `static final` field.
  ///
  /// @param maxEntries the greatest number of entries; a constant expression
  public static <K, V> BpfLpmTrie<K, V> create(int maxEntries) {
    return new BpfLpmTrie<>(maxEntries);
  }

  @Override
  public int maxEntries() {
    return maxEntries;
  }

  /// The value of the longest prefix that covers the key, or null if none does: a reference into
  /// the map where the value is a struct or an atomic, a copy otherwise.
  @Override
  public @Nullable V get(K key) {
    return Host.of(this).get(this, key);
  }

  @Override
  public V getOrDefault(K key, V otherwise) {
    V found = get(key);
    return found == null ? otherwise : found;
  }

  @Override
  public boolean put(K key, V value) {
    return Host.of(this).put(this, key, value);
  }

  @Override
  public boolean putIfAbsent(K key, V value) {
    return Host.of(this).putIfAbsent(this, key, value);
  }

  @Override
  public boolean remove(K key) {
    return Host.of(this).remove(this, key);
  }

  /// Whether a prefix covers the key.
  @Override
  public boolean containsKey(K key) {
    return Host.of(this).containsKey(this, key);
  }
}
