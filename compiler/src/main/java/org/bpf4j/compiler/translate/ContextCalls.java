package org.bpf4j.compiler.translate;

import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Terminator.AbortReason;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.object.Helper;

/// Methods of contexts without packets: each is one helper call on the context.
final class ContextCalls {
  private final Body body;
  private final Code code;

  ContextCalls(Body body) {
    this.body = body;
    this.code = body.code;
  }

  Operand call(Expr.LibraryCall call) {
    Value context = body.expressions.value(LibraryCalls.receiverOf(call)).only();
    return switch (call.method()) {
      case SOCKET_SET_OPTION -> setOption(call, context);
      case SOCKET_SET_CALLBACK_FLAGS -> {
        Value flags = body.expressions.number(call.arguments().getFirst());
        body.at(call.span());
        yield result(code.call(Helper.SOCK_OPS_CB_FLAGS_SET, Type.I64, context, wide(flags)));
      }
      case SYSCTL_NAME -> text(call, context, Helper.SYSCTL_GET_NAME);
      case SYSCTL_CURRENT_VALUE -> text(call, context, Helper.SYSCTL_GET_CURRENT_VALUE);
      case SYSCTL_NEW_VALUE -> text(call, context, Helper.SYSCTL_GET_NEW_VALUE);
      case SYSCTL_REPLACE_VALUE -> replace(call, context);
      case NETFILTER_STATE -> pointer(call, context, 0);
      case NETFILTER_PACKET -> pointer(call, context, Long.BYTES);
      default -> throw new CompilerBug(call.method() + " is no method of a context");
    };
  }

  /// One of the pointers of `struct bpf_nf_ctx`, as a view's address.
  private Operand pointer(Expr.LibraryCall call, Value context, int offset) {
    body.at(call.span());
    return Operand.of(code.load(Address.unaligned(context, offset), MemorySize.DW, false));
  }

  /// `bpf_setsockopt` with a value of four bytes.
  private Operand setOption(Expr.LibraryCall call, Value context) {
    Value level = body.expressions.number(call.arguments().getFirst());
    Value option = body.expressions.number(call.arguments().get(1));
    Value value = body.expressions.number(call.arguments().get(2));
    body.at(call.span());
    org.bpf4j.compiler.translate.Code.Scratch scratch = code.scratch(Integer.BYTES);
    code.store(scratch.address(), MemorySize.W, value);
    Value result =
        code.call(
            Helper.SETSOCKOPT,
            Type.I64,
            context,
            wide(level),
            wide(option),
            scratch.address().base(),
            code.i64(Integer.BYTES));
    code.release(scratch);
    return result(result);
  }

  /// Lets a helper write a text.
  private Operand text(Expr.LibraryCall call, Value context, Helper helper) {
    Operand to = string(call);
    body.at(call.span());
    Value size = code.i64(to.extent());
    return result(
        body.library
            .strings()
            .fill(
                to,
                true,
                room ->
                    helper == Helper.SYSCTL_GET_NAME
                        ? code.call(helper, Type.I64, context, room, size, code.i64(0))
                        : code.call(helper, Type.I64, context, room, size)));
  }

  private Operand replace(Expr.LibraryCall call, Value context) {
    Operand by = string(call);
    Value bytes = body.expressions.number(call.arguments().get(1));
    body.at(call.span());
    Value less = code.binary(org.bpf4j.compiler.ssa.Inst.BinaryOp.SUB, bytes, 1);
    code.ssa().check(CompareOp.ULT, less, code.i32(by.extent()), AbortReason.INDEX_OUT_OF_BOUNDS);
    Value inRange = code.refine(bytes, new Fact.Range(1, by.extent()));
    return result(
        code.call(
            Helper.SYSCTL_SET_NEW_VALUE,
            Type.I64,
            context,
            by.only(),
            code.unary(UnaryOp.ZEXT32, inRange)));
  }

  private Operand string(Expr.LibraryCall call) {
    Expr text = call.arguments().getFirst();
    Operand operand = body.expressions.value(text);
    body.at(text.span());
    Value there = code.refine(operand.only(), new Fact.NonNull(Subjects.of(text)));
    return operand.with(java.util.List.of(there));
  }

  private Value wide(Value number) {
    return code.unary(UnaryOp.SEXT32, number);
  }

  private Operand result(Value wide) {
    return Operand.of(code.unary(UnaryOp.TRUNC, wide));
  }
}
