package org.bpf4j.compiler.translate;

import java.util.ArrayList;
import java.util.List;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Library;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.Helper;

/// Ring records of a length that the program computes: dynptrs, each in a place on the stack of its
/// own.
///
/// The kernel wants a dynptr back also where there was no room, and does not see that the address
/// of a stack slot is not null; so it is given back at once, and a flag says which case it is.
final class RecordCalls {

  /// `struct bpf_dynptr`.
  static final int DYNPTR_BYTES = 16;

  private final Body body;
  private final Code code;
  private final RingCalls rings;
  private int offsets;

  RecordCalls(Body body, RingCalls rings) {
    this.body = body;
    this.code = body.code;
    this.rings = rings;
  }

  /// A record or null; each null is counted.
  Operand reserve(Expr.LibraryCall call) {
    Expr.MapRef ring = MapCalls.named(call);
    Value length = body.expressions.number(call.arguments().getFirst());
    body.at(call.span());
    Value map = code.mapAddress(MapCalls.symbol(body, call));
    int slot = code.ssa().newSlot(DYNPTR_BYTES, "record");
    Value place = code.stackAddress(slot, true);
    Value result =
        code.call(
            Helper.RINGBUF_RESERVE_DYNPTR,
            org.bpf4j.compiler.ssa.Type.I64,
            map,
            code.unary(UnaryOp.ZEXT32, length),
            code.i64(0),
            place);
    Draft there = code.ssa().newBlock();
    Draft full = code.ssa().newBlock();
    Draft join = code.ssa().newBlock();
    Value present = code.ssa().parameter(join, org.bpf4j.compiler.ssa.Type.I32);
    Value address = code.ssa().parameter(join, org.bpf4j.compiler.ssa.Type.PTR);
    code.ssa().branch(CompareOp.EQ, result, code.i64(0), there, full);
    code.ssa().enterSealed(there);
    code.ssa().jump(join, code.i32(1), place);
    code.ssa().enterSealed(full);
    code.run(Helper.RINGBUF_DISCARD_DYNPTR, place, code.i64(0));
    rings.countLost(ring);
    code.ssa().jump(join, code.i32(0), code.nullPointer());
    code.ssa().enterSealed(join);
    return Operand.pair(present, address);
  }

  Operand release(Expr.LibraryCall call) {
    Value record = record(call.arguments().getFirst(), call.span());
    Helper helper =
        call.method() == Library.RING_SUBMIT
            ? Helper.RINGBUF_SUBMIT_DYNPTR
            : Helper.RINGBUF_DISCARD_DYNPTR;
    code.run(helper, record, code.i64(0));
    return Operand.NOTHING;
  }

  /// `record.write(offset, from)`, also of a part of an array.
  Operand write(Expr.LibraryCall call) {
    List<Expr> arguments = new ArrayList<>();
    arguments.add(LibraryCalls.receiverOf(call));
    arguments.addAll(call.arguments());
    return copied(call, Helper.DYNPTR_WRITE, arguments);
  }

  /// `record.read(offset, to)`; Java evaluates the offset first, and the kernel wants it last.
  Operand read(Expr.LibraryCall call) {
    Expr given = call.arguments().getFirst();
    offsets++;
    Unit.Local offset = new Unit.Local(-offsets, "offset", given.type());
    Operand value = body.expressions.value(given);
    body.frame().declare(offset, body.shapes).write(code.ssa(), value);
    List<Expr> arguments = new ArrayList<>(call.arguments().subList(1, call.arguments().size()));
    arguments.add(LibraryCalls.receiverOf(call));
    arguments.add(new Expr.LocalPlace(offset, given.span()));
    return copied(call, Helper.DYNPTR_READ, arguments);
  }

  private Operand copied(Expr.LibraryCall call, Helper helper, List<Expr> arguments) {
    arguments.add(new Expr.Literal(Type.Primitive.INT, 0, call.span()));
    Operand result =
        body.library
            .helpers()
            .call(new Expr.KernelCall(helper, arguments, Type.Primitive.INT, call.span()));
    return Operand.of(code.compare(CompareOp.EQ, result.only(), 0));
  }

  /// A struct within the record, or null if the record ends before the struct does.
  Operand data(Expr.LibraryCall call) {
    Value record = record(LibraryCalls.receiverOf(call), call.span());
    Value offset = body.expressions.number(call.arguments().getFirst());
    body.at(call.span());
    Value address =
        code.call(
            Helper.DYNPTR_DATA,
            org.bpf4j.compiler.ssa.Type.PTR,
            record,
            code.unary(UnaryOp.ZEXT32, offset),
            code.i64(body.memory.size(call.type())));
    code.ssa().give(address, Region.ring(""));
    return Operand.reference(address, 0, 1);
  }

  private Value record(Expr expr, Span span) {
    Operand record = body.expressions.value(expr);
    body.at(span);
    return code.refine(
        record.parts().getLast(), new Fact.Present(record.flag(), Subjects.of(expr)));
  }
}
