package org.bpf4j.btf;

import java.util.ArrayList;
import java.util.List;

/// Reads the bytes of a `.BTF` section.
///
/// Whatever is wrong with them is a `MalformedObjectException`; it never reads outside, never
/// loops, and what it allocates is bounded by a small multiple of the input. What BTF can say and
/// [BtfType] cannot is dropped where it does not change a layout (whether a tag is an attribute,
/// kernel 6.14) and refused elsewhere.
public final class BtfReader {

  private final BtfSection section;
  private final StringSection texts;

  private BtfReader(byte[] bytes) {
    section = new BtfSection(bytes);
    texts = section.texts();
  }

  /// Opens a section whose strings are wanted too, as `.BTF.ext` does.
  ///
  /// @throws org.bpf4j.isa.MalformedObjectException if the section is broken
  public static BtfReader open(byte[] bytes) {
    return new BtfReader(bytes);
  }

  /// Reads all types.
  ///
  /// @throws org.bpf4j.isa.MalformedObjectException if the section is broken
  public static Btf read(byte[] bytes) {
    return open(bytes).types();
  }

  /// All types of the section.
  ///
  /// @throws org.bpf4j.isa.MalformedObjectException if one is broken
  public Btf types() {
    List<BtfType> types = new ArrayList<>(section.count());
    for (int id = 1; id <= section.count(); id++) {
      types.add(section.decode(id, texts));
    }
    return new Btf(types);
  }

  /// The text at an offset of the string section.
  ///
  /// @throws org.bpf4j.isa.MalformedObjectException if the offset is outside
  public String string(int offset) {
    return texts.at(offset);
  }
}
