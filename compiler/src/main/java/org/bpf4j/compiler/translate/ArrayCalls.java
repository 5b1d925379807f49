package org.bpf4j.compiler.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Library;
import org.bpf4j.compiler.ast.Stmt;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Unit.Local;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Terminator.AbortReason;
import org.bpf4j.compiler.ssa.Value;

/// `System.arraycopy`, and of `java.util.Arrays` what fills, compares and copies.
///
/// Where the bounds are constant, words are moved whatever the elements are; elsewhere a loop over
/// elements is translated as if the program had written it, so that the verifier sees the same
/// bounds. What Java checks is checked before anything is written, and aborts.
///
/// Two arrays are one object or have no byte in common. So elements may be moved one by one in the
/// direction that fits the case of one object, whichever case it is.
final class ArrayCalls {

  /// Up to so many words are loaded before the first is stored, where the direction is not known:
  /// more would not stay in the ten registers of the machine.
  private static final int FEW = 4;

  private final Body body;
  private final Code code;
  private final Words words;
  private int locals;

  /// An array that has been evaluated and is there.
  private record Run(Operand array, Value base, Type element, int size) {
    int length() {
      return array.extent();
    }
  }

  ArrayCalls(Body body) {
    this.body = body;
    this.code = body.code;
    this.words = new Words(body);
  }

  Operand call(Expr.LibraryCall call) {
    return switch (call.method()) {
      case ARRAYS_FILL -> fill(call);
      case ARRAYS_EQUALS -> equal(call);
      case ARRAYS_COPY_OF, ARRAYS_COPY_OF_RANGE -> copyOf(call);
      case SYSTEM_ARRAYCOPY -> copy(call);
      default -> throw new CompilerBug(call.method() + " of arrays");
    };
  }

  private Run run(Expr expr) {
    if (!(expr.type() instanceof Type.ArrayType(Type element))) {
      throw new CompilerBug("no array: " + expr);
    }
    Operand array = body.expressions.value(expr);
    body.at(expr.span());
    Value base = code.refine(array.only(), new Fact.NonNull(Subjects.of(expr)));
    return new Run(array, base, element, body.scope.layouts().size(element));
  }

  private Address start(Run run) {
    return Provenance.place(code.ssa(), run.base(), run.array().align());
  }

  // Filling.

  private Operand fill(Expr.LibraryCall call) {
    List<Expr> arguments = call.arguments();
    Run run = run(arguments.getFirst());
    boolean whole = arguments.size() == 2;
    Value from = whole ? code.i32(0) : body.expressions.number(arguments.get(1));
    Value to = whole ? code.i32(run.length()) : body.expressions.number(arguments.get(2));
    Operand value = body.expressions.valueAs(arguments.getLast(), run.element());
    body.at(call.span());
    body.places.refuseConstant(run.base());
    OptionalLong first = code.constantOf(from);
    OptionalLong end = code.constantOf(to);
    boolean constant =
        first.isPresent()
            && end.isPresent()
            && 0 <= first.getAsLong()
            && first.getAsLong() <= end.getAsLong()
            && end.getAsLong() <= run.length();
    if (constant) {
      int bytes = (int) (end.getAsLong() - first.getAsLong()) * run.size();
      Address at = start(run).plus((int) first.getAsLong() * run.size());
      words.fill(at, bytes, run.size(), value.only(), call.span());
    } else {
      check(CompareOp.SGE, from, code.i32(0));
      check(CompareOp.SLE, from, to);
      check(CompareOp.SLE, to, code.i32(run.length()));
      fillInRange(call, run, from, to, value);
    }
    return Operand.NOTHING;
  }

  private void fillInRange(Expr.LibraryCall call, Run run, Value from, Value to, Operand value) {
    Span span = call.span();
    Fact inRange = new Fact.Range(0, run.length());
    Local array = local("array", call.arguments().getFirst().type(), run.array());
    Local end = local("end", Primitive.INT, Operand.of(code.refine(to, inRange)));
    Local filling = local("value", run.element(), value);
    Local index = counter(code.refine(from, inRange));
    Stmt store =
        assign(element(array, place(index, span), span), new Expr.LocalPlace(filling, span));
    body.loops.forLoop(
        new Stmt.For(
            List.of(),
            Optional.of(less(place(index, span), place(end, span), span)),
            List.of(new Expr.Increment(place(index, span), true, 1, Primitive.INT, span)),
            store,
            span),
        Set.of());
  }

