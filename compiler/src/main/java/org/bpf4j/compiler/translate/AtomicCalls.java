package org.bpf4j.compiler.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Library;
import org.bpf4j.compiler.ast.Type.AtomicType;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Inst.AtomicOp;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Terminator.AbortReason;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.MemorySize;

/// `AtomicInteger` and `AtomicLong`: one atomic instruction for each method that changes the cell.
///
/// `get` and `set` are plain loads and stores of aligned words, which do not tear; they are not
/// merged across calls, since other CPUs write shared memory at any time. `getAcquire` and
/// `setRelease` are read-modify-writes, which every kernel since 5.12 orders fully.
final class AtomicCalls {
  /// How often `updateAndGet` and its kin try: other CPUs may change the cell in between, and the
  /// verifier must see an end.
  private static final int MAX_ATTEMPTS = 32;

  /// In a loop, each round of which the verifier may follow once for each attempt that it begins
  /// with.
  private static final int MAX_ATTEMPTS_IN_A_LOOP = 8;

  private final Body body;
  private final Code code;

  private record Cell(Value address, MemorySize size, Type type) {}

  AtomicCalls(Body body) {
    this.body = body;
    this.code = body.code;
  }

  /// Translates a method; without use of the old value the instruction does not fetch it.
  Operand call(Expr.LibraryCall call, boolean used) {
    Cell cell = cell(call);
    return switch (call.method()) {
      case ATOMIC_GET, ATOMIC_GET_PLAIN, ATOMIC_GET_OPAQUE -> Operand.of(load(cell));
      case ATOMIC_INT_VALUE -> Operand.of(converted(load(cell), Type.I32));
      case ATOMIC_LONG_VALUE -> Operand.of(converted(load(cell), Type.I64));
      case ATOMIC_GET_ACQUIRE ->
          Operand.of(fetch(cell, AtomicOp.ADD, code.number(cell.type(), 0), Optional.empty()));
      case ATOMIC_SET_RELEASE, ATOMIC_LAZY_SET -> {
        fetch(cell, AtomicOp.XCHG, argument(call, 0), Optional.empty());
        yield Operand.NOTHING;
      }
      case ATOMIC_SET, ATOMIC_SET_PLAIN, ATOMIC_SET_OPAQUE -> {
        Value value = argument(call, 0);
        code.store(at(cell), cell.size(), value);
        yield Operand.NOTHING;
      }
      case ATOMIC_INCREMENT_AND_GET -> add(cell, code.number(cell.type(), 1), true, used);
      case ATOMIC_GET_AND_INCREMENT -> add(cell, code.number(cell.type(), 1), false, used);
      case ATOMIC_DECREMENT_AND_GET -> add(cell, code.number(cell.type(), -1), true, used);
      case ATOMIC_GET_AND_DECREMENT -> add(cell, code.number(cell.type(), -1), false, used);
      case ATOMIC_ADD_AND_GET -> add(cell, argument(call, 0), true, used);
      case ATOMIC_GET_AND_ADD -> add(cell, argument(call, 0), false, used);
      case ATOMIC_GET_AND_SET ->
          Operand.of(fetch(cell, AtomicOp.XCHG, argument(call, 0), Optional.empty()));
      case ATOMIC_GET_AND_UPDATE,
          ATOMIC_UPDATE_AND_GET,
          ATOMIC_GET_AND_ACCUMULATE,
          ATOMIC_ACCUMULATE_AND_GET ->
          update(cell, call);
      case ATOMIC_COMPARE_AND_EXCHANGE,
          ATOMIC_COMPARE_AND_EXCHANGE_ACQUIRE,
          ATOMIC_COMPARE_AND_EXCHANGE_RELEASE -> {
        Value expected = argument(call, 0);
        Value value = argument(call, 1);
        yield Operand.of(fetch(cell, AtomicOp.CMPXCHG, value, Optional.of(expected)));
      }
      case ATOMIC_COMPARE_AND_SET,
          ATOMIC_WEAK_COMPARE_AND_SET_PLAIN,
          ATOMIC_WEAK_COMPARE_AND_SET_VOLATILE,
          ATOMIC_WEAK_COMPARE_AND_SET_ACQUIRE,
          ATOMIC_WEAK_COMPARE_AND_SET_RELEASE -> {
        Value expected = argument(call, 0);
        Value value = argument(call, 1);
        Value old = fetch(cell, AtomicOp.CMPXCHG, value, Optional.of(expected));
        yield Operand.of(code.compare(CompareOp.EQ, old, expected));
      }
      default -> throw new CompilerBug(call.method() + " is no atomic");
    };
  }

  /// Others change the cell at any time, so each reading is one.
  private Value load(Cell cell) {
    return code.load(at(cell).kept(true), cell.size(), false);
  }

  private Value converted(Value number, Type type) {
    if (number.type() == type) {
      return number;
    }
    return code.unary(type == Type.I64 ? UnaryOp.SEXT32 : UnaryOp.TRUNC, number);
  }

