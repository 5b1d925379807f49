package org.bpf4j.btf;

import java.util.List;

/// One type of BTF, the kernel's type format: its nineteen kinds on a page.
///
/// Types refer to each other by id in the [BtfTypes] that holds them: 0 is void, the first type is
/// 1. An anonymous type has the name `""`.
public sealed interface BtfType {

  /// The type's name, or `""` if it has none.
  default String name() {
    return "";
  }

  /// An integer of `bits` bits in `bytes` bytes.
  record Int(String name, int bytes, IntEncoding encoding, int bits) implements BtfType {}

  /// A pointer.
  record Pointer(int to) implements BtfType {}

  /// An array; `index` is the type of its index, which nobody uses but the kernel wants.
  record Array(int element, int index, int count) implements BtfType {}

  /// A struct.
  record Struct(String name, int bytes, List<Member> members) implements BtfType {
    /// Copies the list.
    public Struct {
      members = List.copyOf(members);
    }
  }

  /// A union; all members stand at 0.
  record Union(String name, int bytes, List<Member> members) implements BtfType {
    /// Copies the list.
    public Union {
      members = List.copyOf(members);
    }
  }

  /// An enumeration whose values fit 32 bits.
  record Enum(String name, int bytes, boolean signed, List<EnumValue> values) implements BtfType {
    /// Copies the list.
    public Enum {
      values = List.copyOf(values);
    }
  }

  /// An enumeration with 64-bit values (kernel 6.0).
  record Enum64(String name, int bytes, boolean signed, List<EnumValue> values) implements BtfType {
    /// Copies the list.
    public Enum64 {
      values = List.copyOf(values);
    }
  }

  /// A struct, or a union, that is declared but not defined.
  record Forward(String name, boolean union) implements BtfType {}

  /// Another name for a type.
  record Typedef(String name, int to) implements BtfType {}

  /// A volatile type.
  record Volatile(int to) implements BtfType {}

  /// A constant type.
  record Const(int to) implements BtfType {}

  /// A restricted pointer.
  record Restrict(int to) implements BtfType {}

  /// A function; `proto` is a [FuncProto].
  record Func(String name, Linkage linkage, int proto) implements BtfType {}

  /// A function's parameters and result; a last parameter of no name and type 0 means varargs.
  record FuncProto(int returnType, List<Parameter> parameters) implements BtfType {
    /// Copies the list.
    public FuncProto {
      parameters = List.copyOf(parameters);
    }
  }

  /// A global variable.
  record Var(String name, int type, Linkage linkage) implements BtfType {}

  /// The layout of an ELF section of variables, by ascending offset.
  record DataSection(String name, int bytes, List<SectionVar> vars) implements BtfType {
    /// Copies the list.
    public DataSection {
      vars = List.copyOf(vars);
    }
  }

  /// A floating-point number.
  record Float(String name, int bytes) implements BtfType {}

  /// A tag on a declaration, or on its member or parameter number `componentIndex` if that is not
  /// −1.
  record DeclTag(String name, int type, int componentIndex) implements BtfType {}

  /// A tag on a type, such as `user` or `percpu`.
  record TypeTag(String name, int type) implements BtfType {}

  /// How an [Int] is to be shown; at most one applies.
  enum IntEncoding {
    NONE,
    SIGNED,
    CHAR,
    BOOL
  }

  /// Who may see a [Func] or a [Var]; the ordinal is the kernel's number.
  enum Linkage {
    STATIC,
    GLOBAL,
    EXTERN
  }

  /// A field of a struct or union.
  ///
  /// @param name its name, `""` for an anonymous struct or union
  /// @param type its type's id
  /// @param bitOffset its position in bits
  /// @param bitSize its width in bits if it is a bit field, or 0
  record Member(String name, int type, int bitOffset, int bitSize) {}

  /// A named constant of an enumeration.
  record EnumValue(String name, long value) {}

  /// A parameter of a function.
  record Parameter(String name, int type) {}

  /// A variable's place in its section.
  ///
  /// @param var the id of its [Var]
  /// @param offset its position in bytes
  /// @param size its size in bytes
  record SectionVar(int var, int offset, int size) {}
}
