package org.bpf4j.btf;

/// Types as C writes them, for messages.
///
/// @param types where they are
public record CTypes(BtfTypes types) {

  /// A parameter with its name.
  public String declaration(BtfType.Parameter parameter) {
    String type = name(parameter.type());
    return parameter.name().isEmpty() || type.endsWith("*")
        ? type + parameter.name()
        : type + " " + parameter.name();
  }

  /// A member of a struct with its place: `int last at byte 8`.
  String declaration(BtfType.Member member) {
    return declaration(new BtfType.Parameter(member.name(), member.type()))
        + (member.bitSize() == 0 ? "" : " : " + member.bitSize())
        + place(member.bitOffset());
  }

  private static String place(int bitOffset) {
    int rest = bitOffset % Byte.SIZE;
    return " at byte " + bitOffset / Byte.SIZE + (rest == 0 ? "" : ", bit " + rest);
  }

  /// A type.
  public String name(int id) {
    return name(id, BtfTypes.MAX_DEPTH);
  }

  private String name(int id, int depth) {
    if (depth == 0) {
      return "…";
    }
    if (id == 0) {
      return "void";
    }
    return switch (types.type(id)) {
      case BtfType.Pointer(int to) -> {
        String target = name(to, depth - 1);
        yield target.endsWith("*") ? target + "*" : target + " *";
      }
      case BtfType.Const(int to) -> "const " + name(to, depth - 1);
      case BtfType.Volatile(int to) -> "volatile " + name(to, depth - 1);
      case BtfType.Restrict(int to) -> name(to, depth - 1);
      case BtfType.TypeTag(_, int to) -> name(to, depth - 1);
      case BtfType.Struct type -> "struct " + type.name();
      case BtfType.Union type -> "union " + type.name();
      case BtfType.Enum type -> "enum " + type.name();
      case BtfType.Enum64 type -> "enum " + type.name();
      case BtfType.Forward type -> (type.union() ? "union " : "struct ") + type.name();
      case BtfType.Array type -> name(type.element(), depth - 1) + "[" + type.count() + "]";
      case BtfType.FuncProto type -> name(type.returnType(), depth - 1) + " (…)";
      case BtfType.Int _,
          BtfType.Typedef _,
          BtfType.Func _,
          BtfType.Var _,
          BtfType.DataSection _,
          BtfType.Float _,
          BtfType.DeclTag _ ->
          types.type(id).name();
    };
  }
}
