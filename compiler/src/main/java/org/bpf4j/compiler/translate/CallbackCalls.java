package org.bpf4j.compiler.translate;

import java.util.List;
import java.util.Optional;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Layouts;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.Helper;
import org.bpf4j.object.Kfunc;
import org.bpf4j.object.WorkQueue;

/// Calls that call back: `Helpers.loop` and the `forEach` of maps.
final class CallbackCalls {
  /// `CLOCK_MONOTONIC`.
  private static final int MONOTONIC = 1;

  private final Body body;
  private final Code code;
  private final Callbacks callbacks;

  CallbackCalls(Body body) {
    this.body = body;
    this.code = body.code;
    this.callbacks = new Callbacks(body);
  }

  /// `bpf_loop(count, callback, block, 0)`; the callback gets the index and the block.
  ///
  /// A count that the verifier knows to be zero makes it skip the callback, and then refuse the
  /// address of what it has never seen. So nothing of the call is reached for zero.
  Operand loop(Expr.LibraryCall call) {
    Value count = body.expressions.number(call.arguments().getFirst());
    SsaBuilder ssa = code.ssa();
    Draft join = ssa.newBlock();
    Value rounds = ssa.parameter(join, org.bpf4j.compiler.ssa.Type.I64);
    Draft some = ssa.newBlock();
    ssa.branch(CompareOp.NE, count, code.i32(0), some, List.of(), join, List.of(code.i64(0)));
    ssa.enterSealed(some);
    ssa.jump(join, looped(call, count));
    ssa.enterSealed(join);
    return Operand.of(code.unary(UnaryOp.TRUNC, rounds));
  }

  private Value looped(Expr.LibraryCall call, Value count) {
    Expr.Lambda lambda = lambda(call, 1);
    Callbacks.Callback callback =
        callbacks.make(
            lambda,
            inner -> {
              SsaBuilder ssa = inner.code.ssa();
              Value index = ssa.parameter(ssa.entry(), org.bpf4j.compiler.ssa.Type.I32);
              declare(inner, lambda.parameters().getFirst(), Operand.of(index));
            });
    body.at(call.span());
    Value rounds =
        code.call(
            Helper.LOOP,
            org.bpf4j.compiler.ssa.Type.I64,
            code.unary(UnaryOp.ZEXT32, count),
            callback.function(),
            callback.block(),
            code.i64(0));
    callbacks.check(callback);
    return rounds;
  }

  /// `bpf_find_vma(task, address, callback, block, 0)`; the callback gets the task, the area of its
  /// memory, which the kernel vouches for, and the block.
  Operand findVma(Expr.LibraryCall call) {
    Expr taskExpr = call.arguments().getFirst();
    Value given = body.views.owner(taskExpr, "task_struct");
    Value address = body.expressions.number(call.arguments().get(1));
    Expr.Lambda lambda = lambda(call, 3);
    Callbacks.Callback callback =
        callbacks.make(
            lambda,
            Function.Role.CALLED_ONCE,
            inner -> {
              SsaBuilder ssa = inner.code.ssa();
              ssa.parameter(ssa.entry(), org.bpf4j.compiler.ssa.Type.PTR);
              Value area = ssa.parameter(ssa.entry(), org.bpf4j.compiler.ssa.Type.PTR);
              ssa.give(area, Region.KERNEL);
              Value known = inner.code.refine(area, new Fact.Trusted(false));
              declare(
                  inner,
                  lambda.parameters().getFirst(),
                  Operand.of(inner.code.unary(UnaryOp.ADDRESS, known)));
            });
    body.at(call.span());
    Value result =
        code.call(
            Helper.FIND_VMA,
            org.bpf4j.compiler.ssa.Type.I64,
            given,
            address,
            callback.function(),
            callback.block(),
            code.i64(0));
    callbacks.check(callback);
    return Operand.of(code.unary(UnaryOp.TRUNC, result));
  }