  // Comparing.

  /// Booleans and enums are compared as the program sees them, of which memory may have several
  /// forms.
  private Operand equal(Expr.LibraryCall call) {
    Run left = run(call.arguments().getFirst());
    Run right = run(call.arguments().getLast());
    body.at(call.span());
    if (left.length() != right.length()) {
      return Operand.of(code.i32(0));
    }
    boolean plain = left.element() instanceof Primitive p && p != Primitive.BOOLEAN;
    Optional<Type> read = plain ? Optional.empty() : Optional.of(left.element());
    int bytes = left.length() * left.size();
    return Operand.of(words.same(start(left), start(right), bytes, read, call.span()));
  }

  // Copying into a new array.

  private Operand copyOf(Expr.LibraryCall call) {
    List<Expr> arguments = call.arguments();
    Run run = run(arguments.getFirst());
    boolean range = call.method() == Library.ARRAYS_COPY_OF_RANGE;
    long from = range ? constant(arguments.get(1)) : 0;
    long to = arguments.size() == 1 ? run.length() : constant(arguments.getLast());
    body.at(call.span());
    if (from < 0 || from > run.length() || to <= from) {
      throw refusal(arguments.getLast().span(), "the length of the copy must be positive");
    }
    int length = (int) (to - from);
    int copied = (int) Math.min(to, run.length()) - (int) from;
    Address copy = body.allocations.copy(length * run.size(), "array");
    if (copied < length) {
      code.zero(copy, length * run.size());
    }
    Address source = start(run).plus((int) from * run.size());
    words.copyApart(copy, source, copied * run.size(), call.span());
    return Operand.reference(copy.base(), length, copy.align());
  }

  private long constant(Expr expr) {
    Value value = body.expressions.number(expr);
    return code.constantOf(value)
        .orElseThrow(
            () -> refusal(expr.span(), "the bounds of the copy of an array must be constant"));
  }

  private static Refusal refusal(Span span, String message) {
    return new Refusal(
        Diagnostic.error(
            org.bpf4j.compiler.diagnostic.Code.BPF1018,
            span,
            message + ": it lies on the 512-byte stack",
            "make an array of constant length, and fill it by System.arraycopy"));
  }

  // Copying between arrays.

  private Operand copy(Expr.LibraryCall call) {
    List<Expr> arguments = call.arguments();
    Run from = run(arguments.get(0));
    Value fromIndex = body.expressions.number(arguments.get(1));
    Run to = run(arguments.get(2));
    Value toIndex = body.expressions.number(arguments.get(3));
    Value length = body.expressions.number(arguments.get(4));
    body.at(call.span());
    body.places.refuseConstant(to.base());
    if (isInside(from, fromIndex, length) && isInside(to, toIndex, length)) {
      int bytes = (int) code.constantOf(length).orElseThrow() * from.size();
      copyConstant(
          start(from).plus((int) code.constantOf(fromIndex).orElseThrow() * from.size()),
          start(to).plus((int) code.constantOf(toIndex).orElseThrow() * to.size()),
          bytes,
          same(from, to),
          code.constantOf(fromIndex).orElseThrow() < code.constantOf(toIndex).orElseThrow(),
          call.span());
      return Operand.NOTHING;
    }
    int most = Math.min(from.length(), to.length());
    check(CompareOp.ULE, length, code.i32(most));
    Value count = code.refine(length, new Fact.Range(0, most));
    check(CompareOp.ULE, fromIndex, code.binary(BinaryOp.SUB, code.i32(from.length()), count));
    check(CompareOp.ULE, toIndex, code.binary(BinaryOp.SUB, code.i32(to.length()), count));
    OptionalLong constant = code.constantOf(length);
    boolean context = Scattered.isNeeded(code, from.base()) || Scattered.isNeeded(code, to.base());
    if (constant.isPresent() && constant.getAsLong() >= 0 && constant.getAsLong() <= most) {
      int bytes = (int) constant.getAsLong() * from.size();
      if (!context && words.count(bytes, from.size()) <= FEW) {
        Address source = part(from, fromIndex, (int) constant.getAsLong());
        words.copyAtOnce(part(to, toIndex, (int) constant.getAsLong()), source, bytes);
        return Operand.NOTHING;
      }
    }
    copyElements(call, new Move(from, fromIndex, to, toIndex, count));
    return Operand.NOTHING;
  }

