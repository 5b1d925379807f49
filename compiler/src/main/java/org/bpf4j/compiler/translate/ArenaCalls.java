package org.bpf4j.compiler.translate;

import java.util.List;
import java.util.Optional;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Layouts;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Inst.AtomicOp;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Terminator.AbortReason;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.MemorySize;

/// Arenas: an object is made of a free one of its size, or where none has been yet.
///
/// The first page keeps the books; the address 0, which is null, lies in it. Its first word counts
/// the bytes behind the page that were ever given out, and the word at `n` tells the free objects
/// of `n` bytes: its low half where the first one is, which tells the next by its own first word,
/// its upper half how often it was changed, so that an exchange fails if anything happened since it
/// was read.
final class ArenaCalls {

  /// Bytes of a page on the machines that bpf4j supports, and of the books.
  private static final int PAGE = 4096;

  /// How often a free object is tried for; then a new one is made.
  private static final int ATTEMPTS = 4;

  /// How often it is tried to give an object back; then the program aborts.
  private static final int ATTEMPTS_TO_FREE = 8;

  private static final int HALF = 32;

  private final Body body;
  private final Code code;

  ArenaCalls(Body body) {
    this.body = body;
    this.code = body.code;
  }

  /// The bytes that objects of an arena's struct take.
  private int size(Expr expr) {
    if (!(expr.type() instanceof Type.ArenaType(String name))) {
      throw new CompilerBug("no struct of an arena at " + expr.span());
    }
    int bytes = Layouts.roundUp(body.scope.layouts().struct(name).size(), Long.BYTES);
    if (bytes > PAGE - Long.BYTES) {
      throw new Refusal(
          Diagnostic.error(
              org.bpf4j.compiler.diagnostic.Code.BPF2019,
              expr.span(),
              "an object of " + bytes + " bytes is too large for an arena",
              "make it of several objects of at most 4088 bytes, which refer to each other"));
    }
    return bytes;
  }

  /// The address of a new object, zeroed, or 0.
  Operand allocate(Expr.LibraryCall call) {
    int bytes = size(call);
    long last = (body.scope.arenaPages() - 1L) * PAGE - bytes;
    SsaBuilder ssa = code.ssa();
    body.at(call.span());
    Draft found = ssa.newBlock();
    Value place = ssa.parameter(found, org.bpf4j.compiler.ssa.Type.I64);
    reuse(bytes, found);
    extend(bytes, last, found);
    ssa.enterSealed(found);
    Draft make = ssa.newBlock();
    Draft end = ssa.newBlock();
    Value result = ssa.parameter(end, org.bpf4j.compiler.ssa.Type.I64);
    Value none = code.i64(0);
    ssa.branch(CompareOp.NE, place, none, make, List.of(), end, List.of(none));
    ssa.enterSealed(make);
    code.zero(new Address(code.unary(UnaryOp.ARENA, place), 0, Operand.MAX_ALIGN), bytes);
    ssa.jump(end, code.unary(UnaryOp.ARENA_ADDRESS, place));
    ssa.enterSealed(end);
    return Operand.of(result);
  }

  /// Takes a free object, and goes on with its place; falls through if there is none.
  private void reuse(int bytes, Draft found) {
    SsaBuilder ssa = code.ssa();
    Address books = new Address(code.unary(UnaryOp.ARENA, code.i64(bytes)), 0, Operand.MAX_ALIGN);
    Draft some = ssa.newBlock();
    Draft retry = ssa.newBlock();
    Draft again = ssa.newBlock();
    Draft none = ssa.newBlock();
    Attempts attempts =
        new Attempts(code, code.load(books.kept(true), MemorySize.DW, false), ATTEMPTS);
    Value old = attempts.seen();
    Value first = low(old);
    ssa.branch(CompareOp.NE, first, code.i64(0), some, none);
    ssa.enterSealed(some);
    Address object = new Address(code.unary(UnaryOp.ARENA, first), 0, Operand.MAX_ALIGN);
    Value next = low(code.load(object.kept(true), MemorySize.DW, false));
    Value now = exchange(books, old, next);
    ssa.branch(CompareOp.EQ, now, old, found, List.of(first), retry, List.of());
    ssa.enterSealed(retry);
    ssa.branch(CompareOp.NE, attempts.failed(now), code.i32(0), again, none);
    ssa.enterSealed(again);
    attempts.again();
    ssa.enterSealed(none);
  }

