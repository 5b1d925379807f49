package org.bpf4j.load;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfStrings;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfWriter;
import org.bpf4j.sys.Bpf;
import org.bpf4j.sys.Descriptor;

/// What types say since some kernel that is younger than the oldest supported one; whether the
/// running kernel knows it is found out by trying, once.
enum TypeFeature {
  /// Numbers with a fraction (Linux 5.13).
  FLOAT(new BtfType.Float("float", 4)),
  /// Tags of declarations (Linux 5.16).
  DECL_TAG(new BtfType.Typedef("named", Sample.INT), new BtfType.DeclTag("tag", 2, -1)),
  /// Tags of types (Linux 5.17).
  TYPE_TAG(new BtfType.TypeTag("tag", Sample.INT), new BtfType.Pointer(2)),
  /// Enumerations of 64 bits, and signed ones of 32 (Linux 6.0).
  ENUM64(
      new BtfType.Enum64("wide", 8, true, List.of(new BtfType.EnumValue("a", -1))),
      new BtfType.Enum("small", 4, true, List.of(new BtfType.EnumValue("b", -1)))),
  /// Sections that are called by a mark before their name (Linux 6.9).
  OPTIONAL_SECTION(
      new BtfType.Var("variable", Sample.INT, BtfType.Linkage.STATIC),
      new BtfType.DataSection("?.data", 4, List.of(new BtfType.SectionVar(2, 0, 4))));

  private static final Map<TypeFeature, Boolean> KNOWN = new ConcurrentHashMap<>();

  private final List<BtfType> sample;

  TypeFeature(BtfType... sample) {
    this.sample = List.of(sample);
  }

  /// Stands before each sample, as type 1.
  private static final class Sample {
    static final int INT = 1;
    static final BtfType.Int TYPE = new BtfType.Int("int", 4, BtfType.IntEncoding.SIGNED, 32);

    private Sample() {}
  }

  /// What the running kernel does not know.
  static Set<TypeFeature> missing() {
    Set<TypeFeature> missing = EnumSet.noneOf(TypeFeature.class);
    for (TypeFeature feature : values()) {
      if (!KNOWN.computeIfAbsent(feature, TypeFeature::isTaken)) {
        missing.add(feature);
      }
    }
    return missing;
  }

  private boolean isTaken() {
    List<BtfType> types = new java.util.ArrayList<>(List.of(Sample.TYPE));
    types.addAll(sample);
    long result = Bpf.loadBtf(BtfWriter.write(new Btf(types), new BtfStrings()));
    if (result < 0) {
      return false;
    }
    Descriptor.of(result, "BPF_BTF_LOAD").close();
    return true;
  }
}
