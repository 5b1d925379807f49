package org.bpf4j.compiler.allocate;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bpf4j.compiler.allocate.Code.LineBlock;
import org.bpf4j.compiler.machine.MachineFlow;
import org.bpf4j.compiler.machine.MachineInsn;
import org.bpf4j.compiler.machine.MachineInsn.Base;
import org.bpf4j.compiler.machine.Register;

/// Removes stores to spill slots that nothing reads: every reader found the value in a register.
final class DeadSpills {

  private final Code code;
  private final MachineFlow flow;
  private final Map<Integer, BitSet> liveIn = new HashMap<>();

  private DeadSpills(Code code, MachineFlow flow) {
    this.code = code;
    this.flow = flow;
  }

  static void remove(Code code, MachineFlow flow) {
    if (code.slots.stream().anyMatch(slot -> slot.spill())) {
      new DeadSpills(code, flow).remove();
    }
  }

  private void remove() {
    Map<Integer, LineBlock> blocks = new HashMap<>();
    code.blocks.forEach(block -> blocks.put(block.id(), block));
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int id : flow.order().reversed()) {
        BitSet live = liveOut(id);
        Objects.requireNonNull(blocks.get(id)).lines().reversed().forEach(line -> pass(line, live));
        changed |= !live.equals(liveIn.put(id, live));
      }
    }
    for (int id : flow.order()) {
      BitSet live = liveOut(id);
      List<Line> kept = new ArrayList<>();
      for (Line line : Objects.requireNonNull(blocks.get(id)).lines().reversed()) {
        int stored = stored(line);
        if (stored < 0 || live.get(stored)) {
          kept.add(line);
          pass(line, live);
        }
      }
      Objects.requireNonNull(blocks.get(id)).lines().clear();
      Objects.requireNonNull(blocks.get(id)).lines().addAll(kept.reversed());
    }
  }

  private BitSet liveOut(int block) {
    BitSet live = new BitSet();
    for (int next : flow.successors(block)) {
      live.or(liveIn.getOrDefault(next, new BitSet()));
    }
    return live;
  }

  private void pass(Line line, BitSet live) {
    if (stored(line) >= 0) {
      live.clear(stored(line));
    }
    Code.insn(line)
        .filter(insn -> insn instanceof MachineInsn.Load<Register>)
        .map(insn -> spillSlot(((MachineInsn.Load<Register>) insn).base()))
        .filter(slot -> slot >= 0)
        .ifPresent(live::set);
  }

  /// The spill slot that a line writes, or −1.
  private int stored(Line line) {
    return Code.insn(line).orElse(null) instanceof MachineInsn.Store<Register> store
        ? spillSlot(store.base())
        : -1;
  }

  private int spillSlot(Base<Register> base) {
    return base instanceof Base.Slot<Register>(int slot) && code.slots.get(slot).spill()
        ? slot
        : -1;
  }
}
