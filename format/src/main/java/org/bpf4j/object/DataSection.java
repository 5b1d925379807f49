package org.bpf4j.object;

import java.util.Arrays;
import java.util.List;

/// A section of global variables; the kernel sees it as an array map with one value.
///
/// @param name `.rodata`, `.data`, `.bss` or one of these with a suffix, or [#KERNEL_CONFIG]
/// @param bytes the initial contents; all zero for `.bss`
/// @param btfType the id of its BTF `DATASEC`, or 0
/// @param optional the variables of [#KERNEL_CONFIG] that stay zero if the kernel does not say them
public record DataSection(String name, byte[] bytes, int btfType, List<String> optional) {

  /// The section of what the running kernel was configured with, which is not in the file: its
  /// variables are undefined symbols, and their values are known when the object is loaded.
  public static final String KERNEL_CONFIG = ".kconfig";

  /// A section whose variables are all there.
  public DataSection(String name, byte[] bytes, int btfType) {
    this(name, bytes, btfType, List.of());
  }

  /// Copies the bytes and the list.
  public DataSection {
    bytes = bytes.clone();
    optional = List.copyOf(optional);
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
