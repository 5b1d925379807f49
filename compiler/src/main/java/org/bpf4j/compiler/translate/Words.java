package org.bpf4j.compiler.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.bpf4j.compiler.ast.Layouts;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.MemorySize;

/// Runs of bytes of constant length, by the largest words that the memory allows: a few one after
/// the other, many in a loop.
final class Words {

  /// As many words as the stack has (`MAX_BPF_STACK`, 512 bytes): so many accesses are two hundred
  /// instructions at most; a loop costs the verifier more.
  private static final int STRAIGHT = 64;

  private final Body body;
  private final Code code;

  private record Piece(int offset, int bytes) {
    MemorySize size() {
      return MemorySize.ofBytes(bytes);
    }
  }

  Words(Body body) {
    this.body = body;
    this.code = body.code;
  }

  /// The words of so many bytes, if each is `step` bytes at the most.
  int count(int bytes, int step) {
    return pieces(bytes, Math.min(step, Operand.MAX_ALIGN)).size();
  }

  /// Copies between arrays that have no byte in common.
  void copyApart(Address to, Address from, int bytes, Span span) {
    int step = Math.min(step(to), step(from));
    if (pieces(bytes, step).size() <= STRAIGHT) {
      code.copy(to, from, bytes);
    } else {
      copy(to, from, bytes, false, span);
    }
  }

  /// Copies between arrays that may be one.
  ///
  /// @param fromEnd whether the last word is moved first
  void copy(Address to, Address from, int bytes, boolean fromEnd, Span span) {
    each(
        to,
        from,
        bytes,
        Math.min(step(to), step(from)),
        fromEnd,
        span,
        (pair, size) -> code.store(pair.one(), size, code.load(pair.other(), size, false)));
  }

  /// Copies so few words that all are read before the first is written.
  void copyAtOnce(Address to, Address from, int bytes) {
    List<Value> values = new ArrayList<>();
    List<Piece> pieces = pieces(bytes, Math.min(step(to), step(from)));
    for (Piece piece : pieces) {
      values.add(code.load(from.plus(piece.offset()), piece.size(), false));
    }
    for (int i = 0; i < pieces.size(); i++) {
      code.store(to.plus(pieces.get(i).offset()), pieces.get(i).size(), values.get(i));
    }
  }

  /// Puts a number of so many bytes everywhere.
  void fill(Address to, int bytes, int size, Value number, Span span) {
    int step = Math.max(step(to), size);
    if (code.isConstant(number, 0) && pieces(bytes, step).size() <= STRAIGHT) {
      code.zero(to, bytes);
      return;
    }
    Value word = size == step ? number : repeated(number, size);
    each(to, to, bytes, step, false, span, (pair, piece) -> code.store(pair.one(), piece, word));
  }

  private Value repeated(Value number, int size) {
    Value low =
        switch (size) {
          case 1 -> code.unary(UnaryOp.ZEXT32, code.unary(UnaryOp.ZEXT8, number));
          case 2 -> code.unary(UnaryOp.ZEXT32, code.unary(UnaryOp.ZEXT16, number));
          case 4 -> code.unary(UnaryOp.ZEXT32, number);
          default -> number;
        };
    return switch (size) {
      case 1 -> code.binary(BinaryOp.MUL, low, 0x0101_0101_0101_0101L);
      case 2 -> code.binary(BinaryOp.MUL, low, 0x0001_0001_0001_0001L);
      case 4 -> code.binary(BinaryOp.OR, low, code.binary(BinaryOp.SHL, low, code.i32(32)));
      default -> low;
    };
  }

  /// Whether all bytes agree, as 0 or 1: no branch for each word, which the verifier would follow.
  ///
  /// @param element what to read, if what programs see of an element is not what lies there
  Value same(
      Address left,
      Address right,
      int bytes,
      Optional<org.bpf4j.compiler.ast.Type> element,
      Span span) {
    Variable differences = new Variable(Type.I64);
    code.ssa().write(differences, code.i64(0));
    int step =
        element
            .map(type -> body.scope.layouts().size(type))
            .orElseGet(() -> Math.min(step(left), step(right)));
    each(
        left,
        right,
        bytes,
        step,
        false,
        span,
        (pair, size) -> {
          Value one = read(pair.one(), size, element);
          Value differs = code.binary(BinaryOp.XOR, one, read(pair.other(), size, element));
          Value all = code.ssa().read(differences);
          code.ssa().write(differences, code.binary(BinaryOp.OR, all, differs));
        });
    return code.compare(CompareOp.EQ, code.ssa().read(differences), 0);
  }

  private Value read(Address at, MemorySize size, Optional<org.bpf4j.compiler.ast.Type> element) {
    Value value =
        element
            .map(type -> body.memory.read(at, type, Layouts.defaultStorage(type), 0).only())
            .orElseGet(() -> code.load(at, size, false));
    return value.type() == Type.I64 ? value : code.unary(UnaryOp.ZEXT32, value);
  }

  private record Pair(Address one, Address other) {}

  /// Visits words at the same distance behind two addresses. A context is accessed at constant
  /// distances only.
  private void each(
      Address one,
      Address other,
      int bytes,
      int step,
      boolean fromEnd,
      Span span,
      BiConsumer<Pair, MemorySize> access) {
    List<Piece> pieces = pieces(bytes, step);
    boolean constant =
        pieces.size() <= STRAIGHT
            || Scattered.isNeeded(code, one.base())
            || Scattered.isNeeded(code, other.base());
    int rounds = constant ? 0 : bytes / step;
    List<Piece> rest = new ArrayList<>(pieces.subList(rounds, pieces.size()));
    Runnable loop =
        () ->
            body.loops.repeat(
                rounds,
                fromEnd,
                span,
                index ->
                    access.accept(
                        new Pair(at(one, index, step), at(other, index, step)),
                        MemorySize.ofBytes(step)));
    if (!fromEnd && rounds > 0) {
      loop.run();
    }
    for (Piece piece : fromEnd ? rest.reversed() : rest) {
      Pair pair = new Pair(one.plus(piece.offset()), other.plus(piece.offset()));
      access.accept(pair, piece.size());
    }
    if (fromEnd && rounds > 0) {
      loop.run();
    }
  }

  private Address at(Address start, Value index, int step) {
    Value distance = code.binary(BinaryOp.MUL, code.unary(UnaryOp.ZEXT32, index), step);
    int align = Math.min(start.alignment(), step);
    return new Address(code.pointerAdd(code.pointer(start), distance), 0, align, start.free());
  }

  private static List<Piece> pieces(int bytes, int step) {
    List<Piece> pieces = new ArrayList<>();
    for (int at = 0; at < bytes; ) {
      int size = Math.min(step, Integer.highestOneBit(bytes - at));
      pieces.add(new Piece(at, size));
      at += size;
    }
    return pieces;
  }

  /// The largest word that may be accessed: only the stack and contexts want natural alignment.
  private int step(Address at) {
    Region.Kind kind = Provenance.of(code.ssa(), at.base()).orElse(Region.Kind.ANY);
    return switch (kind) {
      case STACK, CONTEXT, ANY, CAPTURED -> Math.min(at.alignment(), Operand.MAX_ALIGN);
      case MAP, GLOBAL, RING, PACKET, KERNEL, ARENA, OBJECT -> Operand.MAX_ALIGN;
    };
  }
}
