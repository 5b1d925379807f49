package org.bpf4j.compiler.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.object.ProgramResult;

/// Words a mistake for the user: places it in the user's own source, lists the calls that lead
/// there, and says what to write.
final class Advice {
  private static final Pattern NAME = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*");

  private final ProgramKind kind;
  private final Function function;
  private final Predicate<String> isHere;

  /// @param isHere whether a source file is part of this compilation
  Advice(ProgramKind kind, Function function, Predicate<String> isHere) {
    this.kind = kind;
    this.function = function;
    this.isHere = isHere;
  }

  /// An error at the innermost place of this compilation; the calls around it are notes.
  Diagnostic error(Code code, Origin origin, String message, List<String> notes, String help) {
    List<Span> chain = new ArrayList<>();
    for (Optional<Origin> at = Optional.of(origin);
        at.isPresent();
        at = at.flatMap(Origin::inlinedAt)) {
      chain.add(at.get().span());
    }
    int innermost = 0;
    while (innermost < chain.size() - 1 && !isHere.test(chain.get(innermost).file())) {
      innermost++;
    }
    List<String> all = new ArrayList<>(notes);
    chain.subList(0, innermost).forEach(span -> all.add("in library code at " + span));
    chain
        .subList(innermost + 1, chain.size())
        .forEach(span -> all.add("reached by the call at " + span));
    return new Diagnostic(
        code, Diagnostic.Severity.ERROR, chain.get(innermost), message, all, help);
  }

  /// How to exclude null before the place.
  String nullCheck(String subject, Origin origin) {
    String leave = leave(origin);
    return NAME.matcher(subject).matches()
        ? "check it first:   if (" + subject + " == null) " + leave
        : "keep it in a local and check that:   var it = " + subject + "; if (it == null) " + leave;
  }

  /// A statement that leaves the method in which the place is.
  String leave(Origin origin) {
    if (origin.inlinedAt().isPresent()) {
      return "return …;";
    } else if (function.result().isEmpty()) {
      return "return;";
    }
    return switch (kind.result()) {
      case ProgramResult.Action action -> "return " + action.type() + "." + action.harmless() + ";";
      case ProgramResult.Number _ -> "return 0;";
      case ProgramResult.Nothing _ -> "return;";
    };
  }
}
