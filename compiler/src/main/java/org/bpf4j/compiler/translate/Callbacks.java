package org.bpf4j.compiler.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Walk;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Terminator.AbortReason;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.MemorySize;

/// Makes functions of lambdas, which the kernel calls back.
///
/// Captures are copied into a block on the stack, whose address the kernel hands to the callback:
/// numbers as they are, references as addresses, which the verifier knows again when they are
/// loaded. So a captured struct or array is the caller's own, and no reference in the block may be
/// null. The block begins with a word that the callback sets when it aborts; its caller tests it
/// behind the call, and aborts too.
final class Callbacks {

  /// A word, though the flag needs less: the verifier follows whole words of the stack.
  private static final int WORD = 8;

  private final Body body;
  private final Code code;

  Callbacks(Body body) {
    this.body = body;
    this.code = body.code;
  }

  /// Code that the kernel can call back.
  ///
  /// @param function its address
  /// @param block the address of its captures, or null
  /// @param aborts whether it may abort
  record Callback(Value function, Value block, boolean aborts) {}

  /// A value in the block.
  private record Part(Value value, int offset) {}

  /// A captured local.
  private record Capture(Unit.Local local, Operand operand, List<Part> parts) {}

  /// Declares the parameters of a lambda in the function made of it.
  interface Entry {
    void declare(Body callback);
  }

  /// Makes a function of a lambda and fills its block.
  ///
  /// @param entry makes the parameters before the block's, and the lambda's own of them
  Callback make(Expr.Lambda lambda, Entry entry) {
    return make(lambda, Function.Role.CALLBACK, entry);
  }

  /// As [#make(Expr.Lambda, Entry)], with a role that is called back and captures.
  Callback make(Expr.Lambda lambda, Function.Role role, Entry entry) {
    List<Capture> captures = captures(lambda);
    Function function = function(lambda, entry, role, inner -> load(inner, captures));
    body.scope.addCallback(function);
    code.ssa().call(body.scope.effort(function.name()).times(LoopPlans.ROUNDS_OF_A_GRANTED_LOOP));
    boolean aborts =
        function.blocks().stream().anyMatch(b -> b.terminator() instanceof Terminator.Abort);
    body.at(lambda.span());
    Value address = code.functionAddress(function.name());
    int words = 1 + captures.stream().mapToInt(capture -> capture.parts().size()).sum();
    if (words == 1 && !aborts) {
      return new Callback(address, code.nullPointer(), false);
    }
    int slot = code.ssa().newSlot(words * WORD, "captures");
    Value block = code.stackAddress(slot, false);
    Address at = new Address(block, 0, Operand.MAX_ALIGN);
    code.store(at, MemorySize.DW, code.i64(0));
    for (Capture capture : captures) {
      for (Part part : capture.parts()) {
        code.store(at.plus(part.offset()), size(part.value()), part.value());
      }
    }
    return new Callback(address, block, aborts);
  }

  /// Makes a function of a lambda that is called when nobody waits for it, so it captures nothing.
  ///
  /// @return its address
  Value later(Expr.Lambda lambda, Entry entry) {
    Unit.Local captured = Walk.captures(lambda).stream().findFirst().orElse(null);
    if (captured != null) {
      throw new Refusal(
          Diagnostic.error(
              org.bpf4j.compiler.diagnostic.Code.BPF1016,
              lambda.span(),
              "`" + captured.name() + "` is not there any more when this code runs",
              "put what it needs into the map's value"));
    }
    Function function = function(lambda, entry, Function.Role.DEFERRED, _ -> {});
    body.scope.addCallback(function);
    body.at(lambda.span());
    return code.functionAddress(function.name());
  }

