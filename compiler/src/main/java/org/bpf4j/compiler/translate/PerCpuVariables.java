package org.bpf4j.compiler.translate;

import java.util.List;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Library;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Unit.Global;
import org.bpf4j.compiler.ast.Unit.GlobalKind;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.Helper;
import org.bpf4j.object.KfuncType;

/// Variables of the kernel that each CPU has its own of: the argument names one, and is not read.
final class PerCpuVariables {
  private final Body body;
  private final org.bpf4j.compiler.translate.Code code;

  PerCpuVariables(Body body) {
    this.body = body;
    this.code = body.code;
  }

  /// The variable of this CPU, or that of a CPU, or null if there is no such CPU. A number is read
  /// as others of the kernel are, which gives 0 for null.
  Operand call(Expr.LibraryCall call) {
    Global variable = variable(call);
    String symbol = body.scope.symbols().global(variable.owner(), variable.name());
    boolean weak = variable.symbol().map(Unit.KernelSymbol::optional).orElse(false);
    boolean here = call.method() == Library.THIS_CPU_PTR;
    List<Value> cpu =
        here
            ? List.of()
            : List.of(code.unary(UnaryOp.ZEXT32, body.expressions.number(call.arguments().get(1))));
    body.at(call.span());
    Value all = code.perCpuVariable(symbol, weak, type(variable));
    Value address =
        here
            ? code.call(Helper.THIS_CPU_PTR, org.bpf4j.compiler.ssa.Type.I64, all)
            : code.call(Helper.PER_CPU_PTR, org.bpf4j.compiler.ssa.Type.I64, all, cpu.getFirst());
    Operand there = body.views.kernel().probe(address, variable.type(), variable.storage(), 0);
    if (variable.type() instanceof Type.ViewType) {
      return there;
    }
    Value present = here ? code.i32(1) : code.compare(CompareOp.NE, address, 0);
    return Operand.pair(present, there.only());
  }

  private Global variable(Expr.LibraryCall call) {
    Expr argument = call.arguments().getFirst();
    Expr named = argument instanceof Expr.Convert convert ? convert.operand() : argument;
    if (named instanceof Expr.GlobalPlace place) {
      Global global = body.scope.global(place.owner(), place.name());
      if (global.kind() == GlobalKind.KERNEL_VARIABLE) {
        return global;
      }
    }
    throw new Refusal(
        Diagnostic.error(
            Code.BPF2018,
            argument.span(),
            "only variables of the kernel are there once for each CPU",
            "name a field that is annotated @Ksym"));
  }

  private KfuncType type(Global variable) {
    return variable.type() instanceof Type.ViewType(String view)
        ? KfuncType.struct(body.shapes.declaration(view).kernelType().replaceFirst("___.*", ""))
        : KfuncType.number(variable.storage().bytes(), variable.storage().signed());
  }
}
