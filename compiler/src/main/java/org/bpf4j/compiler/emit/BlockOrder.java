package org.bpf4j.compiler.emit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpf4j.compiler.machine.MachineBlock;
import org.bpf4j.compiler.machine.MachineFlow;
import org.bpf4j.compiler.machine.MachineFunction;
import org.bpf4j.compiler.machine.MachineInsn;
import org.bpf4j.compiler.machine.MachineInsn.Branch;
import org.bpf4j.compiler.machine.MachineInsn.End;
import org.bpf4j.compiler.machine.MachineInsn.Jump;
import org.bpf4j.compiler.machine.MachineInsn.MayGoto;
import org.bpf4j.compiler.machine.Register.Physical;

/// The order in which a function's blocks are written.
///
/// Jumps to blocks that only jump go to the end of the chain, and what nothing reaches is left out
/// (the verifier refuses it). Every block comes behind its predecessors, back edges excepted, and a
/// loop's blocks are together, with the test at the bottom where the loop begins with one: that
/// saves a jump in each round.
final class BlockOrder {

  private final Map<Integer, MachineBlock<Physical>> blocks = new HashMap<>();

  private BlockOrder() {}

  static List<MachineBlock<Physical>> of(MachineFunction<Physical> function) {
    BlockOrder order = new BlockOrder();
    function.blocks().forEach(block -> order.blocks.put(block.id(), block));
    List<MachineBlock<Physical>> threaded = new ArrayList<>();
    for (MachineBlock<Physical> block : function.blocks()) {
      threaded.add(
          new MachineBlock<>(block.id(), block.insns(), order.threaded(block.end())));
    }
    threaded.forEach(block -> order.blocks.put(block.id(), block));
    MachineFlow flow =
        MachineFlow.of(
            new MachineFunction<>(
                function.name(),
                function.role(),
                function.parameters(),
                threaded,
                function.slots(),
                function.span()));
    List<Integer> ids = order.inOrder(function.entry().id(), flow);
    order.rotate(ids, flow);
    return ids.stream().map(order.blocks::get).toList();
  }

  private End<Physical> threaded(End<Physical> end) {
    return switch (end) {
      case Jump<Physical> jump -> new Jump<>(destination(jump.target()), jump.origin());
      case Branch<Physical> branch -> {
        int then = destination(branch.then());
        int otherwise = destination(branch.otherwise());
        yield then == otherwise
            ? new Jump<>(then, branch.origin())
            : new Branch<>(
                branch.width(),
                branch.op(),
                branch.left(),
                branch.right(),
                then,
                otherwise,
                branch.origin());
      }
      case MayGoto<Physical> may ->
          new MayGoto<>(destination(may.body()), destination(may.exhausted()), may.origin());
      case MachineInsn.Exit<Physical> exit -> exit;
    };
  }

  /// Where a jump to the block ends, following blocks that only jump.
  private int destination(int target) {
    Set<Integer> passed = new HashSet<>();
    int at = target;
    while (passed.add(at)
        && blocks.get(at).insns().isEmpty()
        && blocks.get(at).end() instanceof Jump<Physical> jump) {
      at = jump.target();
    }
    return at;
  }

  /// Reverse postorder that visits the ways out of a loop first, so that they come last, and of two
  /// ways the one that is taken when the condition fails comes next.
  private List<Integer> inOrder(int entry, MachineFlow flow) {
    record Visit(int block, List<Integer> next) {}
    List<Integer> order = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    List<Visit> stack = new ArrayList<>();
    seen.add(entry);
    stack.add(new Visit(entry, byDepth(entry, flow)));
    while (!stack.isEmpty()) {
      Visit top = stack.getLast();
      if (top.next.isEmpty()) {
        order.add(top.block);
        stack.removeLast();
        continue;
      }
      int next = top.next.removeFirst();
      if (seen.add(next)) {
        stack.add(new Visit(next, byDepth(next, flow)));
      }
    }
    Collections.reverse(order);
    return order;
  }

  private static List<Integer> byDepth(int block, MachineFlow flow) {
    List<Integer> next = new ArrayList<>(flow.successors(block));
    next.sort(java.util.Comparator.comparingInt(flow::depth));
    return next;
  }

  private void rotate(List<Integer> ids, MachineFlow flow) {
    for (int header : List.copyOf(ids)) {
      Set<Integer> loop = flow.loop(header);
      if (loop.size() < 2 || header == ids.getFirst() || !testsExit(header, loop)) {
        continue;
      }
      int first = ids.indexOf(header);
      int last = first;
      while (last + 1 < ids.size() && loop.contains(ids.get(last + 1))) {
        last++;
      }
      if (last > first
          && last - first == loop.size() - 1
          && blocks.get(ids.get(last)).end() instanceof Jump<Physical> jump
          && jump.target() == header) {
        ids.remove(first);
        ids.add(last, header);
      }
    }
  }

  private boolean testsExit(int header, Set<Integer> loop) {
    return blocks.get(header).end() instanceof Branch<Physical> branch
        && loop.contains(branch.then()) != loop.contains(branch.otherwise());
  }
}
