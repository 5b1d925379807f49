package org.bpf4j.compiler.emit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.bpf4j.compiler.machine.MachineBlock;
import org.bpf4j.compiler.machine.MachineFlow;
import org.bpf4j.compiler.machine.MachineFunction;
import org.bpf4j.compiler.machine.MachineInsn.Branch;
import org.bpf4j.compiler.machine.MachineInsn.End;
import org.bpf4j.compiler.machine.MachineInsn.Exit;
import org.bpf4j.compiler.machine.MachineInsn.Jump;
import org.bpf4j.compiler.machine.MachineInsn.MayGoto;
import org.bpf4j.compiler.machine.Printer;
import org.bpf4j.compiler.machine.Register.Physical;

/// The order in which a function's blocks are written.
///
/// Jumps to blocks that only jump go to the end of the chain, of short blocks that do the same one
/// is kept, and what nothing reaches is left out (the verifier refuses it). Every block comes
/// behind its predecessors, back edges excepted, and a loop's blocks are together, with the test at
/// the bottom where the loop begins with one: that saves a jump in each round.
final class BlockOrder {

  /// Longer blocks are hardly ever equal, and their texts cost time.
  private static final int MAX_MERGED = 4;

  private final Map<Integer, MachineBlock<Physical>> blocks = new HashMap<>();
  private final List<Integer> ids;
  private final List<Integer> written;
  private final Set<Integer> tests = new HashSet<>();
  private final Map<Integer, Set<Integer>> innermost = new HashMap<>();
  private final Checkpoints checkpoints;

  private BlockOrder(MachineFunction<Physical> function) {
    function.blocks().forEach(block -> blocks.put(block.id(), block));
    ids = function.blocks().stream().map(MachineBlock::id).toList();
    boolean changed;
    do {
      boolean threadedOne = thread();
      changed = merge() || threadedOne;
    } while (changed);
    List<MachineBlock<Physical>> threaded =
        function.blocks().stream().map(block -> block(block.id())).toList();
    MachineFlow flow =
        MachineFlow.of(
            new MachineFunction<>(
                function.name(),
                function.role(),
                function.parameters(),
                threaded,
                function.slots(),
                function.span()));
    for (int header : flow.order()) {
      flow.loop(header).forEach(block -> innermost.put(block, flow.loop(header)));
    }
    checkpoints = new Checkpoints(flow, blocks);
    written = inOrder(function.entry().id(), flow);
    rotate(written, flow);
  }

  static BlockOrder of(MachineFunction<Physical> function) {
    return new BlockOrder(function);
  }

  /// The blocks as they are written.
  List<MachineBlock<Physical>> blocks() {
    return written.stream().map(this::block).toList();
  }

  /// Whether a block is a loop's test that was moved to the loop's bottom, so that the block before
  /// goes back to it.
  boolean isBottomTest(int block) {
    return tests.contains(block);
  }

  /// Whether a jump leaves the innermost loop that it is in.
  boolean leavesLoop(int block, int target) {
    Set<Integer> loop = innermost.get(block);
    return loop != null && !loop.contains(target);
  }

  /// Where the verifier is to keep states.
  Checkpoints checkpoints() {
    return checkpoints;
  }

  /// Shortens jumps; whether there was something to shorten.
  private boolean thread() {
    boolean changed = false;
    for (MachineBlock<Physical> block : List.copyOf(blocks.values())) {
      End<Physical> end = threaded(block.end());
      changed |= !end.equals(block.end());
      blocks.put(block.id(), new MachineBlock<>(block.id(), block.insns(), end));
    }
    return changed;
  }

  /// Turns short blocks that do what another does into jumps to it; whether there were any. Only
  /// blocks with at most one way on are compared.
  private boolean merge() {
    Map<String, Integer> known = new HashMap<>();
    boolean changed = false;
    for (int id : ids) {
      MachineBlock<Physical> block = block(id);
      boolean leaves =
          block.end() instanceof Exit<Physical> || block.end() instanceof Jump<Physical>;
      if (id == ids.getFirst() || !leaves || isTooLong(block)) {
        continue;
      }
      String text = block.all().stream().map(Printer::print).collect(Collectors.joining("\n"));
      Integer same = known.putIfAbsent(text, id);
      if (same != null && !block.insns().isEmpty()) {
        Jump<Physical> jump = new Jump<>(same, block.end().origin());
        blocks.put(id, new MachineBlock<>(id, List.of(), jump));
        changed = true;
      }
    }
    return changed;
  }

  private static boolean isTooLong(MachineBlock<Physical> block) {
    return block.insns().size() > MAX_MERGED;
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
      case Exit<Physical> exit -> exit;
    };
  }

  /// Where a jump to the block ends, following blocks that only jump.
  private int destination(int target) {
    Set<Integer> passed = new HashSet<>();
    int at = target;
    while (passed.add(at)
        && block(at).insns().isEmpty()
        && block(at).end() instanceof Jump<Physical> jump) {
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

  private void rotate(List<Integer> order, MachineFlow flow) {
    for (int header : List.copyOf(order)) {
      Set<Integer> loop = flow.loop(header);
      if (loop.size() < 2 || header == order.getFirst() || !testsExit(header, loop)) {
        continue;
      }
      int first = order.indexOf(header);
      int last = first;
      while (last + 1 < order.size() && loop.contains(order.get(last + 1))) {
        last++;
      }
      if (last > first
          && last - first == loop.size() - 1
          && block(order.get(last)).end() instanceof Jump<Physical> jump
          && jump.target() == header) {
        order.subList(first, first + 1).clear();
        order.add(last, header);
        tests.add(header);
      }
    }
  }

  private MachineBlock<Physical> block(int id) {
    return Objects.requireNonNull(blocks.get(id), "a block of the function");
  }

  private boolean testsExit(int header, Set<Integer> loop) {
    return block(header).end() instanceof Branch<Physical> branch
        && loop.contains(branch.then()) != loop.contains(branch.otherwise());
  }
}