  /// Makes a function of a lambda that compares objects under a lock, so it captures nothing and
  /// does not abort.
  ///
  /// @return its address
  Value order(Expr.Lambda lambda, Entry entry) {
    Unit.Local captured = Walk.captures(lambda).stream().findFirst().orElse(null);
    if (captured != null) {
      throw new Refusal(
          Diagnostic.error(
              org.bpf4j.compiler.diagnostic.Code.BPF1016,
              lambda.span(),
              "`" + captured.name() + "` is not there where objects are compared",
              "compare what the two objects hold"));
    }
    Function function = function(lambda, entry, Function.Role.ORDER, _ -> {});
    if (function.blocks().stream().anyMatch(b -> b.terminator() instanceof Terminator.Abort)) {
      throw new Refusal(
          Diagnostic.error(
              org.bpf4j.compiler.diagnostic.Code.BPF2020,
              lambda.span(),
              "objects are compared by what may abort, and the tree would be left half changed",
              "(one, other) -> one.deadline < other.deadline"));
    }
    body.scope.addCallback(function);
    body.at(lambda.span());
    return code.functionAddress(function.name());
  }

  /// Aborts if the callback did.
  void check(Callback callback) {
    if (callback.aborts()) {
      Address flag = new Address(callback.block(), 0, Operand.MAX_ALIGN);
      Value aborted = code.load(flag, MemorySize.W, false);
      code.ssa().check(CompareOp.EQ, aborted, code.i32(0), AbortReason.CALLBACK_ABORTED);
    }
  }

  private List<Capture> captures(Expr.Lambda lambda) {
    body.at(lambda.span());
    List<Capture> captures = new ArrayList<>();
    int offset = WORD;
    for (Unit.Local local : Walk.captures(lambda)) {
      Operand operand = body.frame().local(local).read(code.ssa());
      List<Part> parts = new ArrayList<>();
      for (Value value : present(local, operand)) {
        parts.add(new Part(value, offset));
        offset += WORD;
      }
      obscure(local, operand);
      captures.add(new Capture(local, operand, parts));
    }
    return captures;
  }

  /// Makes what a captured struct or array on the stack holds unknown to the verifier: it follows
  /// the callback until nothing changes any more, and what it knows changes in each round.
  private void obscure(Unit.Local local, Operand operand) {
    int bytes = bytes(local.type(), operand);
    if (bytes == 0
        || Provenance.of(code.ssa(), operand.only()).orElse(Region.Kind.ANY) != Region.Kind.STACK) {
      return;
    }
    Address at = Provenance.place(code.ssa(), operand.only(), operand.align());
    int done = 0;
    while (done < bytes) {
      int most = Math.min(operand.align(), Integer.highestOneBit(bytes - done));
      MemorySize size = MemorySize.values()[0];
      for (MemorySize each : MemorySize.values()) {
        size = each.bytes() <= most && each.bytes() > size.bytes() ? each : size;
      }
      Value word = code.load(at.plus(done), size, false);
      Value zero = body.loops.zero(word.type());
      code.store(at.plus(done), size, code.binary(BinaryOp.XOR, word, zero));
      done += size.bytes();
    }
  }

  private int bytes(Type type, Operand operand) {
    return switch (type) {
      case Type.StructType struct -> body.scope.layouts().size(struct);
      case Type.AtomicType atomic -> body.scope.layouts().size(atomic);
      case Type.ArrayType(Type element) ->
          operand.extent() * body.scope.layouts().size(operand.lying(element));
      case Type.Special special when special == Type.Special.BPF_STRING -> operand.extent();
      case Type.Primitive _,
          Type.Boxed _,
          Type.EnumType _,
          Type.RecordType _,
          Type.RowType _,
          Type.ViewType _,
          Type.ArenaType _,
          Type.MapType _,
          Type.HeldType _,
          Type.ObjectType _,
          Type.CollectionType _,
          Type.Special _ ->
          0;
    };
  }

  /// The values of a captured local, without the flag that says whether it is null: it must not be.
  private List<Value> present(Unit.Local local, Operand operand) {
    List<Value> values = new ArrayList<>();
    if (body.shapes.flagged(local.type())) {
      for (Value value : operand.parts().subList(1, operand.parts().size())) {
        values.add(code.refine(value, new Fact.Present(operand.flag(), local.name())));
      }
      return values;
    }
    for (Value value : operand.parts()) {
      values.add(
          value.type() == org.bpf4j.compiler.ssa.Type.PTR
              ? code.refine(value, new Fact.NonNull(local.name()))
              : value);
    }
    return values;
  }

