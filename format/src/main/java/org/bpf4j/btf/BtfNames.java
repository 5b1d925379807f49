package org.bpf4j.btf;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// A large BTF, indexed by name, whose types are decoded when somebody asks for them.
///
/// Opening it costs one pass over the bytes. Meant for `/sys/kernel/btf/vmlinux`, where CO-RE looks
/// up a dozen of 150,000 types. It is immutable and may be shared between threads.
public final class BtfNames implements BtfTypes {

  /// How much of a name goes into its hash: bounds the work for names that overlap.
  private static final int HASHED_BYTES = 64;

  private final BtfSection section;
  private final int[] buckets;
  private final int[] next;

  private BtfNames(BtfSection section) {
    this.section = section;
    int count = section.count();
    buckets = new int[Math.max(1, Integer.highestOneBit(count))];
    next = new int[count + 1];
    ByteBuffer strings = section.strings();
    for (int id = count; id >= 1; id--) {
      int at = section.nameOffset(id);
      if (strings.get(at) != 0) {
        int bucket = hash(strings, at) & buckets.length - 1;
        next[id] = buckets[bucket];
        buckets[bucket] = id;
      }
    }
  }

  /// Indexes the bytes of a `.BTF` section.
  ///
  /// @throws org.bpf4j.isa.MalformedObjectException if its frame is broken; a type's inside is
  ///   checked when it is asked for
  public static BtfNames of(byte[] bytes) {
    return new BtfNames(new BtfSection(bytes.clone()));
  }

  @Override
  public int count() {
    return section.count();
  }

  @Override
  public BtfType type(int id) {
    if (id < 1 || id > section.count()) {
      throw new IllegalArgumentException("no BTF type " + id + " among " + section.count());
    }
    return section.decode(id, section.texts());
  }

  /// The ids of all types of a kind and a name, ascending; a kernel may have several structs of one
  /// name.
  public List<Integer> find(Class<? extends BtfType> kind, String name) {
    ByteBuffer wanted = ByteBuffer.wrap((name + '\0').getBytes(StandardCharsets.UTF_8));
    List<Integer> found = new ArrayList<>();
    if (name.isEmpty()) {
      return found;
    }
    int id = buckets[hash(wanted, 0) & buckets.length - 1];
    for (; id != 0; id = next[id]) {
      if (hasName(id, wanted) && kind.isInstance(type(id))) {
        found.add(id);
      }
    }
    return found;
  }

  /// The first id of [#find].
  public OptionalInt findFirst(Class<? extends BtfType> kind, String name) {
    return find(kind, name).stream().mapToInt(Integer::intValue).findFirst();
  }

  private boolean hasName(int id, ByteBuffer wanted) {
    ByteBuffer strings = section.strings();
    int at = section.nameOffset(id);
    int length = wanted.capacity();
    return length <= strings.capacity() - at && strings.slice(at, length).equals(wanted);
  }

  private static int hash(ByteBuffer strings, int at) {
    int hash = 0;
    for (int i = at; i < at + HASHED_BYTES && strings.get(i) != 0; i++) {
      hash = 31 * hash + strings.get(i);
    }
    return hash * 0x9e3779b9 >>> 7;
  }
}
