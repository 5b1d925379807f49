package org.bpf4j.compiler.translate;

import java.util.List;
import java.util.OptionalInt;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Library;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.object.ContextLayout;
import org.bpf4j.object.Helper;
import org.bpf4j.object.PacketSlices;
import org.bpf4j.object.ProgramType;

/// Methods of contexts: packet bytes, and what moves them.
final class PacketCalls {

  /// `MAX_PACKET_OFF`: the verifier takes no offset into a packet beyond it.
  private static final int MAX_OFFSET = 0xffff;

  private final Body body;
  private final org.bpf4j.compiler.translate.Code code;

  PacketCalls(Body body) {
    this.body = body;
    this.code = body.code;
  }

  /// A view, or null if it would reach beyond the packet: the check that the verifier wants, on the
  /// address that is then used. An offset is bounded first; none beyond 64 KiB can be in a packet's
  /// linear part.
  Operand header(Expr.LibraryCall call) {
    if (!(call.arguments().getFirst() instanceof Expr.ClassLiteral view)) {
      throw refused(call, "the view must be a class literal", "ctx.header(Ipv4.class, 14)");
    }
    Value context = body.expressions.value(LibraryCalls.receiverOf(call)).only();
    Value offset = body.expressions.number(call.arguments().get(1));
    body.at(call.span());
    int bytes = body.scope.layouts().view(view.name()).size();
    Draft beyond = code.ssa().newBlock();
    Value distance = distance(offset, MAX_OFFSET - bytes, beyond);
    Value start = code.pointerAdd(bound(context, packet().data()), distance);
    return within(start, bytes, bound(context, packet().dataEnd()), beyond);
  }

  /// A view of the first bytes before the packet, or null if the packet begins before the view
  /// ends.
  Operand metadata(Expr.LibraryCall call) {
    if (!(call.arguments().getFirst() instanceof Expr.ClassLiteral view)) {
      throw refused(call, "the view must be a class literal", "ctx.metadata(Mark.class)");
    }
    Value context = body.expressions.value(LibraryCalls.receiverOf(call)).only();
    body.at(call.span());
    int meta =
        packet().meta().orElseThrow(() -> new CompilerBug("no metadata in " + body.scope.kind()));
    int bytes = body.scope.layouts().view(view.name()).size();
    Value start = bound(context, meta);
    return within(start, bytes, bound(context, packet().data()), code.ssa().newBlock());
  }

  /// The address where a view begins if it ends no later than something else does, or null.
  private Operand within(Value start, int bytes, Value limit, Draft beyond) {
    Draft there = code.ssa().newBlock();
    Draft join = code.ssa().newBlock();
    Value present = code.ssa().parameter(join, Type.I32);
    Value address = code.ssa().parameter(join, Type.PTR);
    Value end = code.pointerAdd(start, code.i64(bytes));
    code.ssa().branch(CompareOp.ULE, end, limit, there, beyond);
    code.ssa().enterSealed(there);
    Value checked = code.refine(start, new Fact.PacketBytes(bytes));
    code.ssa().jump(join, code.i32(1), checked);
    code.ssa().enterSealed(beyond);
    code.ssa().jump(join, code.i32(0), code.nullPointer());
    code.ssa().enterSealed(join);
    return Operand.of(List.of(present, address));
  }

  /// A view of a copy on the stack, or null if the packet ends before the view does.
  Operand load(Expr.LibraryCall call) {
    if (!(call.arguments().getFirst() instanceof Expr.ClassLiteral view)) {
      throw refused(call, "the view must be a class literal", "ctx.load(Ipv4.class, 14)");
    }
    Value context = body.expressions.value(LibraryCalls.receiverOf(call)).only();
    Value offset = body.expressions.number(call.arguments().get(1));
    body.at(call.span());
    int bytes = body.scope.layouts().view(view.name()).size();
    Address copy = body.allocations.copy(bytes, view.name());
    Value result =
        code.call(
            Helper.SKB_LOAD_BYTES,
            Type.I64,
            context,
            code.unary(UnaryOp.SEXT32, offset),
            copy.base(),
            code.i64(bytes));
    return Operand.of(List.of(code.compare(CompareOp.EQ, result, 0), copy.base()));
  }

  /// A view of bytes wherever they are, or null if the packet ends before: the kernel gives their
  /// address, or copies them to the stack and gives that. An offset below zero is one far beyond.
  /// Each call has a dynptr of its own: slices die with theirs, as kernels after 6.18 see to. What
  /// may be written is no copy.
  Operand slice(Expr.LibraryCall call) {
    if (!(call.arguments().getFirst() instanceof Expr.ClassLiteral view)) {
      throw refused(call, "the view must be a class literal", "ctx.slice(Ipv4.class, 14)");
    }
    Value context = body.expressions.value(LibraryCalls.receiverOf(call)).only();
    Value offset = body.expressions.number(call.arguments().get(1));
    body.at(call.span());
    int bytes = body.scope.layouts().view(view.name()).size();
    int slot = code.ssa().newSlot(RecordCalls.DYNPTR_BYTES, "slice");
    boolean writable = call.method() == Library.CONTEXT_WRITABLE_SLICE;
    Value dynptr = code.stackAddress(slot, writable);
    boolean xdp = body.scope.kind().type() == ProgramType.XDP;
    code.run(xdp ? PacketSlices.FROM_XDP : PacketSlices.FROM_SKB, context, code.i64(0), dynptr);
    Value copy = writable ? code.nullPointer() : body.allocations.copy(bytes, view.name()).base();
    Value found =
        code.call(
            writable ? PacketSlices.WRITABLE : PacketSlices.SLICE,
            Type.PTR,
            dynptr,
            code.unary(UnaryOp.ZEXT32, offset),
            copy,
            code.i64(bytes));
    code.ssa().give(found, Region.PACKET);
    Draft there = code.ssa().newBlock();
    Draft beyond = code.ssa().newBlock();
    Draft join = code.ssa().newBlock();
    Value present = code.ssa().parameter(join, Type.I32);
    Value address = code.ssa().parameter(join, Type.PTR);
    code.ssa().branch(CompareOp.NE, found, code.nullPointer(), there, beyond);
    code.ssa().enterSealed(there);
    code.ssa().jump(join, code.i32(1), code.refine(found, new Fact.NonNull(view.name())));
    code.ssa().enterSealed(beyond);
    code.ssa().jump(join, code.i32(0), code.nullPointer());
    code.ssa().enterSealed(join);
    return Operand.of(List.of(present, address));
  }

