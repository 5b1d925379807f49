package org.bpf4j.compiler.validate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Library;
import org.bpf4j.compiler.ast.MapForm;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Stmt;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Unit.Local;
import org.bpf4j.compiler.ast.Walk;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;

/// Notes a read-modify-write of a map value that all CPUs share: two programs at once lose counts.
///
/// Only locals that are declared with the lookup are followed; a warning, since losing counts may be
/// accepted.
final class SharedValueRule implements Rule {

  @Override
  public List<Diagnostic> check(Program program) {
    List<Diagnostic> found = new ArrayList<>();
    for (Unit.Function function : program.functions()) {
      Set<Local> shared = sharedLocals(function);
      Walk.expressions(
          function.body(),
          expr -> {
            Expr target =
                switch (expr) {
                  case Expr.CompoundAssign assign -> assign.target();
                  case Expr.Increment increment -> increment.target();
                  default -> expr;
                };
            if (target != expr
                && target instanceof Expr.FieldPlace(Expr object, _, String field, _, _)
                && object instanceof Expr.LocalPlace(Local local, _)
                && shared.contains(local)) {
              found.add(
                  Diagnostic.warning(
                      Code.BPF2016,
                      expr.span(),
                      "`" + local.name() + "." + field + "` is shared by all CPUs: two programs at"
                          + " once may lose a change",
                      "use an AtomicLong field, or a per-CPU map"));
            }
          });
    }
    return found;
  }

  private static Set<Local> sharedLocals(Unit.Function function) {
    Set<Local> shared = new HashSet<>();
    Walk.statements(
        function.body(),
        stmt -> {
          if (stmt instanceof Stmt.Declare declare
              && declare.value().isPresent()
              && declare.value().get() instanceof Expr.LibraryCall call
              && call.method() == Library.MAP_GET
              && call.type() instanceof Type.StructType
              && call.receiver().isPresent()
              && call.receiver().get().type() instanceof Type.MapType map
              && (map.form() == MapForm.HASH
                  || map.form() == MapForm.LRU_HASH
                  || map.form() == MapForm.ARRAY)) {
            shared.add(declare.local());
          }
        });
    return shared;
  }
}
