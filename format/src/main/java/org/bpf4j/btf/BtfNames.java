package org.bpf4j.btf;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A large BTF, indexed by name, whose types are decoded when somebody asks for them.
///
/// Opening it costs one pass over the bytes. Meant for `/sys/kernel/btf/vmlinux`, where CO-RE looks
/// up a dozen of 150,000 types. It is immutable and may be shared between threads.
public final class BtfNames implements BtfTypes {

  private static final String SEPARATOR = "___";

  /// How many types are kept that were asked for, since they are asked for again; a power of two.
  private static final int REMEMBERED = 1024;

  private final BtfSection section;
  private final @Nullable BtfNames base;
  private final NameIndex names;
  private volatile @Nullable NameIndex functions;
  private final AtomicReferenceArray<@Nullable Decoded> decoded =
      new AtomicReferenceArray<>(REMEMBERED);

  /// A type that was asked for, and its number.
  private record Decoded(int id, BtfType type) {}

  private BtfNames(BtfSection section, @Nullable BtfNames base) {
    this.section = section;
    this.base = base;
    names = section.names();
  }

  /// Indexes the bytes of a `.BTF` section.
  ///
  /// @param bytes the section, which is kept: nobody may change it
  /// @throws org.bpf4j.isa.MalformedObjectException if its frame is broken; a type's inside is
  ///   checked when it is asked for
  public static BtfNames of(byte[] bytes) {
    return new BtfNames(new BtfSection(bytes), null);
  }

  /// Indexes the types of a kernel module, which go on where the kernel's end.
  ///
  /// @param bytes the module's `.BTF` section, which is kept
  /// @param kernel the kernel's types, which are found by id and not by name
  /// @throws org.bpf4j.isa.MalformedObjectException if its frame is broken
  public static BtfNames module(byte[] bytes, BtfNames kernel) {
    return new BtfNames(new BtfSection(bytes, kernel.section), kernel);
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
    if (base != null && id <= section.first()) {
      return base.type(id);
    }
    Decoded known = decoded.getAcquire(id & REMEMBERED - 1);
    if (known == null || known.id != id) {
      known = new Decoded(id, section.decode(id, section.texts()));
      decoded.setRelease(id & REMEMBERED - 1, known);
    }
    return known.type;
  }

  /// The ids of all types of a kind and a name, ascending; a kernel may have several structs of one
  /// name.
  public List<Integer> find(Class<? extends BtfType> kind, String name) {
    Stream<Integer> functions =
        kind.isAssignableFrom(BtfType.Func.class)
            ? findFlavours(functions(), name).stream()
            : Stream.empty();
    Stream<Integer> others =
        kind == BtfType.Func.class ? Stream.empty() : findFlavours(name).stream();
    return Stream.concat(others, functions)
        .filter(id -> kind.isInstance(type(id)) && type(id).name().equals(name))
        .sorted()
        .toList();
  }

  /// Made when a function is first looked for; twice if by two threads at once.
  private NameIndex functions() {
    NameIndex known = functions;
    if (known == null) {
      known = section.functions();
      functions = known;
    }
    return known;
  }

  /// The first id of [#find].
  public OptionalInt findFirst(Class<? extends BtfType> kind, String name) {
    return find(kind, name).stream().mapToInt(Integer::intValue).findFirst();
  }

  /// The ids of all types but functions of an essential name, ascending.
  public List<Integer> findFlavours(String name) {
    return findFlavours(names, name);
  }

  private List<Integer> findFlavours(NameIndex index, String name) {
    List<Integer> found = new ArrayList<>();
    if (name.isEmpty()) {
      return found;
    }
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    for (int entry = index.first(bytes); entry != 0; entry = index.next(entry)) {
      int id = section.first() + index.type(entry) + 1;
      if (beginsWith(section.name(id), bytes) && isFlavour(type(id).name(), name)) {
        found.add(id);
      }
    }
    return found;
  }

  private static boolean beginsWith(ByteBuffer text, byte[] beginning) {
    return beginning.length < text.capacity()
        && text.slice(0, beginning.length).equals(ByteBuffer.wrap(beginning));
  }

  private static boolean isFlavour(String text, String name) {
    return text.equals(name) || essential(text).equals(name);
  }

  /// A name without its flavour: `task_struct___old` is a description of `task_struct`.
  ///
  /// A flavour begins at the last three underscores that have neighbours which are none.
  public static String essential(String name) {
    for (int i = name.length() - SEPARATOR.length() - 2; i >= 0; i--) {
      if (isSeparated(name.charAt(i), name.charAt(i + SEPARATOR.length() + 1))
          && name.startsWith(SEPARATOR, i + 1)) {
        return name.substring(0, i + 1);
      }
    }
    return name;
  }

  private static boolean isSeparated(int before, int after) {
    return before != '_' && after != '_' && after != 0;
  }
}
