package org.bpf4j.compiler.translate;

import org.bpf4j.compiler.ast.Layouts;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Terminator.AbortReason;
import org.bpf4j.compiler.ssa.Value;

/// Elements of arrays in a program's context struct.
///
/// The verifier takes only constant offsets into a context, so an index is searched for by halves,
/// and each element has an access of its own. On a copy on the stack a heap sort would be followed
/// in a fraction of the time, but a bubble sort not at all: there verifiers tell apart what is
/// known of each word.
final class Scattered {

  /// Longer arrays would cost more code than a copy does: 64 accesses with their branches are some
  /// hundred instructions.
  private static final int MAX_LENGTH = 64;

  private final Body body;
  private final Code code;

  Scattered(Body body) {
    this.body = body;
    this.code = body.code;
  }

  /// Whether an address is known to be in the context.
  static boolean isNeeded(Code code, Value address) {
    return Provenance.of(code.ssa(), address)
        .map(kind -> kind == Region.Kind.CONTEXT)
        .orElse(false);
  }

  /// Aborts if the index is out of range.
  Value check(Value index, int length, Span span) {
    body.at(span);
    if (length > MAX_LENGTH) {
      throw new Refusal(
          Diagnostic.error(
              org.bpf4j.compiler.diagnostic.Code.BPF2015,
              span,
              "an array of "
                  + length
                  + " elements in the program's argument cannot be indexed: the kernel wants"
                  + " constant offsets",
              "use a map, or an array of at most " + MAX_LENGTH + " elements"));
    }
    code.ssa().check(CompareOp.ULT, index, code.i32(length), AbortReason.INDEX_OUT_OF_BOUNDS);
    return index;
  }

  Operand read(Address array, Value index, int length, Type type) {
    Draft join = code.ssa().newBlock();
    Value result = code.ssa().parameter(join, body.shapes.of(type).getFirst());
    Access load =
        at -> {
          Operand element = body.memory.read(at, type, Layouts.defaultStorage(type), 0);
          code.ssa().jump(join, element.only());
        };
    searchAll(array, index, length, body.scope.layouts().size(type), load);
    code.ssa().enterSealed(join);
    return Operand.of(result);
  }

  void write(Address array, Value index, int length, Type type, Operand value) {
    Draft join = code.ssa().newBlock();
    Access store =
        at -> {
          body.memory.write(at, type, Layouts.defaultStorage(type), value);
          code.ssa().jump(join);
        };
    searchAll(array, index, length, body.scope.layouts().size(type), store);
    code.ssa().enterSealed(join);
  }

  /// What is done with an element; it leaves the block.
  private interface Access {
    void at(Address element);
  }

  private void searchAll(Address array, Value index, int length, int size, Access access) {
    long before = code.ssa().cost();
    search(array, asked(index), 0, length, size, access);
    long all = code.ssa().cost() - before;
    code.ssa().save(all - all * (Integer.SIZE - Integer.numberOfLeadingZeros(length)) / length);
  }

  /// The index that is asked for. Where a loop makes it of data, the verifier is not to learn what
  /// it is: it would follow the rest of the round once for each element.
  private Value asked(Value index) {
    return body.loops.isInside() && new ValueRange(code.ssa()).of(index).isEmpty()
        ? code.binary(BinaryOp.XOR, index, body.loops.zero(index.type()))
        : index;
  }

  private void search(Address array, Value index, int from, int to, int size, Access access) {
    if (to - from <= 1) {
      access.at(array.plus(from * size));
      return;
    }
    int middle = (from + to) / 2;
    Draft low = code.ssa().newBlock();
    Draft high = code.ssa().newBlock();
    code.ssa().current().markSearching();
    code.ssa().branch(CompareOp.ULT, index, code.i32(middle), low, high);
    code.ssa().enterSealed(low);
    search(array, index, from, middle, size, access);
    code.ssa().enterSealed(high);
    search(array, index, middle, to, size, access);
  }
}
