package org.bpf4j.btf;

import java.util.Optional;
import java.util.OptionalLong;
import org.bpf4j.isa.MalformedObjectException;

/// Types that refer to each other by id: what [Btf] and [BtfNames] have in common.
///
/// Id 0 is void and has no [BtfType]; the others are 1 to [#count()].
public sealed interface BtfTypes permits Btf, BtfNames {

  /// The longest chain of modifiers, typedefs and arrays that is followed: `MAX_RESOLVE_DEPTH` of
  /// the kernel. A longer one is taken for a cycle.
  int MAX_DEPTH = 32;

  /// The number of types, void not counted; also the greatest id.
  int count();

  /// The type with that id.
  ///
  /// @throws IllegalArgumentException if there is none, as for void
  BtfType type(int id);

  /// The type with that id, or nothing for void.
  ///
  /// @throws IllegalArgumentException if the id is out of range
  default Optional<BtfType> find(int id) {
    return id == 0 ? Optional.empty() : Optional.of(type(id));
  }

  /// The id behind typedefs, `const`, `volatile`, `restrict` and type tags; perhaps 0.
  ///
  /// @throws MalformedObjectException if the chain does not end
  default int resolve(int id) {
    int at = id;
    for (int depth = 0; depth <= MAX_DEPTH; depth++) {
      if (at == 0) {
        return 0;
      }
      int next = target(type(at));
      if (next < 0) {
        return at;
      }
      at = next;
    }
    throw new MalformedObjectException("BTF type " + id + " refers to itself");
  }

  /// The size in bytes of values of that type; nothing for void, functions and forwards.
  ///
  /// Pointers have 8 bytes, as BPF sees them.
  ///
  /// @throws MalformedObjectException if the type contains itself or is larger than 2^63 bytes
  default OptionalLong sizeOf(int id) {
    long times = 1;
    int at = resolve(id);
    for (int depth = 0; depth <= MAX_DEPTH; depth++) {
      if (at == 0) {
        return OptionalLong.empty();
      }
      if (!(type(at) instanceof BtfType.Array array)) {
        long bytes = bytes(type(at));
        return bytes < 0 ? OptionalLong.empty() : OptionalLong.of(multiply(id, times, bytes));
      }
      times = multiply(id, times, Integer.toUnsignedLong(array.count()));
      at = resolve(array.element());
    }
    throw new MalformedObjectException("BTF type " + id + " is an array of itself");
  }

  private static long multiply(int id, long a, long b) {
    try {
      return Math.multiplyExact(a, b);
    } catch (ArithmeticException e) {
      throw new MalformedObjectException("BTF type " + id + " is too large", e);
    }
  }

  private static int target(BtfType type) {
    return switch (type) {
      case BtfType.Typedef(_, int to) -> to;
      case BtfType.Const(int to) -> to;
      case BtfType.Volatile(int to) -> to;
      case BtfType.Restrict(int to) -> to;
      case BtfType.TypeTag(_, int to) -> to;
      case BtfType.Int _,
          BtfType.Pointer _,
          BtfType.Array _,
          BtfType.Struct _,
          BtfType.Union _,
          BtfType.Enum _,
          BtfType.Enum64 _,
          BtfType.Forward _,
          BtfType.Func _,
          BtfType.FuncProto _,
          BtfType.Var _,
          BtfType.DataSection _,
          BtfType.Float _,
          BtfType.DeclTag _ ->
          -1;
    };
  }

  private static long bytes(BtfType type) {
    return switch (type) {
      case BtfType.Int t -> Integer.toUnsignedLong(t.bytes());
      case BtfType.Struct t -> Integer.toUnsignedLong(t.bytes());
      case BtfType.Union t -> Integer.toUnsignedLong(t.bytes());
      case BtfType.Enum t -> Integer.toUnsignedLong(t.bytes());
      case BtfType.Enum64 t -> Integer.toUnsignedLong(t.bytes());
      case BtfType.DataSection t -> Integer.toUnsignedLong(t.bytes());
      case BtfType.Float t -> Integer.toUnsignedLong(t.bytes());
      case BtfType.Pointer _ -> Long.BYTES;
      case BtfType.Array _,
          BtfType.Forward _,
          BtfType.Typedef _,
          BtfType.Volatile _,
          BtfType.Const _,
          BtfType.Restrict _,
          BtfType.Func _,
          BtfType.FuncProto _,
          BtfType.Var _,
          BtfType.DeclTag _,
          BtfType.TypeTag _ ->
          -1;
    };
  }
}
