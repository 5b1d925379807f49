package org.bpf4j.object;

import java.util.Arrays;

/// A section of global variables; the kernel sees it as an array map with one value.
///
/// @param name `.rodata`, `.data`, `.bss` or one of these with a suffix
/// @param bytes the initial contents; all zero for `.bss`
/// @param btfType the id of its BTF `DATASEC`, or 0
public record DataSection(String name, byte[] bytes, int btfType) {

  /// Copies the bytes.
  public DataSection {
    bytes = bytes.clone();
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
    return name.startsWith(".rodata");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DataSection section
        && name.equals(section.name)
        && btfType == section.btfType
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
