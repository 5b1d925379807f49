package org.bpf4j.object;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
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
/// BTF alone; the section's bytes are zero.
public final class MapBtf {

  /// The ELF section of map variables, and the BTF section that describes it.
  public static final String SECTION = ".maps";

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
      int bytes = members.size() * Long.BYTES;
      int struct = types.add(new BtfType.Struct("", bytes, members));
      int var = types.add(new BtfType.Var(map.name(), struct, BtfType.Linkage.GLOBAL));
      vars.add(new SectionVar(var, offset, bytes));
      offset += bytes;
    }
    return types.add(new BtfType.DataSection(SECTION, offset, vars));
  }

  private static List<Member> members(BtfBuilder types, MapDefinition map) {
    List<Member> members = new ArrayList<>();
    number(types, members, "type", map.kind().number());
    element(types, members, "key", map.keyType(), map.keySize());
    element(types, members, "value", map.valueType(), map.valueSize());
    if (map.maxEntries() != 0) {
      number(types, members, "max_entries", map.maxEntries());
    }
    if (map.flags() != 0) {
      number(types, members, "map_flags", map.flags());
    }
    return members;
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
        return new Reader(btf).read(var.name(), struct);
      }
      throw new MalformedObjectException("it is not a struct");
    } catch (IllegalArgumentException e) {
      throw new MalformedObjectException("map " + var.name() + ": " + e.getMessage(), e);
    }
  }

  /// Collects the members of one definition.
  private static final class Reader {

    private final Btf btf;
    private int kind;
    private int keySize;
    private int valueSize;
    private int maxEntries;
    private int flags;
    private int keyType;
    private int valueType;

    Reader(Btf btf) {
      this.btf = btf;
    }

    MapDefinition read(String name, BtfType.Struct struct) {
      for (Member member : struct.members()) {
        int target = target(member);
        switch (member.name()) {
          case "type" -> kind = number(target);
          case "max_entries" -> maxEntries = number(target);
          case "map_flags" -> flags = number(target);
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
          name, MapKind.of(kind), keySize, valueSize, maxEntries, flags, keyType, valueType);
    }

    private int target(Member member) {
      if (btf.find(btf.resolve(member.type())).orElse(null) instanceof BtfType.Pointer(int to)) {
        return to;
      }
      throw new MalformedObjectException("its member " + member.name() + " is unsupported");
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
