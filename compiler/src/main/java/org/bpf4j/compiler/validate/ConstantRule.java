package org.bpf4j.compiler.validate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.KernelArgument;
import org.bpf4j.compiler.ast.Library;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Unit.GlobalKind;
import org.bpf4j.compiler.ast.Walk;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;

/// Nothing is stored to `@Config` fields and constant tables: they lie in memory that the kernel
/// freezes before programs run.
final class ConstantRule implements Rule {

  @Override
  public List<Diagnostic> check(Program program) {
    Map<String, GlobalKind> kinds = new HashMap<>();
    program
        .globals()
        .forEach(global -> kinds.put(global.owner() + "." + global.name(), global.kind()));
    List<Diagnostic> found = new ArrayList<>();
    for (Unit.Function function : program.functions()) {
      Walk.expressions(
          function.body(),
          expr ->
              stored(expr)
                  .flatMap(place -> global(place))
                  .filter(
                      global ->
                          kinds.get(global.owner() + "." + global.name()) != GlobalKind.VARIABLE)
                  .ifPresent(global -> found.add(breach(expr, global))));
    }
    return found;
  }

  private static Diagnostic breach(Expr expr, Expr.GlobalPlace global) {
    return Diagnostic.error(
        Code.BPF2010,
        expr.span(),
        "`" + global.name() + "` is constant once programs run, and cannot be stored to",
        "leave out @Config or `final`, to make it a variable");
  }

  private static Optional<Expr> stored(Expr expr) {
    return switch (expr) {
      case Expr.Assign assign -> Optional.of(assign.target());
      case Expr.CompoundAssign assign -> Optional.of(assign.target());
      case Expr.Increment increment -> Optional.of(increment.target());
      case Expr.LibraryCall call ->
          switch (call.method()) {
            case Library method when method.writesReceiver() -> call.receiver();
            case KERNEL_STRING_COPY_TO -> call.arguments().stream().findFirst();
            case COPY -> call.arguments().stream().skip(1).findFirst();
            case ARRAYS_FILL -> call.arguments().stream().findFirst();
            case SYSTEM_ARRAYCOPY -> call.arguments().stream().skip(2).findFirst();
            default -> Optional.empty();
          };
      case Expr.KernelCall call ->
          KernelArgument.of(call).stream()
              .filter(argument -> argument.kind().isWritten())
              .flatMap(argument -> argument.expr().stream())
              .findFirst();
      default -> Optional.empty();
    };
  }

  private static Optional<Expr.GlobalPlace> global(Expr place) {
    return switch (place) {
      case Expr.GlobalPlace global -> Optional.of(global);
      case Expr.ElementPlace element -> global(element.array());
      case Expr.FieldPlace field -> global(field.object());
      default -> Optional.empty();
    };
  }
}
