package org.bpf4j.object;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfBuilder;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfType.Member;
import org.bpf4j.btf.BtfType.SectionVar;
import org.bpf4j.isa.MalformedObjectException;

/// Maps as BTF declares them: libbpf's `.maps` convention, both ways.
///
/// A map is a variable of a struct that never exists. A number *n* is a member of type pointer to
/// array of *n* ints; a type is a member of type pointer to it. The numbers and types are in the
/// BTF alone; the section's bytes are zero. A map of programs or maps ends with `values`, an array
/// without a length: what the slots hold are relocations of the section, which BTF does not know.
public final class MapBtf {

  /// The ELF section of map variables, and the BTF section that describes it.
  public static final String SECTION = ".maps";

  private static final String VALUES = "values";
  private static final String EXTRA = "map_extra";

  /// `LIBBPF_PIN_BY_NAME`.
  private static final int PIN_BY_NAME = 1;

  private static final BtfType.Int INT = new BtfType.Int("int", 4, BtfType.IntEncoding.SIGNED, 32);
  private static final BtfType.Int INDEX =
      new BtfType.Int("__ARRAY_SIZE_TYPE__", 4, BtfType.IntEncoding.NONE, 32);

  private MapBtf() {}

  /// Adds the `.maps` section for these maps, in their order, and returns its id.
  ///
  /// @throws IllegalArgumentException if a key's or value's size is not its type's
  public static int add(BtfBuilder types, List<MapDefinition> maps) {
    List<SectionVar> vars = new ArrayList<>();
    int offset = 0;
    for (MapDefinition map : maps) {
      List<Member> members = members(types, map);
      int struct = struct(types, members);
      int var = types.add(new BtfType.Var(map.name(), struct, BtfType.Linkage.GLOBAL));
      int bytes = bytes(members) + slots(map) * Long.BYTES;
      vars.add(new SectionVar(var, offset, bytes));
      offset += bytes;
    }
    return types.add(new BtfType.DataSection(SECTION, offset, vars));
  }

  /// Without the bytes of `values`, which has none of its own.
  private static int bytes(List<Member> members) {
    boolean open = members.getLast().name().equals(VALUES);
    return (members.size() - (open ? 1 : 0)) * Long.BYTES;
  }

  private static int struct(BtfBuilder types, List<Member> members) {
    return types.add(new BtfType.Struct("", bytes(members), members));
  }

  /// How many slots the definition writes down: those up to the last that is filled.
  private static int slots(MapDefinition map) {
    return map.traits().slots().isEmpty() ? 0 : map.traits().slots().lastKey() + 1;
  }

  private static List<Member> members(BtfBuilder types, MapDefinition map) {
    List<Member> members = new ArrayList<>();
    MapTraits traits = map.traits();
    boolean open = traits.inner().isPresent() || !traits.slots().isEmpty();
    number(types, members, "type", map.kind().number());
    element(types, members, "key", map.keyType(), map.keySize());
    if (!open) {
      element(types, members, "value", map.valueType(), map.valueSize());
    }
    positive(types, members, "max_entries", map.maxEntries());
    positive(types, members, "map_flags", map.flags());
    extra(types, members, traits.extra());
    positive(types, members, "pinning", traits.pinned() ? PIN_BY_NAME : 0);
    if (traits.numaNode() >= 0) {
      number(types, members, "numa_node", traits.numaNode());
    }
    if (open) {
      values(types, members, map);
    }
    return members;
  }

  /// `values`: an array without length of pointers to the inner map's struct, or to a function.
  private static void values(BtfBuilder types, List<Member> members, MapDefinition map) {
    if (map.valueSize() != Integer.BYTES) {
      throw new IllegalArgumentException("map " + map.name() + " does not hold descriptors");
    }
    int held =
        map.traits()
            .inner()
            .map(inner -> struct(types, members(types, inner)))
            .orElseGet(() -> types.add(new BtfType.FuncProto(types.add(INT), List.of())));
    int pointer = types.add(new BtfType.Pointer(held));
    int array = types.add(new BtfType.Array(pointer, types.add(INDEX), 0));
    members.add(new Member(VALUES, array, members.size() * Long.SIZE, 0));
  }

