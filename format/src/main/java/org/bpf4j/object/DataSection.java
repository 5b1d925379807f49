package org.bpf4j.object;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfType;

/// A section of global variables; the kernel sees it as an array map with one value.
///
/// @param name `.rodata`, `.data`, `.bss` or one of these with a suffix, or one of the names below
/// @param bytes the initial contents; all zero for `.bss`
/// @param btfType the id of its BTF `DATASEC`, or 0
/// @param optional the variables of [#KERNEL_CONFIG] that stay zero if the kernel does not say them
/// @param programs the programs whose addresses stand in it, by offset: the functions of structs of
///   [#STRUCT_OPS]
public record DataSection(
    String name,
    byte[] bytes,
    int btfType,
    List<String> optional,
    SortedMap<Integer, String> programs) {

  /// The section of structs that the kernel calls programs through; no map of variables, but one
  /// map for each struct. In [#STRUCT_OPS_LINK] those are attached by a link.
  public static final String STRUCT_OPS = ".struct_ops";

  /// See [#STRUCT_OPS].
  public static final String STRUCT_OPS_LINK = ".struct_ops.link";

  /// The section of variables that lie in the object's arena.
  public static final String ARENA = ".addr_space.1";

  /// What the names of sections begin with whose programs or structs are left out unless somebody
  /// asks for them, as libbpf has it.
  public static final String OPTIONAL = "?";

  /// The section of what the running kernel was configured with, which is not in the file: its
  /// variables are undefined symbols, and their values are known when the object is loaded.
  public static final String KERNEL_CONFIG = ".kconfig";

  /// A section whose variables are all there.
  public DataSection(String name, byte[] bytes, int btfType) {
    this(name, bytes, btfType, List.of(), new TreeMap<>());
  }

  /// Copies the bytes, the list and the map.
  public DataSection {
    bytes = bytes.clone();
    optional = List.copyOf(optional);
    programs = Collections.unmodifiableSortedMap(new TreeMap<>(programs));
  }

  /// Whether it holds structs that the kernel calls programs through.
  public boolean isOperations() {
    return isOperations(name);
  }

  private static boolean isOperations(String name) {
    String kind = name.startsWith(OPTIONAL) ? name.substring(OPTIONAL.length()) : name;
    return kind.equals(STRUCT_OPS) || kind.equals(STRUCT_OPS_LINK);
  }

  /// Whether its structs are left out unless somebody asks for them.
  public boolean isOptional() {
    return name.startsWith(OPTIONAL);
  }

  /// Whether its structs are attached by a link.
  public boolean isLinked() {
    return name.endsWith(STRUCT_OPS_LINK);
  }

  /// Whether its variables lie in the object's arena, and in no map of their own.
  public boolean isArena() {
    return name.equals(ARENA);
  }

  /// Whether a section of that name holds variables or structs: what is called otherwise, nobody
  /// loads.
  static boolean isNamed(String name) {
    return isOf(".rodata", name)
        || isOf(".data", name)
        || isOf(".bss", name)
        || isOperations(name)
        || name.equals(ARENA);
  }

  private static boolean isOf(String kind, String name) {
    int end = kind.length();
    return name.startsWith(kind) && (name.length() == end || name.charAt(end) == '.');
  }

  /// The names of its variables, if they are known.
  ///
  /// @param types those of the object
  public List<String> variables(Btf types) {
    return types.find(btfType).orElse(null) instanceof BtfType.DataSection(_, _, var vars)
        ? vars.stream().map(var -> types.find(var.var()).map(BtfType::name).orElse("")).toList()
        : List.of();
  }

  /// Whether programs alone use it: all its variables are static. The kernel lets nobody map what
  /// has locks or objects of the kernel, which such sections are for.
  ///
  /// @param types those of the object
  public boolean isHidden(Btf types) {
    return types.find(btfType).orElse(null) instanceof BtfType.DataSection(_, _, var vars)
        && !vars.isEmpty()
        && vars.stream()
            .allMatch(
                var ->
                    types.find(var.var()).orElse(null)
                            instanceof BtfType.Var(_, _, BtfType.Linkage linkage)
                        && linkage == BtfType.Linkage.STATIC);
  }

  /// Whether it is the section of the kernel's configuration.
  public boolean isKernelConfig() {
    return name.equals(KERNEL_CONFIG);
  }

  /// A copy of the initial contents.
  @Override
  public byte[] bytes() {
    return bytes.clone();
  }

  /// The section's size in bytes.
  public int size() {
    return bytes.length;
  }

  /// Whether the contents are frozen before programs run.
  public boolean isReadOnly() {
    return name.startsWith(".rodata") || isKernelConfig();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DataSection section
        && name.equals(section.name)
        && btfType == section.btfType
        && optional.equals(section.optional)
        && programs.equals(section.programs)
        && Arrays.equals(bytes, section.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "DataSection[" + name + ", " + bytes.length + " bytes, btf " + btfType + "]";
  }
}
