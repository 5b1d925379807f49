package org.bpf4j.compiler.translate;

import org.bpf4j.compiler.ast.Storage;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;

/// Conversions between Java's primitives, each of which has a canonical form in a register: small
/// integers extended to 32 bits by their own sign, `boolean` 0 or 1.
final class Conversions {
  private final Code code;

  Conversions(Code code) {
    this.code = code;
  }

  /// A widening or narrowing conversion (JLS 5.1.2, 5.1.3).
  Value convert(Value value, Primitive from, Primitive to) {
    if (from == to) {
      return value;
    }
    return switch (to) {
      case LONG -> code.unary(unsigned(from) ? UnaryOp.ZEXT32 : UnaryOp.SEXT32, value);
      case INT -> from == Primitive.LONG ? code.unary(UnaryOp.TRUNC, value) : value;
      case SHORT -> from == Primitive.BYTE ? value : code.unary(UnaryOp.SEXT16, low(value));
      case CHAR -> code.unary(UnaryOp.ZEXT16, low(value));
      case BYTE -> code.unary(UnaryOp.SEXT8, low(value));
      case BOOLEAN -> code.compare(CompareOp.NE, value, 0);
    };
  }

  /// The canonical form of a number of type `to` that was read from memory as `storage` says: the
  /// extension is skipped where the storage implies it.
  Value fromMemory(Value raw, Storage storage, Primitive to) {
    return switch (to) {
      case BOOLEAN -> code.compare(CompareOp.NE, raw, 0);
      case LONG ->
          raw.type() == Type.I64
              ? raw
              : code.unary(storage.signed() ? UnaryOp.SEXT32 : UnaryOp.ZEXT32, raw);
      case INT -> low(raw);
      case BYTE -> storage == Storage.S8 ? raw : code.unary(UnaryOp.SEXT8, low(raw));
      case SHORT ->
          storage.bytes() == 1 || storage == Storage.S16
              ? raw
              : code.unary(UnaryOp.SEXT16, low(raw));
      case CHAR ->
          !storage.signed() && storage.bytes() <= 2 ? raw : code.unary(UnaryOp.ZEXT16, low(raw));
    };
  }

  /// The number in as many bits as the storage has, or more.
  Value toMemory(Value value, Storage storage, Primitive from) {
    if (storage.bytes() > 4) {
      return from == Primitive.LONG ? value : convert(value, from, Primitive.LONG);
    }
    return low(value);
  }

  private Value low(Value value) {
    return value.type() == Type.I64 ? code.unary(UnaryOp.TRUNC, value) : value;
  }

  private static boolean unsigned(Primitive primitive) {
    return primitive == Primitive.CHAR || primitive == Primitive.BOOLEAN;
  }
}