  /// Goes on with a place where nothing has been yet, or with 0.
  private void extend(int bytes, long last, Draft found) {
    SsaBuilder ssa = code.ssa();
    Value none = code.i64(0);
    if (last < 0) {
      ssa.jump(found, none);
      return;
    }
    Address used = new Address(code.unary(UnaryOp.ARENA, none), 0, Operand.MAX_ALIGN);
    Draft room = ssa.newBlock();
    Draft taken = ssa.newBlock();
    Value end = code.i64(last);
    Value before = code.load(used.kept(true), MemorySize.DW, false);
    ssa.branch(CompareOp.ULE, before, end, room, List.of(), found, List.of(none));
    ssa.enterSealed(room);
    Value mine = atomic(used, AtomicOp.ADD, code.i64(bytes), Optional.empty());
    ssa.branch(CompareOp.ULE, mine, end, taken, List.of(), found, List.of(none));
    ssa.enterSealed(taken);
    ssa.jump(found, code.binary(BinaryOp.ADD, mine, PAGE));
  }

  /// Puts an object before the free ones of its size.
  Operand free(Expr.LibraryCall call) {
    Expr given = call.arguments().getFirst();
    int bytes = size(given);
    Value value = body.expressions.number(given);
    SsaBuilder ssa = code.ssa();
    body.at(call.span());
    Value there = code.refine(value, new Fact.NonNull(Subjects.of(given)));
    Address object = new Address(code.unary(UnaryOp.ARENA, there), 0, Operand.MAX_ALIGN);
    Address books = new Address(code.unary(UnaryOp.ARENA, code.i64(bytes)), 0, Operand.MAX_ALIGN);
    Draft retry = ssa.newBlock();
    Draft done = ssa.newBlock();
    Attempts attempts =
        new Attempts(code, code.load(books.kept(true), MemorySize.DW, false), ATTEMPTS_TO_FREE);
    Value old = attempts.seen();
    code.store(object, MemorySize.DW, low(old));
    Value now = exchange(books, old, low(there));
    ssa.branch(CompareOp.EQ, now, old, done, retry);
    ssa.enterSealed(retry);
    ssa.check(CompareOp.NE, attempts.failed(now), code.i32(0), AbortReason.LOOP_BUDGET);
    attempts.again();
    ssa.enterSealed(done);
    return Operand.NOTHING;
  }

  private Value low(Value word) {
    return code.unary(UnaryOp.ZEXT32, code.unary(UnaryOp.TRUNC, word));
  }

  /// Lets a word of the books tell another first object, if it is still what it was.
  ///
  /// @return what it was
  private Value exchange(Address books, Value old, Value first) {
    Value changes = code.binary(BinaryOp.ADD, code.binary(BinaryOp.SHR, old, code.i32(HALF)), 1);
    Value upper = code.binary(BinaryOp.SHL, changes, code.i32(HALF));
    Value word = code.binary(BinaryOp.OR, upper, first);
    return atomic(books, AtomicOp.CMPXCHG, word, Optional.of(old));
  }

  private Value atomic(Address at, AtomicOp op, Value operand, Optional<Value> expected) {
    Value before = code.ssa().newValue(org.bpf4j.compiler.ssa.Type.I64);
    code.ssa()
        .add(
            new Inst.Atomic(
                Optional.of(before),
                op,
                MemorySize.DW,
                at.base(),
                at.offset(),
                operand,
                expected,
                Region.ANY,
                code.ssa().origin()));
    return before;
  }
}
