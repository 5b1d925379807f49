package org.bpf4j.compiler.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Definitions;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.ObjectFunction;
import org.bpf4j.object.ObjectFunction.Effect;

/// Finds objects that are given away though a list or tree has them, such that are taken out though
/// they are not in it, and such that are used when their lock is not held any more.
final class Loans implements PathFacts.Visitor<Loan.Stage> {
  private final Loan loan;
  private final Sources sources;
  private final Advice advice;
  private final List<Diagnostic> found = new ArrayList<>();

  static List<Diagnostic> check(Function function, Advice advice) {
    Definitions definitions = Definitions.of(function);
    Sources sources = new Sources(function, definitions);
    List<Diagnostic> found = new ArrayList<>();
    for (Block block : function.blocks()) {
      for (Inst inst : block.insts()) {
        if (inst instanceof Inst.CallKernel call) {
          Optional<ObjectFunction> known = ObjectFunction.of(call.function());
          known
              .flatMap(callee -> confused(call, callee, sources, definitions, advice))
              .ifPresent(found::add);
          if (known.filter(callee -> callee.effect() == Effect.LENDS).isPresent()) {
            Value outcome = call.result().orElseThrow();
            Loan loan = new Loan(call, outcome, Reservation.madeOf(outcome, function, sources));
            Loans loans = new Loans(loan, sources, advice);
            new PathFacts<>(function, loan).visit(loans);
            found.addAll(loans.found);
          }
        }
      }
    }
    return found;
  }

  private Loans(Loan loan, Sources sources, Advice advice) {
    this.loan = loan;
    this.sources = sources;
    this.advice = advice;
  }

  /// What is wrong with the object that a function takes.
  private static Optional<Diagnostic> confused(
      Inst.CallKernel call,
      ObjectFunction callee,
      Sources sources,
      Definitions definitions,
      Advice advice) {
    if (callee.effect() != Effect.TAKES && !callee.wantsShown()) {
      return Optional.empty();
    }
    Effect wanted = callee.wantsShown() ? Effect.LENDS : Effect.GIVES;
    Value object = call.arguments().get(callee == ObjectFunction.DROP ? 0 : 1);
    boolean fits =
        sources.of(object).stream()
            .map(definitions::of)
            .allMatch(source -> source.filter(inst -> gives(inst, wanted)).isPresent());
    String name = sources.subjectOf(object).orElse("the object");
    return fits
        ? Optional.empty()
        : Optional.of(
            wanted == Effect.LENDS
                ? advice.error(
                    Code.BPF2020,
                    call.origin(),
                    "`" + name + "` is not what the tree shows",
                    List.of(),
                    "name what first(), root(), left() or right() gave, while the lock is held")
                : advice.error(
                    Code.BPF2020,
                    call.origin(),
                    "`" + name + "` is not the program's to give away",
                    List.of(),
                    "give away what allocate(), share(), pollFirst(), pollLast(), remove() or"
                        + " exchange() gave"));
  }

  private static boolean gives(Inst source, Effect wanted) {
    return switch (source) {
      case Inst.CallKernel call ->
          ObjectFunction.givesObject(call.function())
              && (wanted == Effect.GIVES) == ObjectFunction.givesOwn(call.function());
      case Inst.Const constant -> constant.value() == 0;
      default -> false;
    };
  }

  @Override
  public void before(Block block, Inst inst, Map<Loan.Stage, Knowledge> states) {
    Knowledge gone = states.get(Loan.Stage.GONE);
    if (gone == null || !found.isEmpty() || inst.equals(loan.call())) {
      return;
    }
    for (Value address : Records.addresses(inst)) {
      if (loan.aliases().contains(address) && !gone.knows(address, false)) {
        String name = sources.subjectOf(address).orElse("the object");
        found.add(
            advice.error(
                Code.BPF2020,
                inst.origin(),
                "`"
                    + name
                    + "` is used when the lock is not held any more, or another was taken"
                    + " out",
                List.of("shown at " + loan.call().origin().span()),
                "use it before, or take it out of the list or tree"));
        return;
      }
    }
  }

  @Override
  public void before(Block block, Terminator end, Map<Loan.Stage, Knowledge> states) {}
}