  /// Computes and exchanges until nobody else has changed the cell meanwhile.
  private Operand update(Cell cell, Expr.LibraryCall call) {
    boolean accumulates = call.arguments().size() == 2;
    Optional<Value> operand =
        accumulates ? Optional.of(argument(call, 0)) : Optional.<Value>empty();
    if (!(call.arguments().getLast() instanceof Expr.Lambda lambda)) {
      throw new CompilerBug("no lambda in " + call.method());
    }
    boolean after =
        call.method() == Library.ATOMIC_UPDATE_AND_GET
            || call.method() == Library.ATOMIC_ACCUMULATE_AND_GET;
    Optional<AtomicStep> step = AtomicStep.of(lambda);
    if (step.isPresent() && isCompiled(cell, step.get())) {
      return step(cell, step.get(), operand, after);
    }
    SsaBuilder ssa = code.ssa();
    body.at(call.span());
    int count = body.loops.isInside() ? MAX_ATTEMPTS_IN_A_LOOP : MAX_ATTEMPTS;
    Attempts attempts = new Attempts(code, load(cell), count);
    Value old = attempts.seen();
    List<Operand> arguments = new ArrayList<>(List.of(Operand.of(old)));
    operand.ifPresent(value -> arguments.add(Operand.of(value)));
    Value next = body.calls.inline(lambda, arguments).only();
    body.at(call.span());
    Value seen = fetch(cell, AtomicOp.CMPXCHG, next, Optional.of(old));
    Draft done = ssa.newBlock();
    Draft again = ssa.newBlock();
    ssa.branch(CompareOp.EQ, seen, old, done, again);
    ssa.enterSealed(again);
    ssa.check(CompareOp.NE, attempts.failed(seen), code.i32(0), AbortReason.LOOP_BUDGET);
    attempts.again();
    ssa.enterSealed(done);
    return Operand.of(after ? next : old);
  }

  /// Whether every kernel compiles the step: in arenas none does that fetches a bit operation's old
  /// value (`bpf_jit_supports_insn`).
  private boolean isCompiled(Cell cell, AtomicStep step) {
    return step.op() == AtomicOp.ADD
        || Provenance.of(code.ssa(), cell.address())
            .filter(kind -> kind == Region.Kind.ARENA)
            .isEmpty();
  }

  private Operand step(Cell cell, AtomicStep step, Optional<Value> given, boolean after) {
    Value operand = step.operand().map(body.expressions::number).or(() -> given).orElseThrow();
    Value amount = step.negated() ? code.unary(UnaryOp.NEG, operand) : operand;
    Value old = fetch(cell, step.op(), amount, Optional.empty());
    return Operand.of(after ? combined(step.op(), old, amount) : old);
  }

  private Value combined(AtomicOp op, Value left, Value right) {
    return switch (op) {
      case ADD -> code.binary(BinaryOp.ADD, left, right);
      case AND -> code.binary(BinaryOp.AND, left, right);
      case OR -> code.binary(BinaryOp.OR, left, right);
      case XOR -> code.binary(BinaryOp.XOR, left, right);
      case XCHG, CMPXCHG -> throw new CompilerBug(op + " does not compute");
    };
  }

  private Cell cell(Expr.LibraryCall call) {
    if (!(LibraryCalls.receiverOf(call).type() instanceof AtomicType(Primitive primitive))) {
      throw new CompilerBug(call.method() + " on something that is no atomic");
    }
    Value address = body.library.receiver(call);
    if (Scattered.isNeeded(code, address)) {
      throw new Refusal(
          Diagnostic.error(
              org.bpf4j.compiler.diagnostic.Code.BPF2015,
              call.span(),
              "the program's argument has no atomics: nobody else sees it while the program runs",
              "use an int or long field"));
    }
    return primitive == Primitive.LONG
        ? new Cell(address, MemorySize.DW, Type.I64)
        : new Cell(address, MemorySize.W, Type.I32);
  }

  private static Address at(Cell cell) {
    return new Address(cell.address(), 0, cell.size().bytes());
  }

  private Value argument(Expr.LibraryCall call, int index) {
    Value value = body.expressions.number(call.arguments().get(index));
    body.at(call.span());
    return value;
  }

  private Operand add(Cell cell, Value amount, boolean after, boolean used) {
    if (!used && !isPrivate(cell)) {
      atomic(Optional.empty(), cell, AtomicOp.ADD, amount, Optional.empty());
      return Operand.NOTHING;
    }
    Value old = fetch(cell, AtomicOp.ADD, amount, Optional.empty());
    return Operand.of(after ? code.binary(BinaryOp.ADD, old, amount) : old);
  }

  private Value fetch(Cell cell, AtomicOp op, Value operand, Optional<Value> expected) {
    if (isPrivate(cell)) {
      return fetchPrivate(cell, op, operand, expected);
    }
    Value old = code.ssa().newValue(cell.type());
    atomic(Optional.of(old), cell, op, operand, expected);
    return old;
  }

  /// Whether nobody else sees the cell. Atomic instructions are not allowed on all of the stack.
  private boolean isPrivate(Cell cell) {
    return Provenance.of(code.ssa(), cell.address())
        .filter(kind -> kind == Region.Kind.STACK)
        .isPresent();
  }

  private Value fetchPrivate(Cell cell, AtomicOp op, Value operand, Optional<Value> expected) {
    Value old = code.load(at(cell), cell.size(), false);
    Value next =
        switch (op) {
          case ADD, AND, OR, XOR -> combined(op, old, operand);
          case XCHG -> operand;
          case CMPXCHG -> code.choose(CompareOp.EQ, old, expected.orElseThrow(), operand, old);
        };
    code.store(at(cell), cell.size(), next);
    return old;
  }

  private void atomic(
      Optional<Value> result, Cell cell, AtomicOp op, Value operand, Optional<Value> expected) {
    code.ssa()
        .add(
            new Inst.Atomic(
                result,
                op,
                cell.size(),
                cell.address(),
                0,
                operand,
                expected,
                Region.ANY,
                code.ssa().origin()));
  }
}
