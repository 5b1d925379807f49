package org.bpf4j.compiler.translate;

import java.util.Optional;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.GlobalLayout.Placement;
import org.bpf4j.compiler.ast.Layouts;
import org.bpf4j.compiler.ast.Layouts.Field;
import org.bpf4j.compiler.ast.Layouts.StructLayout;
import org.bpf4j.compiler.ast.Library;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Special;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.object.Helper;

/// Ring buffers: records that are reserved, filled in place, and handed over.
final class RingCalls {
  // The figures of `bpf_ringbuf_query`: `BPF_RB_AVAIL_DATA` and those behind it.
  static final int PENDING_BYTES = 0;
  static final int SIZE_BYTES = 1;
  static final int CONSUMER_POSITION = 2;
  static final int PRODUCER_POSITION = 3;

  private final Body body;
  private final Code code;

  RingCalls(Body body) {
    this.body = body;
    this.code = body.code;
  }

  /// A new record or null; each null is counted, so that user space sees what was lost.
  Operand reserve(Expr.LibraryCall call) {
    Expr.MapRef ring = MapCalls.named(call);
    if (!(MapCalls.mapOf(call).value() instanceof Type.StructType record)) {
      throw new CompilerBug("not a ring of structs at " + call.span());
    }
    StructLayout layout = body.scope.layouts().struct(record.name());
    body.at(call.span());
    Value map = code.mapAddress(MapCalls.symbol(body, call));
    Value address =
        code.call(
            Helper.RINGBUF_RESERVE,
            org.bpf4j.compiler.ssa.Type.PTR,
            map,
            code.i64(layout.size()),
            code.i64(0));
    Draft there = code.ssa().newBlock();
    Draft full = code.ssa().newBlock();
    Draft join = code.ssa().newBlock();
    Value result = code.ssa().parameter(join, org.bpf4j.compiler.ssa.Type.PTR);
    code.ssa().branch(CompareOp.NE, address, code.nullPointer(), there, full);
    code.ssa().enterSealed(there);
    Address start = new Address(address, 0, Operand.MAX_ALIGN);
    zero(start, layout);
    body.allocations.begin(start, record);
    code.ssa().jump(join, address);
    code.ssa().enterSealed(full);
    countLost(ring);
    code.ssa().jump(join, code.nullPointer());
    code.ssa().enterSealed(join);
    return Operand.reference(result, 0, Operand.MAX_ALIGN);
  }

  /// Counts a record for which there was no room.
  void countLost(Expr.MapRef ring) {
    Placement lost = body.scope.globals().lost(ring.owner(), ring.name());
    Value counter = code.globalAddress(lost.section(), lost.offset());
    code.ssa()
        .add(
            new Inst.Atomic(
                Optional.empty(),
                Inst.AtomicOp.ADD,
                MemorySize.DW,
                counter,
                0,
                code.i64(1),
                Optional.empty(),
                Region.ANY,
                code.ssa().origin()));
  }

  /// Zeroes a record; of a string only its first word, since what stands behind the terminator is
  /// unspecified in rings. Words that hold other members too are zeroed whole.
  private void zero(Address at, StructLayout layout) {
    int from = 0;
    for (Field field : layout.fields()) {
      if (field.member().type() == Special.BPF_STRING) {
        int start = Layouts.roundUp(field.offset() + 1, Operand.MAX_ALIGN);
        int end = (field.offset() + field.bytes()) & -Operand.MAX_ALIGN;
        if (from <= start && start < end) {
          code.zero(at.plus(from), start - from);
          from = end;
        }
      }
    }
    code.zero(at.plus(from), layout.size() - from);
  }

  /// A figure of the ring.
  Operand query(Expr.LibraryCall call, int figure) {
    body.at(call.span());
    Value map = code.mapAddress(MapCalls.symbol(body, call));
    return Operand.of(
        code.call(Helper.RINGBUF_QUERY, org.bpf4j.compiler.ssa.Type.I64, map, code.i64(figure)));
  }

  Operand release(Expr.LibraryCall call) {
    Expr record = call.arguments().getFirst();
    Value address = body.expressions.valueAs(record, record.type()).only();
    body.at(call.span());
    Value there = code.refine(address, new Fact.NonNull(Subjects.of(record)));
    Helper helper =
        call.method() == Library.RING_SUBMIT ? Helper.RINGBUF_SUBMIT : Helper.RINGBUF_DISCARD;
    code.run(helper, there, code.i64(0));
    return Operand.NOTHING;
  }
}
