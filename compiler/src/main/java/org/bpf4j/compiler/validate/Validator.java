package org.bpf4j.compiler.validate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.diagnostic.Span;

/// Finds the mistakes that show without following the flow of control.
public final class Validator {
  private Validator() {}

  /// The user's mistakes and the warnings, by place; none if all is right.
  ///
  /// What is only wrong in one kind of program is looked for in every program's own code and in all
  /// that it calls. A program that calls itself gets no further checks.
  public static List<Diagnostic> validate(Program program) {
    CallGraph calls = new CallGraph(program);
    List<Diagnostic> found = new ArrayList<>(calls.recursions());
    if (found.isEmpty()) {
      program.unit().options().ifPresent(options -> found.addAll(Licences.check(options)));
      for (Unit.Function function : program.functions()) {
        if (function.role() instanceof Unit.Role.Program role) {
          KindRules rules = new KindRules(program, role.kind(), function);
          found.addAll(rules.check(calls.reachedFrom(function)));
        }
        found.addAll(Stores.check(program, function));
        found.addAll(SharedUpdates.check(function));
        found.addAll(Signatures.check(function));
      }
    }
    Comparator<Span> byPlace =
        Comparator.comparing(Span::file).thenComparing(Span::line).thenComparing(Span::column);
    return found.stream()
        .distinct()
        .sorted(Comparator.comparing(Diagnostic::span, byPlace).thenComparing(Diagnostic::code))
        .toList();
  }
}
