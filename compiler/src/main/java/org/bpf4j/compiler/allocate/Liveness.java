package org.bpf4j.compiler.allocate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bpf4j.compiler.allocate.Code.LineBlock;
import org.bpf4j.compiler.machine.MachineInsn;
import org.bpf4j.compiler.machine.Register;

/// Which nodes hold a value that is still read, at the end of each block.
final class Liveness {

  private final Map<Integer, BitSet> liveIn = new HashMap<>();
  private final Map<Integer, BitSet> liveOut = new HashMap<>();

  private Liveness() {}

  static Liveness of(Code code) {
    Liveness liveness = new Liveness();
    Map<Integer, LineBlock> blocks = new HashMap<>();
    Map<Integer, List<Integer>> predecessors = new HashMap<>();
    Deque<Integer> work = new ArrayDeque<>();
    for (LineBlock block : code.blocks) {
      blocks.put(block.id(), block);
      liveness.liveIn.put(block.id(), new BitSet());
      liveness.liveOut.put(block.id(), new BitSet());
      for (int target : targets(block)) {
        predecessors.computeIfAbsent(target, _ -> new ArrayList<>()).add(block.id());
      }
      work.push(block.id());
    }
    Map<Integer, BitSet> reads = new HashMap<>();
    Map<Integer, BitSet> kills = new HashMap<>();
    code.blocks.forEach(block -> summarise(block, reads, kills));
    while (!work.isEmpty()) {
      int id = work.pop();
      BitSet out = liveness.liveOut(id);
      for (int target : targets(blocks.get(id))) {
        out.or(liveness.liveIn.get(target));
      }
      BitSet in = (BitSet) out.clone();
      in.andNot(kills.get(id));
      in.or(reads.get(id));
      if (!in.equals(liveness.liveIn.put(id, in))) {
        predecessors.getOrDefault(id, List.of()).forEach(work::add);
      }
    }
    return liveness;
  }

  private static void summarise(
      LineBlock block, Map<Integer, BitSet> reads, Map<Integer, BitSet> kills) {
    BitSet read = new BitSet();
    BitSet killed = new BitSet();
    for (Line line : block.lines().reversed()) {
      Code.insn(line)
          .ifPresent(
              insn -> {
                insn.defined().map(Code::node).ifPresent(killed::set);
                insn.defined().map(Code::node).ifPresent(read::clear);
                insn.uses().forEach(register -> read.set(Code.node(register)));
              });
    }
    reads.put(block.id(), read);
    kills.put(block.id(), killed);
  }

  static List<Integer> targets(LineBlock block) {
    return Code.insn(block.lines().getLast()).orElseThrow()
            instanceof MachineInsn.End<Register> end
        ? end.targets()
        : List.of();
  }

  /// The nodes that are read behind the block before they are written.
  BitSet liveOut(int block) {
    return liveOut.get(block);
  }
}
