package org.bpf4j.compiler.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Unit.Global;
import org.bpf4j.compiler.ast.Unit.GlobalKind;
import org.bpf4j.compiler.ast.Walk;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;

/// Finds stores to globals that are constant in the kernel: `@Config` and `static final` ones.
final class Stores {
  private Stores() {}

  static List<Diagnostic> check(Program program, Unit.Function function) {
    List<Diagnostic> found = new ArrayList<>();
    Walk.expressions(
        function.body(),
        expr ->
            written(expr)
                .flatMap(Stores::global)
                .flatMap(place -> constant(program, place))
                .ifPresent(global -> found.add(diagnostic(global, expr))));
    return found;
  }

  /// What an expression writes to, if it writes.
  private static Optional<Expr> written(Expr expr) {
    return switch (expr) {
      case Expr.Assign e -> Optional.of(e.target());
      case Expr.CompoundAssign e -> Optional.of(e.target());
      case Expr.Increment e -> Optional.of(e.target());
      case Expr.LibraryCall e ->
          switch (e.method()) {
            case ATOMIC_SET,
                ATOMIC_INCREMENT_AND_GET,
                ATOMIC_GET_AND_INCREMENT,
                ATOMIC_DECREMENT_AND_GET,
                ATOMIC_GET_AND_DECREMENT,
                ATOMIC_ADD_AND_GET,
                ATOMIC_GET_AND_ADD,
                ATOMIC_GET_AND_SET,
                ATOMIC_COMPARE_AND_SET,
                STRING_COPY_FROM,
                STRING_CLEAR ->
                e.receiver();
            case GET_CURRENT_COMM, PROBE_READ_KERNEL_STR, PROBE_READ_USER_STR, KERNEL_STRING_COPY_TO ->
                e.arguments().stream().findFirst();
            case COPY -> e.arguments().stream().skip(1).findFirst();
            default -> Optional.empty();
          };
      default -> Optional.empty();
    };
  }

  /// The global that a place is, or is a part of.
  private static Optional<Expr.GlobalPlace> global(Expr place) {
    return switch (place) {
      case Expr.GlobalPlace p -> Optional.of(p);
      case Expr.FieldPlace p -> global(p.object());
      case Expr.ElementPlace p -> global(p.array());
      default -> Optional.empty();
    };
  }

  private static Optional<Global> constant(Program program, Expr.GlobalPlace place) {
    return program.globals().stream()
        .filter(g -> g.owner().equals(place.owner()) && g.name().equals(place.name()))
        .filter(g -> g.kind() != GlobalKind.VARIABLE)
        .findFirst();
  }

  private static Diagnostic diagnostic(Global global, Expr store) {
    boolean config = global.kind() == GlobalKind.CONFIG;
    return Diagnostic.error(
        Code.BPF2010,
        store.span(),
        "`" + global.name() + "` cannot be changed: "
            + (config ? "configuration is fixed when the program is loaded" : "it is constant"),
        config
            ? "set it in user space, with `configure()`, or leave out @Config"
            : "make it a `static` variable without `final`");
  }
}
