package org.bpf4j.compiler.translate;

import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Library;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Terminator.AbortReason;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.Helper;
import org.bpf4j.object.PacketOutput;

/// Maps whose helpers are their own: queues, filters, events, stacks of calls, control groups and
/// places to send frames to.
final class OtherMapCalls {

  /// `BPF_EXIST`: a full queue drops its oldest value.
  static final long EVICT = 2;

  /// `BPF_F_CURRENT_CPU`.
  private static final long CURRENT_CPU = 0xffff_ffffL;

  private final Body body;
  private final Code code;
  private final MapCalls maps;

  OtherMapCalls(Body body, MapCalls maps) {
    this.body = body;
    this.code = body.code;
    this.maps = maps;
  }

  private Value call(Helper helper, Value... arguments) {
    return code.call(helper, org.bpf4j.compiler.ssa.Type.I64, arguments);
  }

  /// Whether there was room.
  Operand push(Expr.LibraryCall call, long flags) {
    Value map = maps.map(call);
    Memory.Argument value = argument(call);
    Value result = call(Helper.MAP_PUSH_ELEM, map, value.pointer(), code.i64(flags));
    body.memory.release(value);
    return call.type() == Type.Special.VOID
        ? Operand.NOTHING
        : Operand.of(code.compare(CompareOp.EQ, result, 0));
  }

  Operand mightContain(Expr.LibraryCall call) {
    Value map = maps.map(call);
    Memory.Argument value = argument(call);
    Value result = call(Helper.MAP_PEEK_ELEM, map, value.pointer());
    body.memory.release(value);
    return Operand.of(code.compare(CompareOp.EQ, result, 0));
  }

  /// A value or null; a struct gets a place on the stack of its own, as `new` does.
  Operand take(Expr.LibraryCall call, Helper helper) {
    Type value = MapCalls.mapOf(call).value();
    Value map = maps.map(call);
    body.at(call.span());
    int slot = code.ssa().newSlot(body.memory.size(value), "value");
    Value place = code.stackAddress(slot, value instanceof Type.StructType);
    Value result = call(helper, map, place);
    return maps.contentsIf(CompareOp.EQ, result, code.i64(0), place, value);
  }

  private Memory.Argument argument(Expr.LibraryCall call) {
    Memory.Argument value =
        maps.argument(MapCalls.mapOf(call).value(), call.arguments().getFirst());
    body.at(call.span());
    return value;
  }

  /// The number behind the record is how many of its bytes are meant, or how many of the packet's,
  /// which stand in the upper half of the flags: the kernel refuses those that it has no room for.
  Operand output(Expr.LibraryCall call) {
    Expr event = call.arguments().getFirst();
    if (!(MapCalls.mapOf(call).value() instanceof Type.StructType type)) {
      throw new CompilerBug("not a map of struct events at " + call.span());
    }
    Value map = maps.map(call);
    Value address = body.expressions.valueAs(event, type).only();
    int size = body.scope.layouts().struct(type.name()).size();
    Value bytes = code.i64(size);
    Value flags = code.i64(CURRENT_CPU);
    if (call.arguments().size() > 1) {
      Value count = body.expressions.number(call.arguments().getLast());
      body.at(call.span());
      if (call.method() == Library.EVENTS_OUTPUT_FIRST) {
        bytes = atMost(count, size);
      } else {
        Value wide = code.unary(UnaryOp.ZEXT32, count);
        Value length = code.binary(BinaryOp.SHL, wide, PacketOutput.LENGTH_SHIFT);
        flags = code.binary(BinaryOp.OR, length, flags);
      }
    }
    body.at(call.span());
    Value there = code.refine(address, new Fact.NonNull(Subjects.of(event)));
    Value result = call(Helper.PERF_EVENT_OUTPUT, body.context(call), map, flags, there, bytes);
    return Operand.of(code.compare(CompareOp.EQ, result, 0));
  }

  private Value atMost(Value number, int most) {
    code.ssa().check(CompareOp.ULE, number, code.i32(most), AbortReason.INDEX_OUT_OF_BOUNDS);
    return code.unary(UnaryOp.ZEXT32, code.refine(number, new Fact.Range(0, most)));
  }

  Operand stackId(Expr.LibraryCall call) {
    Value map = maps.map(call);
    Value flags = wide(call, 0);
    Value result = call(Helper.GET_STACKID, body.context(call), map, flags);
    return Operand.of(code.unary(UnaryOp.TRUNC, result));
  }

  Operand isUnder(Expr.LibraryCall call) {
    Value map = maps.map(call);
    Value index = wide(call, 0);
    Value result = call(Helper.CURRENT_TASK_UNDER_CGROUP, map, index);
    return Operand.of(code.compare(CompareOp.EQ, result, 1));
  }

  /// The action for a missing entry stands in the lowest bits of the flags; `XDP_REDIRECT` is no
  /// such, and makes the kernel give `XDP_ABORTED`.
  Operand redirect(Expr.LibraryCall call) {
    Value map = maps.map(call);
    Value key = wide(call, 0);
    Value otherwise = wide(call, 1);
    Value result = call(Helper.REDIRECT_MAP, map, key, otherwise);
    return Operand.of(code.unary(UnaryOp.TRUNC, result));
  }

  private Value wide(Expr.LibraryCall call, int index) {
    Value value = body.expressions.value(call.arguments().get(index)).only();
    body.at(call.span());
    return code.unary(UnaryOp.ZEXT32, value);
  }
}
