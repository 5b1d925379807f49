package org.bpf4j.object;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// A section of global variables; the kernel sees it as an array map with one value.
///
/// @param name `.rodata`, `.data`, `.bss` or one of these with a suffix, or [#KERNEL_CONFIG]
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
    return name.equals(STRUCT_OPS) || name.equals(STRUCT_OPS_LINK);
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