  private boolean isInside(Run run, Value index, Value length) {
    OptionalLong at = code.constantOf(index);
    OptionalLong count = code.constantOf(length);
    return at.isPresent()
        && count.isPresent()
        && at.getAsLong() >= 0
        && count.getAsLong() >= 0
        && at.getAsLong() + count.getAsLong() <= run.length();
  }

  private void copyConstant(
      Address from, Address to, int bytes, Optional<Boolean> same, boolean up, Span span) {
    if (same.isPresent() && !same.get()) {
      words.copyApart(to, from, bytes, span);
    } else if (!from.equals(to)) {
      words.copy(to, from, bytes, up, span);
    }
  }

  /// The address of some elements whose first index has been checked.
  private Address part(Run run, Value index, int length) {
    OptionalLong constant = code.constantOf(index);
    if (constant.isPresent()) {
      return start(run).plus((int) constant.getAsLong() * run.size());
    }
    Value inRange = code.refine(index, new Fact.Range(0, run.length() - length));
    Value distance = code.binary(BinaryOp.MUL, code.unary(UnaryOp.ZEXT32, inRange), run.size());
    int align = Math.min(start(run).alignment(), Integer.lowestOneBit(run.size()));
    return new Address(code.pointerAdd(code.pointer(start(run)), distance), 0, align);
  }

  private record Move(Run from, Value fromIndex, Run to, Value toIndex, Value count) {}

  /// Element by element, from the end if they move up in one array.
  private void copyElements(Expr.LibraryCall call, Move move) {
    Optional<Boolean> same = same(move.from(), move.to());
    OptionalLong source = code.constantOf(move.fromIndex());
    OptionalLong target = code.constantOf(move.toIndex());
    if (same.isPresent() && !same.get()) {
      loop(call, move, false);
    } else if (source.isPresent() && target.isPresent()) {
      loop(call, move, source.getAsLong() < target.getAsLong());
    } else {
      Draft up = code.ssa().newBlock();
      Draft down = code.ssa().newBlock();
      Draft done = code.ssa().newBlock();
      code.ssa().branch(CompareOp.ULT, move.fromIndex(), move.toIndex(), up, down);
      for (Draft way : List.of(up, down)) {
        code.ssa().enterSealed(way);
        loop(call, move, way == up);
        body.at(call.span());
        code.ssa().jump(done);
      }
      code.ssa().enterSealed(done);
    }
  }

  private void loop(Expr.LibraryCall call, Move move, boolean fromEnd) {
    Span span = call.span();
    Type type = call.arguments().getFirst().type();
    Local from = local("from", type, move.from().array());
    Local to = local("to", type, move.to().array());
    Local fromIndex = local("fromIndex", Primitive.INT, Operand.of(move.fromIndex()));
    Local toIndex = local("toIndex", Primitive.INT, Operand.of(move.toIndex()));
    Local count = local("count", Primitive.INT, Operand.of(move.count()));
    Local index = counter(fromEnd ? code.binary(BinaryOp.SUB, move.count(), 1) : code.i32(0));
    Expr.LocalPlace at = place(index, span);
    Expr more =
        fromEnd
            ? new Expr.Binary(Expr.BinaryOp.GE, at, literal(0, span), Primitive.BOOLEAN, span)
            : less(at, place(count, span), span);
    Expr.Place target = element(to, sum(place(toIndex, span), at, span), span);
    Expr.Place source = element(from, sum(place(fromIndex, span), at, span), span);
    body.loops.forLoop(
        new Stmt.For(
            List.of(),
            Optional.of(more),
            List.of(new Expr.Increment(at, true, fromEnd ? -1 : 1, Primitive.INT, span)),
            assign(target, source),
            span),
        Set.of());
  }