  /// `bpf_for_each_map_elem(map, callback, block, 0)`; the callback gets the map, the addresses of
  /// key and value, and the block.
  Operand forEach(Expr.LibraryCall call) {
    String map = MapCalls.symbol(body, call);
    Expr.Lambda lambda = lambda(call, 0);
    Callbacks.Callback callback = callbacks.make(lambda, inner -> entry(inner, lambda, map));
    body.at(call.span());
    code.run(
        Helper.FOR_EACH_MAP_ELEM,
        code.mapAddress(map),
        callback.function(),
        callback.block(),
        code.i64(0));
    callbacks.check(callback);
    return Operand.NOTHING;
  }

  /// Parameters of code that is called with a map, and the addresses of a key and a value.
  private static void entry(Body inner, Expr.Lambda lambda, String map) {
    SsaBuilder ssa = inner.code.ssa();
    ssa.parameter(ssa.entry(), org.bpf4j.compiler.ssa.Type.PTR);
    Value key = ssa.parameter(ssa.entry(), org.bpf4j.compiler.ssa.Type.PTR);
    Value value = ssa.parameter(ssa.entry(), org.bpf4j.compiler.ssa.Type.PTR);
    ssa.give(value, Region.map(map));
    inner.at(lambda.span());
    declare(inner, lambda.parameters().getFirst(), contents(inner, key, lambda, 0));
    declare(inner, lambda.parameters().getLast(), contents(inner, value, lambda, 1));
  }

  /// `bpf_user_ringbuf_drain(map, callback, block, 0)`; the callback gets a dynptr of the record
  /// and the block. A record that is too short to be an event is passed over.
  Operand drain(Expr.LibraryCall call) {
    String ring = MapCalls.symbol(body, call);
    Expr.Lambda lambda = lambda(call, 0);
    Callbacks.Callback callback = callbacks.make(lambda, inner -> event(inner, lambda, ring));
    body.at(call.span());
    Value count =
        code.call(
            Helper.USER_RINGBUF_DRAIN,
            org.bpf4j.compiler.ssa.Type.I64,
            code.mapAddress(ring),
            callback.function(),
            callback.block(),
            code.i64(0));
    callbacks.check(callback);
    return Operand.of(code.unary(UnaryOp.TRUNC, count));
  }

  /// The parameter of code that is called with a dynptr of a record in a ring.
  private static void event(Body inner, Expr.Lambda lambda, String ring) {
    SsaBuilder ssa = inner.code.ssa();
    Unit.Local parameter = lambda.parameters().getFirst();
    Value record = ssa.parameter(ssa.entry(), org.bpf4j.compiler.ssa.Type.PTR);
    inner.at(lambda.span());
    Value bytes = inner.code.i64(inner.memory.size(parameter.type()));
    Value address =
        inner.code.call(
            Helper.DYNPTR_DATA, org.bpf4j.compiler.ssa.Type.PTR, record, inner.code.i64(0), bytes);
    ssa.give(address, Region.ring(ring));
    Draft there = ssa.newBlock();
    Draft tooShort = ssa.newBlock();
    ssa.branch(CompareOp.NE, address, inner.code.nullPointer(), there, tooShort);
    ssa.enterSealed(tooShort);
    ssa.ret(Optional.of(inner.code.i32(0)));
    ssa.enterSealed(there);
    Value event = inner.code.refine(address, new Fact.NonNull(parameter.name()));
    declare(inner, parameter, Operand.reference(event, 0, Operand.MAX_ALIGN));
  }

  /// `timer.start(map, nanoseconds, code)`: the timer is set up, which it may be already, given its
  /// code, and started.
  Operand startTimer(Expr.LibraryCall call) {
    String map = owner(call, "a timer", "session.expiry.start(sessions, 1_000_000, (key, s) -> …)");
    Value timer = body.library.receiver(call);
    Value nanoseconds = body.expressions.number(call.arguments().get(1));
    Expr.Lambda lambda = lambda(call, 2);
    body.at(call.span());
    code.run(Helper.TIMER_INIT, timer, code.mapAddress(map), code.i64(MONOTONIC));
    Value function = callbacks.later(lambda, inner -> entry(inner, lambda, map));
    body.at(call.span());
    code.run(Helper.TIMER_SET_CALLBACK, timer, function);
    return started(timer, nanoseconds);
  }