  private static MemorySize size(Value value) {
    return value.type() == org.bpf4j.compiler.ssa.Type.I32 ? MemorySize.W : MemorySize.DW;
  }

  /// A lambda as a function of the one around it.
  static Unit.Function source(Body body, Expr.Lambda lambda) {
    return new Unit.Function(
        body.frame().function().ref(),
        new Unit.Role.Callee(false),
        lambda.result(),
        lambda.parameters(),
        lambda.body(),
        lambda.span());
  }

  private Function function(Expr.Lambda lambda, Entry entry, Function.Role role, Entry captures) {
    Unit.Function source = source(body, lambda);
    Frame outermost = new Frame(source, body.frame().inlinedAt(), Optional.empty());
    Body callback = new Body(body.scope, role, outermost);
    if (role != Function.Role.DEFERRED) {
      callback.sections.isWithin(body.sections);
    }
    SsaBuilder ssa = callback.code.ssa();
    Draft end = ssa.newBlock();
    Slot result = callback.expressions.temporary(lambda.result());
    callback.enter(
        new Frame(
            source,
            body.frame().inlinedAt(),
            Optional.of(new Frame.Exit(lambda.result(), result, end))));
    callback.at(lambda.span());
    entry.declare(callback);
    captures.declare(callback);
    callback.statements.run(lambda.body());
    callback.at(lambda.span());
    ssa.jump(end);
    ssa.enterSealed(end);
    leave(callback, role, lambda.result(), result);
    callback.loops.settle();
    Function function =
        ssa.finish(
            body.scope.callbackName(),
            role,
            Optional.of(org.bpf4j.compiler.ssa.Type.I32),
            lambda.span());
    body.scope.spends(function.name(), callback.loops.effort(function));
    return function;
  }

  /// The kernel goes on at 0, and takes no other number than 0 and 1. An order says 1 for true.
  private static void leave(Body callback, Function.Role role, Type type, Slot result) {
    SsaBuilder ssa = callback.code.ssa();
    if (type == Type.Primitive.BOOLEAN) {
      Draft stop = ssa.newBlock();
      Draft goOn = ssa.newBlock();
      Value wanted = result.read(ssa).only();
      ssa.branch(CompareOp.NE, wanted, callback.code.i32(0), goOn, stop);
      ssa.enterSealed(stop);
      ssa.ret(Optional.of(callback.code.i32(role == Function.Role.ORDER ? 0 : 1)));
      ssa.enterSealed(goOn);
    }
    ssa.ret(Optional.of(callback.code.i32(role == Function.Role.ORDER ? 1 : 0)));
  }

  /// Declares the captured locals, with what the block holds.
  private void load(Body callback, List<Capture> captures) {
    SsaBuilder ssa = callback.code.ssa();
    Value block = ssa.parameter(ssa.entry(), org.bpf4j.compiler.ssa.Type.PTR);
    ssa.give(block, Region.CAPTURED);
    Address at = new Address(block, 0, Operand.MAX_ALIGN);
    for (Capture capture : captures) {
      List<Value> values = new ArrayList<>();
      if (body.shapes.flagged(capture.local().type())) {
        values.add(callback.code.i32(1));
      }
      for (Part part : capture.parts()) {
        org.bpf4j.compiler.ssa.Type type = part.value().type();
        Value value = callback.code.load(at.plus(part.offset()), size(part.value()), false, type);
        if (type == org.bpf4j.compiler.ssa.Type.PTR) {
          ssa.give(value, Provenance.region(code.ssa(), part.value()));
        }
        values.add(value);
      }
      Operand operand = capture.operand().with(values);
      callback.frame().declare(capture.local(), callback.shapes).write(ssa, operand);
    }
  }
}
