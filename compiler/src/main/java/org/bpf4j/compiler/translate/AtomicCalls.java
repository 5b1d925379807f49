package org.bpf4j.compiler.translate;

import java.util.Optional;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Type.AtomicType;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Inst.AtomicOp;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.MemorySize;

/// `AtomicInteger` and `AtomicLong`: one atomic instruction for each method that changes the cell.
///
/// `get` and `set` are plain loads and stores of aligned words, which do not tear; they are not
/// merged across calls, since other CPUs write shared memory at any time.
final class AtomicCalls {
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
      case ATOMIC_GET -> Operand.of(code.load(at(cell), cell.size(), false));
      case ATOMIC_SET -> {
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
      case ATOMIC_COMPARE_AND_SET -> {
        Value expected = argument(call, 0);
        Value value = argument(call, 1);
        Value old = fetch(cell, AtomicOp.CMPXCHG, value, Optional.of(expected));
        yield Operand.of(code.compare(CompareOp.EQ, old, expected));
      }
      default -> throw new CompilerBug(call.method() + " is no atomic");
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
          case ADD -> code.binary(BinaryOp.ADD, old, operand);
          case AND -> code.binary(BinaryOp.AND, old, operand);
          case OR -> code.binary(BinaryOp.OR, old, operand);
          case XOR -> code.binary(BinaryOp.XOR, old, operand);
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