  /// The kernel keeps the code of a timer, so that it need not be given again.
  Operand restartTimer(Expr.LibraryCall call) {
    Value timer = body.library.receiver(call);
    Value nanoseconds = body.expressions.number(call.arguments().getFirst());
    body.at(call.span());
    return started(timer, nanoseconds);
  }

  private Operand started(Value timer, Value nanoseconds) {
    Value result =
        code.call(
            Helper.TIMER_START, org.bpf4j.compiler.ssa.Type.I64, timer, nanoseconds, code.i64(0));
    return Operand.of(code.compare(CompareOp.EQ, result, 0));
  }

  /// The map that a member is started with, whose value it must be in.
  private String owner(Expr.LibraryCall call, String member, String example) {
    Expr given = call.arguments().getFirst();
    if (!(given instanceof Expr.MapRef ref)
        || !(ref.type() instanceof Type.MapType type)
        || !(LibraryCalls.receiverOf(call) instanceof Expr.FieldPlace place)
        || !type.value().equals(new Type.StructType(place.struct()))) {
      throw new Refusal(
          Diagnostic.error(
              org.bpf4j.compiler.diagnostic.Code.BPF2017,
              given.span(),
              member + " is started with the map whose value it is in",
              example));
    }
    return body.scope.symbols().map(ref.owner(), ref.name());
  }

  /// `work.start(map, code)`: it is set up, which it may be already, given its code by the function
  /// that the kernel has for that, and started.
  Operand startWork(Expr.LibraryCall call) {
    String map = owner(call, "work", "session.cleaning.start(sessions, (key, s) -> …)");
    Value work = body.library.receiver(call);
    Expr.Lambda lambda = lambda(call, 1);
    body.at(call.span());
    code.run(WorkQueue.INIT, work, code.mapAddress(map), code.i64(0));
    Value function = callbacks.later(lambda, inner -> entry(inner, lambda, map));
    body.at(call.span());
    ifThere(
        WorkQueue.SET_CALLBACK_BEFORE,
        () -> code.run(WorkQueue.SET_CALLBACK_BEFORE, work, function, code.i64(0), code.i64(0)));
    ifThere(
        WorkQueue.SET_CALLBACK,
        () -> code.run(WorkQueue.SET_CALLBACK, work, function, code.i64(0)));
    Value result = code.call(WorkQueue.START, org.bpf4j.compiler.ssa.Type.I64, work, code.i64(0));
    return Operand.of(code.compare(CompareOp.EQ, result, 0));
  }

  /// Does something if the kernel has a function.
  private void ifThere(Kfunc function, Runnable action) {
    SsaBuilder ssa = code.ssa();
    Draft there = ssa.newBlock();
    Draft join = ssa.newBlock();
    Value address = code.kernelAddress(function.name(), true);
    ssa.branch(CompareOp.NE, address, code.nullPointer(), there, join);
    ssa.enterSealed(there);
    action.run();
    ssa.jump(join);
    ssa.enterSealed(join);
  }

  /// Whether the timer was running.
  Operand cancelTimer(Expr.LibraryCall call) {
    Value timer = body.library.receiver(call);
    Value result = code.call(Helper.TIMER_CANCEL, org.bpf4j.compiler.ssa.Type.I64, timer);
    return Operand.of(code.compare(CompareOp.EQ, result, 1));
  }

  private static Operand contents(Body inner, Value address, Expr.Lambda lambda, int parameter) {
    Type type = lambda.parameters().get(parameter).type();
    Address at = new Address(address, 0, Operand.MAX_ALIGN);
    return inner.memory.read(at, type, Layouts.defaultStorage(type), 0);
  }

  private static void declare(Body inner, Unit.Local parameter, Operand value) {
    inner.frame().declare(parameter, inner.shapes).write(inner.code.ssa(), value);
  }

  private static Expr.Lambda lambda(Expr.LibraryCall call, int argument) {
    if (call.arguments().get(argument) instanceof Expr.Lambda lambda) {
      return lambda;
    }
    throw new CompilerBug("no lambda in " + call.method() + " at " + call.span());
  }
}
