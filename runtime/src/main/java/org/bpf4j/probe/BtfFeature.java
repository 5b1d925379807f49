package org.bpf4j.probe;

import java.util.List;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfBuilder;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfType.EnumValue;
import org.bpf4j.btf.BtfType.IntEncoding;
import org.bpf4j.btf.BtfType.Linkage;

/// Kinds of type information that came later than BTF itself.
public enum BtfFeature {
  /// Functions (`BTF_KIND_FUNC`, Linux 5.0).
  FUNCTION,
  /// Variables and sections (`BTF_KIND_VAR`, `BTF_KIND_DATASEC`, Linux 5.2).
  DATA_SECTION,
  /// Functions that are verified by themselves (linkage of `BTF_KIND_FUNC`, Linux 5.6).
  GLOBAL_FUNCTION,
  /// Floating point (`BTF_KIND_FLOAT`, Linux 5.13).
  FLOAT,
  /// Tags of declarations (`BTF_KIND_DECL_TAG`, Linux 5.16).
  DECLARATION_TAG,
  /// Tags of types (`BTF_KIND_TYPE_TAG`, Linux 5.17).
  TYPE_TAG,
  /// Enumerations of 64 bits (`BTF_KIND_ENUM64`, Linux 6.0).
  ENUM64;

  /// The smallest type information that has it.
  Btf smallest() {
    BtfBuilder types = new BtfBuilder();
    int number = types.add(new BtfType.Int("int", 4, IntEncoding.SIGNED, 32));
    switch (this) {
      case FUNCTION -> function(types, number, Linkage.STATIC);
      case GLOBAL_FUNCTION -> function(types, number, Linkage.GLOBAL);
      case DATA_SECTION -> {
        int variable = types.add(new BtfType.Var("v", number, Linkage.STATIC));
        types.add(
            new BtfType.DataSection(".data", 4, List.of(new BtfType.SectionVar(variable, 0, 4))));
      }
      case FLOAT -> types.add(new BtfType.Float("float", 4));
      case DECLARATION_TAG -> {
        int variable = types.add(new BtfType.Var("v", number, Linkage.STATIC));
        types.add(new BtfType.DeclTag("tag", variable, -1));
      }
      case TYPE_TAG ->
          types.add(new BtfType.Pointer(types.add(new BtfType.TypeTag("tag", number))));
      case ENUM64 -> types.add(new BtfType.Enum64("e", 8, false, List.of(new EnumValue("E", 1))));
    }
    return types.build();
  }

  private static void function(BtfBuilder types, int number, Linkage linkage) {
    int prototype =
        types.add(new BtfType.FuncProto(number, List.of(new BtfType.Parameter("a", number))));
    types.add(new BtfType.Func("f", linkage, prototype));
  }
}
