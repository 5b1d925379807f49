package org.bpf4j.compiler.emit;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpf4j.compiler.machine.MachineBlock;
import org.bpf4j.compiler.machine.MachineFlow;
import org.bpf4j.compiler.machine.MachineInsn;
import org.bpf4j.compiler.machine.MachineInsn.CallKernel;
import org.bpf4j.compiler.machine.MachineInsn.MayGoto;
import org.bpf4j.compiler.machine.Register.Physical;
import org.bpf4j.object.Helper;
import org.bpf4j.object.Kfunc;

/// The blocks before which the verifier is to keep a state that it compares later paths with: the
/// headers of loops that hold another loop, or a call of `bpf_loop`.
///
/// Within a loop the verifier keeps a state only if it has seen [#JUMPS] jumps since the last.
/// Where a loop holds another, each number of rounds of the inner one is a path of its own; unless
/// a state is kept in each round of the outer one, these paths do not meet there again, and their
/// number is multiplied with each round. Loops that the kernel counts need nothing: it keeps a
/// state at each `may_goto` and at each step of an iterator.
final class Checkpoints {

  /// After so many jumps every verifier keeps a state (`is_state_visited`, from 5.3 on).
  static final int JUMPS = 20;

  private final MachineFlow flow;
  private final Map<Integer, MachineBlock<Physical>> blocks;

  private final Leftovers leftovers;

  Checkpoints(MachineFlow flow, Map<Integer, MachineBlock<Physical>> blocks) {
    this.flow = flow;
    this.blocks = blocks;
    this.leftovers = new Leftovers(flow, blocks);
  }

  /// Whether the verifier is to keep a state before a block.
  boolean isNeeded(int header) {
    Set<Integer> own = own(header);
    boolean outer = own.size() < flow.loop(header).size() || own.stream().anyMatch(this::callsBack);
    return outer && own.stream().noneMatch(this::isCounted);
  }

  /// The registers that are to be cleared before a block, so that states look alike there.
  List<Physical> leftovers(int header) {
    boolean outer = own(header).size() < flow.loop(header).size();
    boolean counted =
        flow.order().stream()
            .filter(other -> flow.loop(other).contains(header))
            .anyMatch(other -> own(other).stream().anyMatch(this::isCounted));
    return outer && counted ? leftovers.at(header) : List.of();
  }

  /// The blocks of a loop that are in no loop within it.
  private Set<Integer> own(int header) {
    Set<Integer> own = new HashSet<>(flow.loop(header));
    for (int block : flow.loop(header)) {
      if (block != header) {
        own.removeAll(flow.loop(block));
      }
    }
    return own;
  }

  /// Whether the kernel counts the rounds that come by a block.
  private boolean isCounted(int id) {
    MachineBlock<Physical> block = blocks.get(id);
    return block != null
        && (block.end() instanceof MayGoto<Physical>
            || block.insns().stream().anyMatch(Checkpoints::isStep));
  }

  private boolean callsBack(int id) {
    MachineBlock<Physical> block = blocks.get(id);
    return block != null && block.insns().stream().anyMatch(Checkpoints::isCallback);
  }

  private static boolean isCallback(MachineInsn<Physical> insn) {
    return insn instanceof CallKernel<Physical> call && call.function() == Helper.LOOP;
  }

  private static boolean isStep(MachineInsn<Physical> insn) {
    return insn instanceof CallKernel<Physical> call
        && call.function() instanceof Kfunc kfunc
        && kfunc.name().startsWith("bpf_iter_")
        && kfunc.name().endsWith("_next");
  }
}
