package org.bpf4j.compiler.translate;

import java.util.ArrayList;
import java.util.List;
import org.bpf4j.compiler.ast.Declaration.EnumConstant;
import org.bpf4j.compiler.ast.Declaration.EnumDecl;
import org.bpf4j.compiler.ast.Layouts;
import org.bpf4j.compiler.ast.Storage;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Terminator.AbortReason;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.MemorySize;

/// Reads and writes numbers in memory, in the width, sign and byte order of their storage.
///
/// What is not a power of two wide, or not aligned, goes in naturally aligned parts.
final class Numbers {
  private final Code code;
  private final Conversions conversions;
  private final Layouts layouts;

  private record Part(int offset, MemorySize size) {}

  Numbers(Code code, Conversions conversions, Layouts layouts) {
    this.code = code;
    this.conversions = conversions;
    this.layouts = layouts;
  }

  /// Reads a primitive or enum; an enum's number that no constant has aborts.
  Value load(Address at, Storage storage, Type type) {
    Value raw = loadRaw(at, storage);
    return switch (type) {
      case Primitive primitive -> conversions.fromMemory(raw, storage, primitive);
      case Type.Boxed boxed -> conversions.fromMemory(raw, storage, boxed.primitive());
      case Type.EnumType enumType -> known(raw, enumType);
      case Type.StructType _,
          Type.ArenaType _,
          Type.RecordType _,
          Type.ViewType _,
          Type.ArrayType _,
          Type.RowType _,
          Type.AtomicType _,
          Type.MapType _,
          Type.HeldType _,
          Type.ObjectType _,
          Type.CollectionType _,
          Type.Special _ ->
          throw new CompilerBug(type + " is not a number");
    };
  }

  /// Writes the low bytes of a primitive or enum.
  void store(Address at, Storage storage, Type type, Value value) {
    Value wide = conversions.toMemory(value, storage, Expressions.primitiveOf(type));
    List<Part> parts = parts(storage.bytes(), at.alignment());
    for (Part part : parts) {
      int shift = shift(part, storage);
      Value piece = wide;
      if (shift > 0) {
        piece = code.binary(BinaryOp.SHR, wide, code.i32(shift));
      }
      if (storage.bigEndian()) {
        piece = swap(narrow(piece, part.size()), part.size());
      }
      code.store(at.plus(part.offset()), part.size(), piece);
    }
  }

  /// Writes a number narrower than a word to a word of a context, which the kernel takes as a whole
  /// only; the rest of the word is zero.
  void storeWord(Address at, Storage storage, Type type, Value value) {
    Value number = conversions.toMemory(value, storage, Expressions.primitiveOf(type));
    Value low = code.binary(BinaryOp.AND, number, (1L << (8 * storage.bytes())) - 1);
    Value ordered = storage.bigEndian() ? swap(low, MemorySize.ofBytes(storage.bytes())) : low;
    code.store(at, MemorySize.W, ordered);
  }

  /// Aborts unless the number fits its storage.
  void checkFits(Storage storage, Type type, Value value) {
    Primitive primitive = Expressions.primitiveOf(type);
    if (type instanceof Type.EnumType || storage.bytes() >= primitive.bytes()) {
      return;
    }
    if (storage.signed()) {
      UnaryOp op = storage == Storage.S8 ? UnaryOp.SEXT8 : UnaryOp.SEXT16;
      Value low = conversions.convert(value, primitive, Primitive.INT);
      Value same =
          storage == Storage.S32
              ? conversions.convert(low, Primitive.INT, Primitive.LONG)
              : conversions.convert(code.unary(op, low), Primitive.INT, wide(primitive));
      code.ssa().check(CompareOp.EQ, same, value, AbortReason.VALUE_OUT_OF_RANGE);
      return;
    }
    long max = (1L << (8 * storage.bytes())) - 1;
    code.ssa()
        .check(
            CompareOp.ULE, value, code.number(value.type(), max), AbortReason.VALUE_OUT_OF_RANGE);
  }

