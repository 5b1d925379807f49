package org.bpf4j.compiler;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Unit.FunctionRef;
import org.bpf4j.compiler.ast.Walk;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.diagnostic.Diagnostic.Severity;
import org.bpf4j.compiler.diagnostic.Span;

/// The programs of a class that errors do not touch: what is wrong with them is independent of
/// these errors, and can be reported in the same run.
///
/// An error outside of all functions, such as one of a map, touches everything.
final class Untouched {
  private Untouched() {}

  static Program rest(Program program, List<Diagnostic> found) {
    List<Span> errors =
        found.stream().filter(d -> d.severity() == Severity.ERROR).map(Diagnostic::span).toList();
    if (errors.isEmpty()) {
      return program;
    }
    Map<FunctionRef, Unit.Function> functions = new HashMap<>();
    program.functions().forEach(function -> functions.put(function.ref(), function));
    boolean inside =
        errors.stream().allMatch(at -> functions.values().stream().anyMatch(f -> holds(f, at)));
    Set<Unit.Function> reached = new HashSet<>();
    Set<FunctionRef> touched = new HashSet<>();
    for (Unit.Function function : program.programs()) {
      Set<Unit.Function> all = reached(function, functions);
      if (inside && all.stream().noneMatch(f -> errors.stream().anyMatch(at -> holds(f, at)))) {
        reached.addAll(all);
      } else {
        touched.add(function.ref());
      }
    }
    return program.with(
        program
            .unit()
            .withFunctions(
                program.unit().functions().stream()
                    .filter(function -> !touched.contains(function.ref()))
                    .toList()),
        program.functions().stream().filter(reached::contains).toList());
  }

  private static boolean holds(Unit.Function function, Span at) {
    Span name = function.span();
    return at.file().equals(name.file())
        && at.line() >= name.line()
        && at.line() <= Math.max(name.endLine(), function.body().span().endLine());
  }

  private static Set<Unit.Function> reached(
      Unit.Function start, Map<FunctionRef, Unit.Function> functions) {
    Set<Unit.Function> reached = new HashSet<>();
    Deque<Unit.Function> work = new ArrayDeque<>(List.of(start));
    while (!work.isEmpty()) {
      Unit.Function function = work.remove();
      if (reached.add(function)) {
        Walk.expressions(
            function.body(),
            expr -> {
              if (expr instanceof Expr.Call call && functions.containsKey(call.function())) {
                work.add(functions.get(call.function()));
              }
            });
      }
    }
    return reached;
  }
}