  /// A number that needs more than 32 bits is the one constant of an enum (`__ulong`).
  private static void extra(BtfBuilder types, List<Member> members, long value) {
    if (value == (int) value) {
      positive(types, members, EXTRA, (int) value);
      return;
    }
    BtfType.EnumValue constant = new BtfType.EnumValue(EXTRA + "_" + value, value);
    int type = types.add(new BtfType.Enum64("", Long.BYTES, false, List.of(constant)));
    members.add(new Member(EXTRA, type, members.size() * Long.SIZE, 0));
  }

  private static void positive(BtfBuilder types, List<Member> members, String name, int value) {
    if (value != 0) {
      number(types, members, name, value);
    }
  }

  private static void element(
      BtfBuilder types, List<Member> members, String name, int type, int size) {
    if (type != 0) {
      long bytes = types.build().sizeOf(type).orElse(-1);
      if (bytes != size) {
        throw new IllegalArgumentException(
            "the " + name + " has " + size + " bytes, but its BTF type " + bytes);
      }
      pointer(types, members, name, type);
    } else if (size != 0) {
      number(types, members, name + "_size", size);
    }
  }

  private static void number(BtfBuilder types, List<Member> members, String name, int value) {
    int element = types.add(INT);
    int index = types.add(INDEX);
    pointer(types, members, name, types.add(new BtfType.Array(element, index, value)));
  }

  private static void pointer(BtfBuilder types, List<Member> members, String name, int to) {
    int pointer = types.add(new BtfType.Pointer(to));
    members.add(new Member(name, pointer, members.size() * Long.SIZE, 0));
  }

  /// The id of the `.maps` section.
  public static OptionalInt find(Btf btf) {
    return ObjectBtf.section(btf, SECTION);
  }

  /// Reads the maps of the `.maps` section, in order of offset; none if there is no such section.
  ///
  /// @throws MalformedObjectException if a definition does not follow the convention, or uses what
  ///   a [MapDefinition] cannot say, such as inner maps
  public static List<MapDefinition> read(Btf btf) {
    List<MapDefinition> maps = new ArrayList<>();
    OptionalInt section = find(btf);
    if (section.isPresent() && btf.type(section.getAsInt()) instanceof BtfType.DataSection found) {
      Set<String> names = new HashSet<>();
      for (SectionVar var : found.vars()) {
        MapDefinition map = map(btf, var.var());
        if (!names.add(map.name())) {
          throw new MalformedObjectException("two maps are called " + map.name());
        }
        maps.add(map);
      }
    }
    return maps;
  }

  private static MapDefinition map(Btf btf, int id) {
    if (!(btf.find(id).orElse(null) instanceof BtfType.Var var)) {
      throw new MalformedObjectException("BTF type " + id + " in .maps is not a variable");
    }
    try {
      if (btf.find(btf.resolve(var.type())).orElse(null) instanceof BtfType.Struct struct) {
        return new Reader(btf, false).read(var.name(), struct);
      }
      throw new MalformedObjectException("it is not a struct");
    } catch (IllegalArgumentException e) {
      throw new MalformedObjectException("map " + var.name() + ": " + e.getMessage(), e);
    }
  }

  /// Where the slots of a map of programs or maps begin in its section, and where the map ends.
  ///
  /// @param map the map's name
  /// @param from the first byte of the first slot
  /// @param to the byte behind the map
  record Slots(String map, int from, int to) {}

