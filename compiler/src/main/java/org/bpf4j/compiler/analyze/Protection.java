package org.bpf4j.compiler.analyze;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.bpf4j.object.CriticalSection;
import org.bpf4j.object.KernelFunction;

/// Where a function of a program that sleeps holds RCU: the instruction that took it, for each that
/// runs under it.
///
/// Sections are blocks of the language, so all ways to a place are in the same one.
final class Protection {
  private final IdentityHashMap<Inst, Inst> holders = new IdentityHashMap<>();

  private Protection() {}

  static Protection of(Function function) {
    Protection protection = new Protection();
    Map<Integer, Block> blocks = new HashMap<>();
    function.blocks().forEach(block -> blocks.put(block.id(), block));
    Map<Integer, Optional<Inst>> entered = new HashMap<>();
    entered.put(function.entry().id(), Optional.empty());
    Deque<Integer> work = new ArrayDeque<>(entered.keySet());
    while (!work.isEmpty()) {
      int id = work.pop();
      Block block = blocks.get(id);
      if (block != null) {
        Optional<Inst> held = protection.pass(block, entered.getOrDefault(id, Optional.empty()));
        for (Edge edge : block.terminator().edges()) {
          if (entered.putIfAbsent(edge.block(), held) == null) {
            work.push(edge.block());
          }
        }
      }
    }
    return protection;
  }

  private Optional<Inst> pass(Block block, Optional<Inst> before) {
    Optional<Inst> held = before;
    for (Inst inst : block.insts()) {
      if (inst instanceof Inst.CallKernel call) {
        if (isOne(call, CriticalSection.RCU.begin())) {
          held = Optional.of(inst);
        } else if (isOne(call, CriticalSection.RCU.end())) {
          held = Optional.empty();
        }
      }
      held.ifPresent(holder -> holders.put(inst, holder));
    }
    return held;
  }

  private static boolean isOne(Inst.CallKernel call, KernelFunction function) {
    return call.function().equals(function);
  }

  /// Whether RCU is held where an instruction runs.
  boolean isHeldAt(Inst inst) {
    return holders.containsKey(inst);
  }

  /// Whether RCU is held from one instruction to another.
  @SuppressWarnings("ReferenceEquality") // two calls that take it may be equal
  boolean holdsFrom(Inst first, Inst last) {
    return isHeldAt(first) && holders.get(first) == holders.get(last);
  }
}
