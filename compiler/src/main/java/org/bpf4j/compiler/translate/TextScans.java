package org.bpf4j.compiler.translate;

import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.MemorySize;

/// Searches texts a word at a time: for their terminator, for a byte, for a difference.
///
/// In `(w - 0x01…01) & ~w & 0x80…80` the lowest bit that is set marks the lowest byte of `w` that
/// is zero. Bytes behind the terminator never matter.
final class TextScans {
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHS = 0x8080_8080_8080_8080L;

  private final Code code;

  TextScans(Body body) {
    this.code = body.code;
  }

  /// The bytes before the terminator.
  Value length(Operand text) {
    Draft join = code.ssa().newBlock();
    Value result = code.ssa().parameter(join, Type.I32);
    int step = step(text);
    for (int at = 0; at < text.extent(); ) {
      int size = Math.min(step, Integer.highestOneBit(text.extent() - at));
      Value marks = zeroes(word(text, at, size), size);
      Draft found = code.ssa().newBlock();
      Draft next = code.ssa().newBlock();
      code.ssa().branch(CompareOp.NE, marks, code.i64(0), found, next);
      code.ssa().enterSealed(found);
      code.ssa().jump(join, code.binary(BinaryOp.ADD, index(lowest(marks)), at));
      code.ssa().enterSealed(next);
      at += size;
    }
    code.ssa().jump(join, code.i32(text.extent()));
    code.ssa().enterSealed(join);
    return result;
  }

  /// The first place of a byte in the text, or -1.
  Value indexOf(Operand text, Value octet) {
    Draft join = code.ssa().newBlock();
    Value result = code.ssa().parameter(join, Type.I32);
    Value low = code.binary(BinaryOp.AND, octet, 0xff);
    Value wanted = code.binary(BinaryOp.MUL, code.unary(UnaryOp.ZEXT32, low), ONES);
    int step = step(text);
    Draft some = code.ssa().newBlock();
    code.ssa()
        .branch(
            CompareOp.NE,
            low,
            code.i32(0),
            some,
            java.util.List.of(),
            join,
            java.util.List.of(code.i32(-1)));
    code.ssa().enterSealed(some);
    for (int at = 0; at < text.extent(); ) {
      int size = Math.min(step, Integer.highestOneBit(text.extent() - at));
      Value word = word(text, at, size);
      Value hits = zeroes(code.binary(BinaryOp.XOR, word, wanted), size);
      Value marks = code.binary(BinaryOp.OR, zeroes(word, size), hits);
      Draft found = code.ssa().newBlock();
      Draft next = code.ssa().newBlock();
      code.ssa().branch(CompareOp.NE, marks, code.i64(0), found, next);
      code.ssa().enterSealed(found);
      Value lowest = lowest(marks);
      Value place = code.binary(BinaryOp.ADD, index(lowest), at);
      Value hit = code.binary(BinaryOp.AND, lowest, hits);
      code.ssa().jump(join, code.choose(CompareOp.NE, hit, code.i64(0), place, code.i32(-1)));
      code.ssa().enterSealed(next);
      at += size;
    }
    code.ssa().jump(join, code.i32(-1));
    code.ssa().enterSealed(join);
    return result;
  }

  /// Whether two texts have the same bytes before their terminators.
  Value sameText(Operand one, Operand other) {
    Draft join = code.ssa().newBlock();
    Value result = code.ssa().parameter(join, Type.I32);
    Operand shorter = one.extent() <= other.extent() ? one : other;
    Operand longer = one.extent() <= other.extent() ? other : one;
    int step = Math.min(step(one), step(other));
    int at = 0;
    while (at < shorter.extent()) {
      int size = Math.min(step, Integer.highestOneBit(shorter.extent() - at));
      Value word = word(shorter, at, size);
      Value differs = code.binary(BinaryOp.XOR, word, word(longer, at, size));
      Value marks = zeroes(word, size);
      Value either = code.binary(BinaryOp.OR, differs, marks);
      Draft ends = code.ssa().newBlock();
      Draft next = code.ssa().newBlock();
      code.ssa().branch(CompareOp.NE, either, code.i64(0), ends, next);
      code.ssa().enterSealed(ends);
      Value upTo = upTo(marks);
      Value before = code.binary(BinaryOp.AND, differs, upTo);
      code.ssa().jump(join, code.compare(CompareOp.EQ, before, 0));
      code.ssa().enterSealed(next);
      at += size;
    }
    if (longer.extent() == shorter.extent()) {
      code.ssa().jump(join, code.i32(1));
    } else {
      Value behind = code.load(address(longer).plus(at), MemorySize.B, false);
      code.ssa().jump(join, code.compare(CompareOp.EQ, behind, 0));
    }
    code.ssa().enterSealed(join);
    return result;
  }

  /// The largest word that may be loaded: only the stack and contexts want natural alignment.
  private int step(Operand text) {
    Region.Kind kind = Provenance.of(code.ssa(), text.only()).orElse(Region.Kind.ANY);
    return switch (kind) {
      case STACK, CONTEXT, ANY, CAPTURED -> text.align();
      case MAP, GLOBAL, RING, PACKET, KERNEL, ARENA, OBJECT -> Operand.MAX_ALIGN;
    };
  }

  private Address address(Operand text) {
    return Provenance.place(code.ssa(), text.only(), text.align());
  }

  private Value word(Operand text, int at, int size) {
    Value word = code.load(address(text).plus(at), MemorySize.ofBytes(size), false);
    return word.type() == Type.I64 ? word : code.unary(UnaryOp.ZEXT32, word);
  }

  /// A mark for the lowest of the bytes that is zero, perhaps with others above it.
  private Value zeroes(Value word, int size) {
    Value lower = code.binary(BinaryOp.SUB, word, ONES);
    Value high = code.binary(BinaryOp.AND, code.binary(BinaryOp.XOR, word, -1), HIGHS);
    Value marks = code.binary(BinaryOp.AND, lower, high);
    return size == 8 ? marks : code.binary(BinaryOp.AND, marks, (1L << (8 * size)) - 1);
  }

  private Value lowest(Value marks) {
    return code.binary(BinaryOp.AND, marks, code.unary(UnaryOp.NEG, marks));
  }

  /// The number of the byte that a single mark belongs to: a one for each byte below, added up.
  private Value index(Value mark) {
    Value below = code.binary(BinaryOp.SUB, mark, 1);
    Value bytes = code.binary(BinaryOp.AND, code.binary(BinaryOp.SHR, below, code.i32(7)), ONES);
    Value sum = code.binary(BinaryOp.MUL, bytes, ONES);
    return code.unary(UnaryOp.TRUNC, code.binary(BinaryOp.SHR, sum, code.i32(56)));
  }

  /// The bits up to the end of the byte with the lowest mark; all if there is none.
  private Value upTo(Value marks) {
    Value lowest = lowest(marks);
    return code.binary(BinaryOp.OR, lowest, code.binary(BinaryOp.SUB, lowest, 1));
  }
}