  /// The number that stands for a null enum: the least that no constant has.
  long nullOf(Type.EnumType type) {
    List<Integer> used = constants(type).stream().map(EnumConstant::value).toList();
    int free = 0;
    while (used.contains(free)) {
      free++;
    }
    return free;
  }

  List<EnumConstant> constants(Type.EnumType type) {
    if (layouts.declaration(type.name()) instanceof EnumDecl declaration) {
      return declaration.constants();
    }
    throw new CompilerBug(type.name() + " is not an enum");
  }

  private Value known(Value raw, Type.EnumType type) {
    int[] values = constants(type).stream().mapToInt(EnumConstant::value).sorted().toArray();
    if (values.length == 0) {
      code.ssa().abort(AbortReason.NO_MATCH);
      return code.i32(0);
    }
    int least = values[0];
    int greatest = values[values.length - 1];
    if (greatest - (long) least == values.length - 1) {
      Value distance = least == 0 ? raw : code.binary(BinaryOp.SUB, raw, least);
      code.ssa()
          .check(
              CompareOp.ULE, distance, code.i32(values.length - 1), AbortReason.VALUE_OUT_OF_RANGE);
      return raw;
    }
    Draft good = code.ssa().newBlock();
    for (int value : values) {
      Draft next = code.ssa().newBlock();
      code.ssa().branch(CompareOp.EQ, raw, code.i32(value), good, next);
      code.ssa().enterSealed(next);
    }
    code.ssa().abort(AbortReason.VALUE_OUT_OF_RANGE);
    code.ssa().enterSealed(good);
    return raw;
  }

  private Value loadRaw(Address at, Storage storage) {
    List<Part> parts = parts(storage.bytes(), at.alignment());
    if (parts.size() == 1) {
      MemorySize size = parts.getFirst().size();
      Value value = code.load(at, size, storage.signed());
      return storage.bigEndian() ? swap(value, size) : value;
    }
    boolean wide = storage.bytes() > 4;
    Value all = wide ? code.i64(0) : code.i32(0);
    for (Part part : parts) {
      Value piece = code.load(at.plus(part.offset()), part.size(), false);
      piece = storage.bigEndian() ? swap(piece, part.size()) : piece;
      piece = wide ? code.unary(UnaryOp.ZEXT32, piece) : piece;
      int shift = shift(part, storage);
      piece = shift > 0 ? code.binary(BinaryOp.SHL, piece, code.i32(shift)) : piece;
      all = code.binary(BinaryOp.OR, all, piece);
    }
    return storage == Storage.S16 ? code.unary(UnaryOp.SEXT16, all) : all;
  }

  private static int shift(Part part, Storage storage) {
    return storage.bigEndian()
        ? 8 * (storage.bytes() - part.offset() - part.size().bytes())
        : 8 * part.offset();
  }

  private static List<Part> parts(int bytes, int alignment) {
    List<Part> parts = new ArrayList<>();
    for (int at = 0; at < bytes; ) {
      int size = Integer.highestOneBit(Math.min(bytes - at, alignment));
      while (at % size != 0) {
        size /= 2;
      }
      parts.add(new Part(at, MemorySize.ofBytes(size)));
      at += size;
    }
    return parts;
  }

  private Value narrow(Value value, MemorySize size) {
    return size != MemorySize.DW && value.type() == org.bpf4j.compiler.ssa.Type.I64
        ? code.unary(UnaryOp.TRUNC, value)
        : value;
  }

  private Value swap(Value value, MemorySize size) {
    return switch (size) {
      case B -> value;
      case H -> code.unary(UnaryOp.BE16, value);
      case W -> code.unary(UnaryOp.BE32, value);
      case DW -> code.unary(UnaryOp.BE64, value);
    };
  }

  private static Primitive wide(Primitive primitive) {
    return primitive == Primitive.LONG ? Primitive.LONG : Primitive.INT;
  }
}