  /// Whether two arrays are one, if that is known.
  private Optional<Boolean> same(Run one, Run other) {
    Root first = root(one.base());
    Root second = root(other.base());
    if (first.value().equals(second.value())) {
      return Optional.of(first.offset() == second.offset());
    }
    if (first.isObject() && second.isObject()) {
      return Optional.of(
          first.object().equals(second.object()) && first.offset() == second.offset());
    }
    Optional<Region.Kind> here = Provenance.of(code.ssa(), one.base());
    Optional<Region.Kind> there = Provenance.of(code.ssa(), other.base());
    return here.isPresent() && there.isPresent() && !here.equals(there)
        ? Optional.of(false)
        : Optional.empty();
  }

  /// What an address was computed from, by adding a constant.
  ///
  /// @param object the slot or variable, if it is one; else empty
  private record Root(Value value, String object, long offset) {
    boolean isObject() {
      return !object.isEmpty();
    }
  }

  private Root root(Value address) {
    Value value = address;
    long offset = 0;
    while (true) {
      switch (code.ssa().definition(value).orElse(null)) {
        case org.bpf4j.compiler.ssa.Inst.Refine inst -> value = inst.value();
        case org.bpf4j.compiler.ssa.Inst.PtrAdd inst
            when code.constantOf(inst.offset()).isPresent() -> {
          offset += code.constantOf(inst.offset()).getAsLong();
          value = inst.base();
        }
        case org.bpf4j.compiler.ssa.Inst.StackAddress inst -> {
          return new Root(value, "slot " + inst.slot(), offset);
        }
        case org.bpf4j.compiler.ssa.Inst.GlobalAddress inst -> {
          return new Root(value, inst.section(), offset + inst.offset());
        }
        case null, default -> {
          return new Root(value, "", offset);
        }
      }
    }
  }

  // Java that stands in place of a call.

  private void check(CompareOp op, Value left, Value right) {
    code.ssa().check(op, left, right, AbortReason.INDEX_OUT_OF_BOUNDS);
  }

  private Local local(String name, Type type, Operand value) {
    Local local = new Local(--locals, name, type);
    Slot slot = new Slot(List.of(), false);
    slot.write(code.ssa(), value);
    body.frame().adopt(local, slot);
    return local;
  }

  private Local counter(Value first) {
    Local local = new Local(--locals, "index", Primitive.INT);
    List<Variable> variables = new ArrayList<>();
    variables.add(new Variable(first.type(), true));
    Slot slot = new Slot(variables, true);
    slot.write(code.ssa(), Operand.of(first));
    body.frame().adopt(local, slot);
    return local;
  }

  private static Expr.LocalPlace place(Local local, Span span) {
    return new Expr.LocalPlace(local, span);
  }

  private static Expr literal(long value, Span span) {
    return new Expr.Literal(Primitive.INT, value, span);
  }

  private static Expr sum(Expr left, Expr right, Span span) {
    return new Expr.Binary(Expr.BinaryOp.ADD, left, right, Primitive.INT, span);
  }

  private static Expr less(Expr left, Expr right, Span span) {
    return new Expr.Binary(Expr.BinaryOp.LT, left, right, Primitive.BOOLEAN, span);
  }

  private static Expr.Place element(Local array, Expr index, Span span) {
    if (!(array.type() instanceof Type.ArrayType(Type element))) {
      throw new CompilerBug(array + " is no array");
    }
    return new Expr.ElementPlace(place(array, span), index, element, span);
  }

  private static Stmt assign(Expr.Place target, Expr value) {
    return new Stmt.Evaluate(
        new Expr.Assign(target, value, target.type(), target.span()), target.span());
  }
}
