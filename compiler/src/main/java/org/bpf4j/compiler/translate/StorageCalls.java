package org.bpf4j.compiler.translate;

import org.bpf4j.compiler.ast.Declaration.ViewDecl;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Library;
import org.bpf4j.compiler.ast.MapForm;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Value;

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
    Value owner = owner(call, row);
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

  /// Whether there was a value.
  Operand delete(Expr.LibraryCall call) {
    MapForm.Owned row = MapCalls.mapOf(call).form().owned();
    Value map = maps.map(call);
    Value owner = owner(call, row);
    Value result = code.call(row.delete(), org.bpf4j.compiler.ssa.Type.I64, map, owner);
    return Operand.of(code.compare(CompareOp.EQ, result, 0));
  }

  private Value owner(Expr.LibraryCall call, MapForm.Owned row) {
    Expr expr = call.arguments().getFirst();
    boolean fits =
        expr.type() instanceof Type.ViewType(String name)
            && isOwner(body.shapes.declaration(name), row.owner());
    if (!fits) {
      throw new Refusal(
          Diagnostic.error(
              Code.BPF2018,
              expr.span(),
              "the values hang on another object of the kernel: a " + row.owner(),
              "hand over a view of struct " + row.owner()));
    }
    Value owner = body.expressions.value(expr).only();
    body.at(call.span());
    return code.refine(owner, new Fact.NonNull(Subjects.of(expr)));
  }

  private static boolean isOwner(ViewDecl view, String struct) {
    String name = view.kernelType().replaceFirst("___.*", "");
    boolean socket = struct.equals("sock") && (view.isSocket() || name.endsWith("_sock"));
    return name.equals(struct) || socket;
  }
}
