package org.bpf4j.compiler.analyze;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.bpf4j.compiler.ssa.Value;

/// The branches that go one way only, by what was tested before.
///
/// What is known to be (not) zero excludes the other way: where `a & b` was found true, `a` is. All
/// checks of [Analyzer] leave out what no path reaches, but a verifier knows less of such numbers
/// and follows it, so it may not be in the code.
public final class SingleWays {

  /// One state is enough. What is dereferenced is not taken to be there: a struct of the kernel is
  /// read through null, too.
  private enum Anywhere implements PathFacts.Automaton<Anywhere> {
    ANYWHERE;

    @Override
    public Anywhere start() {
      return ANYWHERE;
    }

    @Override
    public boolean follows(Value number) {
      return true;
    }

    @Override
    public void step(
        Inst inst, Anywhere state, Knowledge known, BiConsumer<Anywhere, Knowledge> then) {
      then.accept(state, known);
    }
  }

  private SingleWays() {}

  /// The way that is left, by the number of the block that branches.
  public static Map<Integer, Edge> of(Function function) {
    PathFacts<Anywhere> facts = new PathFacts<>(function, Anywhere.ANYWHERE);
    Map<Integer, Edge> left = new HashMap<>();
    function
        .blocks()
        .forEach(block -> facts.onlyWay(block).ifPresent(edge -> left.put(block.id(), edge)));
    return left;
  }
}
