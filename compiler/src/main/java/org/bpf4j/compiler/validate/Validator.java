package org.bpf4j.compiler.validate;

import java.util.Comparator;
import java.util.List;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.diagnostic.Span;

/// Finds the mistakes that show without following the flow of control.
public final class Validator {
  private static final List<Rule> RULES =
      List.of(
          new LicenceRule(),
          new HelperRule(),
          new PacketOutputRule(),
          new SleepRule(),
          new HeaderRule(),
          new MapRule(),
          new PrefixRule(),
          new SpecialMembers(),
          new ObjectRule(),
          new SectionRule(),
          new ArenaRule(),
          new ContextRule(),
          new ConstantRule(),
          new ArgumentRule(),
          new PrintRule(),
          new GlobalRule(),
          new KernelFieldRule(),
          new SharedValueRule());

  private Validator() {}

  /// The user's mistakes and the warnings, by place; none if all is right.
  ///
  /// A program that calls itself has no other mistakes yet: what it may do cannot be said.
  public static List<Diagnostic> validate(Program program) {
    List<Diagnostic> recursion = new RecursionRule().check(program);
    if (!recursion.isEmpty()) {
      return recursion;
    }
    Comparator<Span> byPlace =
        Comparator.comparing(Span::file)
            .thenComparingInt(Span::line)
            .thenComparingInt(Span::column);
    return RULES.stream()
        .flatMap(rule -> rule.check(program).stream())
        .distinct()
        .sorted(Comparator.comparing(Diagnostic::span, byPlace).thenComparing(Diagnostic::code))
        .toList();
  }
}