  /// The slots of all maps that have some, by place.
  static List<Slots> slots(Btf btf) {
    List<Slots> slots = new ArrayList<>();
    OptionalInt section = find(btf);
    if (section.isPresent() && btf.type(section.getAsInt()) instanceof BtfType.DataSection found) {
      for (SectionVar var : found.vars()) {
        if (btf.type(var.var()) instanceof BtfType.Var(String name, int type, _)
            && btf.type(btf.resolve(type)) instanceof BtfType.Struct struct) {
          struct.members().stream()
              .filter(member -> member.name().equals(VALUES))
              .forEach(
                  member ->
                      slots.add(
                          new Slots(
                              name,
                              var.offset() + member.bitOffset() / Byte.SIZE,
                              var.offset() + var.size())));
        }
      }
    }
    return slots;
  }

  /// Collects the members of one definition.
  private static final class Reader {

    private final Btf btf;
    private final boolean isInner;
    private int kind;
    private int keySize;
    private int valueSize;
    private int maxEntries;
    private int flags;
    private int keyType;
    private int valueType;
    private boolean pinned;
    private int numaNode = -1;
    private long extra;
    private Optional<MapDefinition> inner = Optional.empty();

    Reader(Btf btf, boolean isInner) {
      this.btf = btf;
      this.isInner = isInner;
    }

    MapDefinition read(String name, BtfType.Struct struct) {
      for (Member member : struct.members()) {
        if (member.name().equals(VALUES)) {
          values(name, member);
          continue;
        }
        if (member.name().equals(EXTRA)) {
          extra = wide(member);
          continue;
        }
        int target = target(member);
        switch (member.name()) {
          case "type" -> kind = number(target);
          case "max_entries" -> maxEntries = number(target);
          case "map_flags" -> flags = number(target);
          case "numa_node" -> numaNode = number(target);
          case "pinning" -> pinned = number(target) == PIN_BY_NAME;
          case "key_size" -> keySize = number(target);
          case "value_size" -> valueSize = number(target);
          case "key" -> {
            keyType = target;
            keySize = size(target);
          }
          case "value" -> {
            valueType = target;
            valueSize = size(target);
          }
          default ->
              throw new MalformedObjectException("its member " + member.name() + " is unsupported");
        }
      }
      return new MapDefinition(
          name,
          MapKind.of(kind),
          keySize,
          valueSize,
          maxEntries,
          flags,
          keyType,
          valueType,
          new MapTraits(pinned, numaNode, extra, inner, new TreeMap<>()));
    }

    private void values(String name, Member member) {
      valueSize = Integer.BYTES;
      if (btf.find(btf.resolve(member.type())).orElse(null) instanceof BtfType.Array array
          && btf.find(btf.resolve(array.element())).orElse(null)
              instanceof BtfType.Pointer(int to)) {
        BtfType type = btf.find(btf.resolve(to)).orElse(null);
        if (type instanceof BtfType.Struct struct && !isInner) {
          inner = Optional.of(new Reader(btf, true).read(name + ".inner", struct));
          return;
        }
        if (type instanceof BtfType.FuncProto) {
          return;
        }
      }
      throw new MalformedObjectException("its member values is unsupported");
    }

    private int target(Member member) {
      if (btf.find(btf.resolve(member.type())).orElse(null) instanceof BtfType.Pointer(int to)) {
        return to;
      }
      throw new MalformedObjectException("its member " + member.name() + " is unsupported");
    }

    private long wide(Member member) {
      return btf.find(btf.resolve(member.type())).orElse(null) instanceof BtfType.Enum64 constants
              && constants.values().size() == 1
          ? constants.values().getFirst().value()
          : number(target(member));
    }

    private int number(int id) {
      if (btf.find(btf.resolve(id)).orElse(null) instanceof BtfType.Array array) {
        return array.count();
      }
      throw new MalformedObjectException("BTF type " + id + " is no array that says a number");
    }

    private int size(int id) {
      long bytes = btf.sizeOf(id).orElse(-1);
      if (bytes < 0 || bytes > Integer.MAX_VALUE) {
        throw new MalformedObjectException("BTF type " + id + " is no key or value");
      }
      return (int) bytes;
    }
  }
}
