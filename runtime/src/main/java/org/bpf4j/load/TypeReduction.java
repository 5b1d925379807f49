package org.bpf4j.load;

import java.util.List;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfType;

/// Rewrites types for kernels that do not know the younger kinds, keeping ids and sizes.
final class TypeReduction {

  private TypeReduction() {}

  /// The same types in terms that Linux 5.10 knows.
  static Btf reduce(Btf btf) {
    return new Btf(btf.types().stream().map(TypeReduction::reduce).toList());
  }

  /// One arm for each kind that is younger; 5.13, 5.16, 5.17, 6.0 and 6.0.
  private static BtfType reduce(BtfType type) {
    return switch (type) {
      case BtfType.Float(String name, int bytes) -> new BtfType.Struct(name, bytes, List.of());
      case BtfType.DeclTag _ -> new BtfType.Int("tag", 1, BtfType.IntEncoding.NONE, 8);
      case BtfType.TypeTag(_, int to) -> new BtfType.Const(to);
      case BtfType.Enum64(String name, int bytes, _, _) ->
          new BtfType.Union(name, bytes, List.of());
      case BtfType.Enum(String name, int bytes, _, List<BtfType.EnumValue> values) ->
          new BtfType.Enum(name, bytes, false, values);
      case BtfType.Int _,
          BtfType.Pointer _,
          BtfType.Array _,
          BtfType.Struct _,
          BtfType.Union _,
          BtfType.Forward _,
          BtfType.Typedef _,
          BtfType.Volatile _,
          BtfType.Const _,
          BtfType.Restrict _,
          BtfType.Func _,
          BtfType.FuncProto _,
          BtfType.Var _,
          BtfType.DataSection _ ->
          type;
    };
  }
}