  /// The offset as a bounded 64-bit number; one out of range, negative ones included, is beyond.
  private Value distance(Value offset, int max, Draft beyond) {
    long constant = code.constantOf(offset).orElse(-1);
    if (constant >= 0 && constant <= max) {
      return code.i64(constant);
    }
    Draft inRange = code.ssa().newBlock();
    code.ssa().branch(CompareOp.ULE, offset, code.i32(max), inRange, beyond);
    code.ssa().enterSealed(inRange);
    Value refined = code.refine(offset, new Fact.Range(0, max));
    return code.unary(UnaryOp.ZEXT32, refined);
  }

  /// An address that a field of the context holds, such as `data` or `data_end`.
  private Value bound(Value context, int offset) {
    MemorySize size = packet().wide() ? MemorySize.DW : MemorySize.W;
    return code.load(Address.unaligned(context, offset), size, false, Type.PTR);
  }

  private ContextLayout.Packet packet() {
    return body.scope
        .kind()
        .packet()
        .orElseThrow(() -> new CompilerBug("no packet in " + body.scope.kind()));
  }

  /// The packet's length: a field of the context if it has one, else that of the linear part.
  ///
  /// It takes a way over the stack, in the upper half of a word, where no verifier takes it for a
  /// spilled register. A verifier that wants to know where a number comes from, and finds two
  /// addresses, wants to know every number from then on; those of Linux 6.18 then look for some on
  /// the stack where there was none yet, and give up ("verifier bug: stack slot").
  Operand length(Expr.LibraryCall call) {
    Value context = body.expressions.value(LibraryCalls.receiverOf(call)).only();
    body.at(call.span());
    OptionalInt field = packet().length();
    if (field.isPresent()) {
      Address at = Address.unaligned(context, field.getAsInt());
      return Operand.of(code.load(at, MemorySize.W, false));
    }
    Value end = code.unary(UnaryOp.ADDRESS, bound(context, packet().dataEnd()));
    Value start = code.unary(UnaryOp.ADDRESS, bound(context, packet().data()));
    Value length = code.unary(UnaryOp.TRUNC, code.binary(BinaryOp.SUB, end, start));
    org.bpf4j.compiler.translate.Code.Scratch word = code.scratch(Long.BYTES);
    Address half = word.address().plus(Integer.BYTES).kept(true);
    code.store(half, MemorySize.W, length);
    Value read = code.load(half, MemorySize.W, false);
    code.release(word);
    return Operand.of(read);
  }

  /// Methods that may move the packet; they tell whether they did.
  Operand move(Expr.LibraryCall call) {
    Value context = body.expressions.value(LibraryCalls.receiverOf(call)).only();
    Value amount = body.expressions.number(call.arguments().getFirst());
    body.at(call.span());
    Value wide = code.unary(UnaryOp.SEXT32, amount);
    Value result =
        call.method() == Library.TC_CHANGE_TAIL
            ? code.call(helper(call.method()), Type.I64, context, wide, code.i64(0))
            : code.call(helper(call.method()), Type.I64, context, wide);
    return Operand.of(code.compare(CompareOp.EQ, result, 0));
  }

  private static Helper helper(Library method) {
    return switch (method) {
      case XDP_ADJUST_HEAD -> Helper.XDP_ADJUST_HEAD;
      case XDP_ADJUST_TAIL -> Helper.XDP_ADJUST_TAIL;
      case XDP_ADJUST_META -> Helper.XDP_ADJUST_META;
      case TC_PULL -> Helper.SKB_PULL_DATA;
      case TC_CHANGE_TAIL -> Helper.SKB_CHANGE_TAIL;
      default -> throw new CompilerBug(method + " moves no packet");
    };
  }

  /// `struct bpf_raw_tracepoint_args`: one `__u64` for each argument.
  Operand rawArgument(Expr.LibraryCall call) {
    Value context = body.expressions.value(LibraryCalls.receiverOf(call)).only();
    Value index = body.expressions.number(call.arguments().getFirst());
    body.at(call.span());
    long constant = code.constantOf(index).orElse(-1);
    if (constant < 0 || constant > 11) {
      throw refused(
          call,
          "the number of the argument must be a constant from 0 to 11",
          "long task = ctx.argument(0); choose between two calls, not between two numbers");
    }
    Address at = Address.unaligned(context, 8 * (int) constant);
    return Operand.of(code.load(at, MemorySize.DW, false));
  }

  private static Refusal refused(Expr.LibraryCall call, String message, String help) {
    return new Refusal(Diagnostic.error(Code.BPF2015, call.span(), message, help));
  }
}
