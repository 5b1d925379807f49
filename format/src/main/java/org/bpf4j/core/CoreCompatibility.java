package org.bpf4j.core;

import java.util.List;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfTypes;

/// Whether the kernel's type can stand for the program's description of it, by libbpf's rules.
///
/// @param local the program's types
/// @param target the kernel's types
public record CoreCompatibility(BtfTypes local, BtfTypes target) {

  /// Stands for void, which is a type of its own kind without a name.
  private static final BtfType VOID = new BtfType.DeclTag("", 0, -1);

  /// Whether a field of one type can be read as the other: the same kind; structs may differ.
  boolean fields(int a, int b) {
    BtfType x = resolved(local, a);
    BtfType y = resolved(target, b);
    if (isComposite(x) && isComposite(y)) {
      return true;
    }
    return switch (x) {
      case BtfType.Pointer _ -> y instanceof BtfType.Pointer;
      case BtfType.Float _ -> y instanceof BtfType.Float;
      case BtfType.Int _ -> y instanceof BtfType.Int;
      case BtfType.Enum _, BtfType.Enum64 _ ->
          CoreName.isEnum(y) && (isUnnamed(x, y) || CoreName.isSame(x.name(), y.name()));
      case BtfType.Forward _ ->
          y instanceof BtfType.Forward && (isUnnamed(x, y) || CoreName.isSame(x.name(), y.name()));
      case BtfType.Array from ->
          y instanceof BtfType.Array to && fields(from.element(), to.element());
      default -> false;
    };
  }

  /// Whether a whole type is the same, apart from what structs and enums contain.
  public boolean types(int a, int b) {
    return types(a, b, BtfTypes.MAX_DEPTH);
  }

  private boolean types(int a, int b, int depth) {
    if (depth == 0) {
      return false;
    }
    BtfType x = resolved(local, a);
    BtfType y = resolved(target, b);
    return switch (x) {
      case BtfType.Pointer(int to) ->
          y instanceof BtfType.Pointer other && types(to, other.to(), depth - 1);
      case BtfType.Array from ->
          y instanceof BtfType.Array to && types(from.element(), to.element(), depth - 1);
      case BtfType.FuncProto from ->
          y instanceof BtfType.FuncProto to && prototypes(from, to, depth - 1);
      case BtfType.Enum _, BtfType.Enum64 _ -> CoreName.isEnum(y);
      default -> x.getClass() == y.getClass();
    };
  }

  private boolean prototypes(BtfType.FuncProto from, BtfType.FuncProto to, int depth) {
    if (from.parameters().size() != to.parameters().size()
        || !types(from.returnType(), to.returnType(), depth)) {
      return false;
    }
    for (int i = 0; i < from.parameters().size(); i++) {
      if (!types(from.parameters().get(i).type(), to.parameters().get(i).type(), depth)) {
        return false;
      }
    }
    return true;
  }

  /// Whether everything that the program's type mentions is there with a matching type; behind
  /// pointers, names are enough.
  boolean matches(int a, int b) {
    return matches(a, b, false, BtfTypes.MAX_DEPTH);
  }

  private boolean matches(int a, int b, boolean behindPointer, int depth) {
    if (depth == 0) {
      return false;
    }
    BtfType x = resolved(local, a);
    BtfType y = resolved(target, b);
    if (!CoreName.isSame(x.name(), y.name())) {
      return false;
    }
    return switch (x) {
      case BtfType.Struct(_, _, List<BtfType.Member> members) ->
          behindPointer
              ? y instanceof BtfType.Struct || y instanceof BtfType.Forward(_, boolean u) && !u
              : y instanceof BtfType.Struct && members(members, b, depth);
      case BtfType.Union(_, _, List<BtfType.Member> members) ->
          behindPointer
              ? y instanceof BtfType.Union || y instanceof BtfType.Forward(_, boolean u) && u
              : y instanceof BtfType.Union && members(members, b, depth);
      case BtfType.Forward(_, boolean union) ->
          y instanceof BtfType.Forward(_, boolean u) && u == union
              || behindPointer
                  && (union ? BtfType.Union.class : BtfType.Struct.class).isInstance(y);
      case BtfType.Enum _, BtfType.Enum64 _ ->
          CoreName.isEnum(y) && enumBytes(x) == enumBytes(y) && hasEnumerators(y, x);
      case BtfType.Int from ->
          y instanceof BtfType.Int to
              && from.bytes() == to.bytes()
              && (from.encoding() == BtfType.IntEncoding.SIGNED)
                  == (to.encoding() == BtfType.IntEncoding.SIGNED);
      case BtfType.Pointer(int to) ->
          y instanceof BtfType.Pointer other && matches(to, other.to(), true, depth - 1);
      case BtfType.Array from ->
          y instanceof BtfType.Array to
              && from.count() == to.count()
              && matches(from.element(), to.element(), behindPointer, depth - 1);
      case BtfType.FuncProto from ->
          y instanceof BtfType.FuncProto to && matches(from, to, behindPointer, depth - 1);
      default -> x.getClass() == y.getClass();
    };
  }

  private boolean matches(
      BtfType.FuncProto from, BtfType.FuncProto to, boolean behindPointer, int depth) {
    if (from.parameters().size() != to.parameters().size()
        || !matches(from.returnType(), to.returnType(), behindPointer, depth)) {
      return false;
    }
    for (int i = 0; i < from.parameters().size(); i++) {
      int type = to.parameters().get(i).type();
      if (!matches(from.parameters().get(i).type(), type, behindPointer, depth)) {
        return false;
      }
    }
    return true;
  }

  private boolean members(List<BtfType.Member> wanted, int b, int depth) {
    List<BtfType.Member> present = CorePath.members(target, b);
    return wanted.stream()
        .allMatch(
            want ->
                present.stream()
                    .anyMatch(
                        have ->
                            CoreName.isSame(want.name(), have.name())
                                && matches(want.type(), have.type(), false, depth - 1)));
  }

  private static boolean hasEnumerators(BtfType type, BtfType wanted) {
    return values(wanted).stream()
        .allMatch(
            want ->
                values(type).stream().anyMatch(have -> CoreName.isSame(want.name(), have.name())));
  }

  /// The enumerators of an enum of either size, none for other types.
  static List<BtfType.EnumValue> values(BtfType type) {
    return switch (type) {
      case BtfType.Enum(_, _, _, List<BtfType.EnumValue> values) -> values;
      case BtfType.Enum64(_, _, _, List<BtfType.EnumValue> values) -> values;
      default -> List.of();
    };
  }

  private static int enumBytes(BtfType type) {
    return switch (type) {
      case BtfType.Enum(_, int bytes, _, _) -> bytes;
      case BtfType.Enum64(_, int bytes, _, _) -> bytes;
      default -> 0;
    };
  }

  private static BtfType resolved(BtfTypes types, int id) {
    return types.find(types.resolve(id)).orElse(VOID);
  }

  private static boolean isComposite(BtfType type) {
    return type instanceof BtfType.Struct || type instanceof BtfType.Union;
  }

  private static boolean isUnnamed(BtfType a, BtfType b) {
    return a.name().isEmpty() || b.name().isEmpty();
  }
}
