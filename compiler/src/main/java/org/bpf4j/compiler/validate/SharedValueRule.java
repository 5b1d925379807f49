package org.bpf4j.compiler.validate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Library;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Stmt;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Walk;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;

/// Warns of `s.count++` on a map value that all CPUs share: two of them may read the same number,
/// and one increment is lost.
///
/// Values of per-CPU maps are not shared, and what a lock guards is safe. What is not an update in
/// one expression is not seen.
final class SharedValueRule implements Rule {

  @Override
  public List<Diagnostic> check(Program program) {
    return program.functions().stream().flatMap(f -> new Scan(f).found.stream()).toList();
  }

  /// One function: the locals that may refer to shared values, then the updates of such.
  private static final class Scan {
    private final Map<Integer, Expr.MapRef> shared = new HashMap<>();
    private final IdentityHashMap<Expr, Boolean> guarded = new IdentityHashMap<>();
    private final List<Diagnostic> found = new ArrayList<>();

    Scan(Unit.Function function) {
      Walk.statements(
          function.body(),
          stmt -> {
            if (stmt instanceof Stmt.Declare declare) {
              declare.value().ifPresent(value -> assign(declare.local(), value));
            }
          });
      Walk.expressions(
          function.body(),
          expr -> {
            if (expr instanceof Expr.Assign assign
                && assign.target() instanceof Expr.LocalPlace local) {
              assign(local.local(), assign.value());
            }
          });
      Walk.statements(
          function.body(),
          stmt -> {
            if (stmt instanceof Stmt.Locked region) {
              Walk.expressions(region.body(), expr -> guarded.put(expr, true));
            }
          });
      Walk.expressions(function.body(), this::check);
    }

    private void assign(Unit.Local local, Expr value) {
      map(value).ifPresent(map -> shared.put(local.id(), map));
    }

    /// The shared map whose value an expression refers to.
    private Optional<Expr.MapRef> map(Expr expr) {
      return switch (expr) {
        case Expr.LibraryCall(Library method, Optional<Expr> receiver, _, _, _)
            when method == Library.MAP_GET
                && receiver.orElse(null) instanceof Expr.MapRef map
                && map.type() instanceof Type.MapType type
                && !type.form().kind().perCpu() ->
            Optional.of(map);
        case Expr.LocalPlace place -> Optional.ofNullable(shared.get(place.local().id()));
        case Expr.FieldPlace place -> map(place.object());
        case Expr.ElementPlace place -> map(place.array());
        default -> Optional.empty();
      };
    }

    private void check(Expr expr) {
      if (guarded.containsKey(expr)) {
        return;
      }
      Expr.Place target;
      switch (expr) {
        case Expr.CompoundAssign e -> target = e.target();
        case Expr.Increment e -> target = e.target();
        default -> {
          return;
        }
      }
      if (target instanceof Expr.FieldPlace || target instanceof Expr.ElementPlace) {
        map(target).ifPresent(map -> found.add(diagnostic(expr, map)));
      }
    }

    private static Diagnostic diagnostic(Expr expr, Expr.MapRef map) {
      return Diagnostic.warning(
          Code.BPF2016,
          expr.span(),
          "values of `"
              + map.name()
              + "` are shared between CPUs, and this update is not atomic:"
              + " counts may be lost",
          "use an AtomicLong field, or a map with a value for each CPU such as"
              + " BpfPerCpuHashMap");
    }
  }
}
