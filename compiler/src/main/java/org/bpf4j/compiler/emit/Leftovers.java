package org.bpf4j.compiler.emit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.bpf4j.compiler.machine.MachineBlock;
import org.bpf4j.compiler.machine.MachineFlow;
import org.bpf4j.compiler.machine.MachineInsn;
import org.bpf4j.compiler.machine.Register.Physical;

/// What a round of a loop leaves in registers that nothing reads any more.
///
/// Kernels before 6.15 compare such registers too while they follow a loop whose rounds they count
/// (`bpf_iter_num`, `may_goto`): where an inner loop leaves the rest of its budget, each number of
/// its rounds would be a path of its own for ever.
final class Leftovers {

  /// Calls destroy the registers up to this one.
  private static final int LAST_DESTROYED = 5;

  private static final int REGISTERS = 10;

  private final MachineFlow flow;
  private final Map<Integer, MachineBlock<Physical>> blocks;

  Leftovers(MachineFlow flow, Map<Integer, MachineBlock<Physical>> blocks) {
    this.flow = flow;
    this.blocks = blocks;
  }

  /// The registers that the loop of that header writes, and that nothing reads from the header on.
  List<Physical> at(int header) {
    Set<Integer> written = new HashSet<>();
    for (int id : flow.loop(header)) {
      block(id).insns().forEach(insn -> insn.defined().ifPresent(r -> written.add(r.number())));
    }
    return IntStream.range(0, REGISTERS)
        .filter(written::contains)
        .mapToObj(Physical::of)
        .filter(register -> !isRead(register, header))
        .toList();
  }

  private boolean isRead(Physical register, int from) {
    Set<Integer> seen = new HashSet<>(Set.of(from));
    Deque<Integer> work = new ArrayDeque<>(seen);
    while (!work.isEmpty()) {
      int id = work.pop();
      boolean lives = true;
      for (MachineInsn<Physical> insn : block(id).all()) {
        if (lives && insn.uses().contains(register)) {
          return true;
        }
        lives &= !isWritten(register, insn);
      }
      if (lives) {
        flow.successors(id).stream().filter(seen::add).forEach(work::push);
      }
    }
    return false;
  }

  private MachineBlock<Physical> block(int id) {
    return Objects.requireNonNull(blocks.get(id), "a block of the function");
  }

  private static boolean isWritten(Physical register, MachineInsn<Physical> insn) {
    return insn.isCall() && register.number() <= LAST_DESTROYED
        || insn.defined().filter(register::equals).isPresent();
  }
}
