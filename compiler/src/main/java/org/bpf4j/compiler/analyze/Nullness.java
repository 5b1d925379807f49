package org.bpf4j.compiler.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Definitions;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Value;

/// Proves that what is dereferenced or unboxed is there, or says where it may not be.
final class Nullness {
  /// One state is enough: all that matters is what is known.
  private enum Anywhere implements PathFacts.Automaton<Anywhere> {
    ANYWHERE;

    @Override
    public Anywhere start() {
      return ANYWHERE;
    }

    /// Addresses of the kernel's structs are numbers.
    @Override
    public boolean follows(Value number) {
      return true;
    }

    /// A test that was reported once is taken to hold afterwards: one cause, one error.
    @Override
    public void step(
        Inst inst, Anywhere state, Knowledge known, BiConsumer<Anywhere, Knowledge> then) {
      if (inst instanceof Inst.Refine refine) {
        subject(refine).ifPresent(tested -> known.assume(tested.value, true));
      }
      then.accept(state, known);
    }
  }

  /// A value that must not be zero, and what the source calls the reference.
  private record Tested(Value value, String name) {}

  private Nullness() {}

  private static Optional<Tested> subject(Inst.Refine refine) {
    return switch (refine.fact()) {
      case Fact.NonNull(String name) -> Optional.of(new Tested(refine.value(), name));
      case Fact.Present(Value flag, String name) -> Optional.of(new Tested(flag, name));
      case Fact.Range _, Fact.PacketBytes _, Fact.Trusted _, Fact.Member _ -> Optional.empty();
    };
  }

  static List<Diagnostic> check(Function function, Advice advice) {
    Sources sources = new Sources(function, Definitions.of(function));
    List<Diagnostic> found = new ArrayList<>();
    new PathFacts<>(function, Anywhere.ANYWHERE)
        .visit(
            new PathFacts.Visitor<>() {
              @Override
              public void before(Block block, Inst inst, Map<Anywhere, Knowledge> states) {
                if (inst instanceof Inst.Refine refine) {
                  subject(refine)
                      .filter(tested -> !sources.isTrusted(tested.value))
                      .filter(
                          tested ->
                              states.values().stream().anyMatch(k -> !k.knows(tested.value, true)))
                      .ifPresent(tested -> found.add(diagnostic(refine, tested, sources, advice)));
                }
              }

              @Override
              public void before(Block block, Terminator end, Map<Anywhere, Knowledge> states) {}
            });
    return found;
  }

  private static Diagnostic diagnostic(
      Inst.Refine refine, Tested tested, Sources sources, Advice advice) {
    String why = sources.whyNull(refine.value()).map(reason -> ": " + reason).orElse("");
    return advice.error(
        Code.BPF2004,
        refine.origin(),
        "`" + tested.name + "` may be null here" + why,
        List.of(),
        advice.nullCheck(tested.name, refine.origin()));
  }
}
