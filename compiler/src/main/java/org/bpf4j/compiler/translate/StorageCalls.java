package org.bpf4j.compiler.translate;

import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Library;
import org.bpf4j.compiler.ast.MapForm;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.Helper;

/// Values that hang on tasks, sockets, inodes and control groups.
final class StorageCalls {

  /// `BPF_LOCAL_STORAGE_GET_F_CREATE`.
  private static final int CREATE = 1;

  private final Body body;
  private final org.bpf4j.compiler.translate.Code code;
  private final MapCalls maps;

  StorageCalls(Body body, MapCalls maps) {
    this.body = body;
    this.code = body.code;
    this.maps = maps;
  }

  /// The value, made if there is none and that is asked for, or null.
  Operand get(Expr.LibraryCall call) {
    MapForm.Owned row = MapCalls.mapOf(call).form().owned();
    Value map = maps.map(call);
    Value owner = body.views.owner(call.arguments().getFirst(), row.owner());
    body.at(call.span());
    boolean create = call.method() == Library.STORAGE_GET_OR_CREATE;
    Value address =
        code.call(
            row.get(),
            org.bpf4j.compiler.ssa.Type.PTR,
            map,
            owner,
            code.nullPointer(),
            code.i64(create ? CREATE : 0));
    return Operand.reference(address, 0, Operand.MAX_ALIGN);
  }

  /// The value of the control group that the program is attached to, which is always there.
  Operand attached(Expr.LibraryCall call) {
    Value map = maps.map(call);
    body.at(call.span());
    Value address =
        code.call(Helper.GET_LOCAL_STORAGE, org.bpf4j.compiler.ssa.Type.PTR, map, code.i64(0));
    return Operand.reference(address, 0, Operand.MAX_ALIGN);
  }

  /// Whether there was a value.
  Operand delete(Expr.LibraryCall call) {
    MapForm.Owned row = MapCalls.mapOf(call).form().owned();
    Value map = maps.map(call);
    Value owner = body.views.owner(call.arguments().getFirst(), row.owner());
    body.at(call.span());
    Value result = code.call(row.delete(), org.bpf4j.compiler.ssa.Type.I64, map, owner);
    return Operand.of(code.compare(CompareOp.EQ, result, 0));
  }
}
