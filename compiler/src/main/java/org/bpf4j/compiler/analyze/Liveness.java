package org.bpf4j.compiler.analyze;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.ControlFlow;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.bpf4j.compiler.ssa.Value;

/// Which values are still needed where: in one version of a function.
///
/// An argument is needed only if the parameter it is passed for is.
public final class Liveness {
  private final ControlFlow flow;
  private final Map<Integer, BitSet> starts = new HashMap<>();

  /// Looks at a function.
  public static Liveness of(Function function) {
    return new Liveness(function);
  }

  private Liveness(Function function) {
    this.flow = ControlFlow.of(function);
    List<Block> backwards = flow.order().reversed();
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Block block : backwards) {
        BitSet live = atEnd(block);
        for (Inst inst : block.insts().reversed()) {
          step(inst, live);
        }
        changed |= !live.equals(starts.put(block.id(), live));
      }
    }
  }

  private static void step(Inst inst, BitSet live) {
    inst.defined().ifPresent(v -> live.clear(v.id()));
    inst.operands().forEach(v -> live.set(v.id()));
  }

  private BitSet atEnd(Block block) {
    BitSet live = new BitSet();
    for (Edge edge : block.terminator().edges()) {
      Block target = flow.block(edge.block());
      BitSet start = starts.getOrDefault(edge.block(), new BitSet());
      BitSet passing = (BitSet) start.clone();
      target.parameters().forEach(p -> passing.clear(p.id()));
      live.or(passing);
      for (int i = 0; i < edge.arguments().size(); i++) {
        if (start.get(target.parameters().get(i).id())) {
          live.set(edge.arguments().get(i).id());
        }
      }
    }
    switch (block.terminator()) {
      case Terminator.Branch t -> {
        live.set(t.left().id());
        live.set(t.right().id());
      }
      case Terminator.Return t -> t.value().ifPresent(v -> live.set(v.id()));
      case Terminator.Jump _, Terminator.Again _, Terminator.Abort _ -> {}
    }
    return live;
  }

  /// Whether the value, or a parameter of the block itself, is needed when the block begins.
  public boolean atStart(int block, Value value) {
    return starts.getOrDefault(block, new BitSet()).get(value.id());
  }

  /// The ids of the values that are needed behind an instruction of the block, by place.
  public BitSet behind(Block block, int place) {
    BitSet live = atEnd(block);
    List<Inst> insts = block.insts();
    for (int i = insts.size() - 1; i > place; i--) {
      step(insts.get(i), live);
    }
    return live;
  }
}
