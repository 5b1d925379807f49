package org.bpf4j.compiler.translate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Value;

/// The blocks that a round of a loop passes, while its head is not sealed yet.
final class Rounds {
  private final Set<Draft> blocks = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Draft head;

  /// @param latch the block that goes back to the head, or will
  Rounds(Draft head, Draft latch) {
    this.head = head;
    blocks.add(head);
    Deque<Draft> open = new ArrayDeque<>();
    if (blocks.add(latch)) {
      open.add(latch);
    }
    while (!open.isEmpty()) {
      for (Draft.Arc arc : open.remove().arrivals()) {
        if (blocks.add(arc.from())) {
          open.add(arc.from());
        }
      }
    }
  }

  /// Whether there are several ways through a round, which meet again.
  boolean meet() {
    return blocks.stream().anyMatch(block -> block != head && block.arrivals().size() > 1);
  }

  /// The values that each round defines anew.
  Set<Value> defined() {
    Set<Value> defined = new HashSet<>();
    for (Draft block : blocks) {
      defined.addAll(block.parameters());
      block.insts().forEach(inst -> inst.defined().ifPresent(defined::add));
    }
    return defined;
  }

  /// The blocks that only some rounds pass, or that both ways out of lead on in the round: what is
  /// learned there is not known in all rounds. From the head on there is one way, as long as the
  /// other one leaves the loop.
  Set<Draft> parted() {
    Set<Draft> parted = Collections.newSetFromMap(new IdentityHashMap<>());
    parted.addAll(blocks);
    Draft at = head;
    while (at.isFilled() && parted.contains(at)) {
      List<Draft.Arc> inside =
          at.departures().stream().filter(arc -> blocks.contains(arc.to())).toList();
      if (inside.size() != 1) {
        break;
      }
      parted.remove(at);
      at = inside.getFirst().to();
    }
    return parted;
  }

  /// How many branches with both ways in the round a path through it has at most: one way the
  /// verifier remembers while it follows the other, round after round. What leaves the loop it
  /// follows at once. Of a loop in it one round counts.
  ///
  /// @param known whether it knows the loop's counters, so that searches of an index count little
  long parting(boolean known) {
    IdentityHashMap<Draft, Long> ahead = new IdentityHashMap<>();
    for (Draft block : backwards()) {
      long most = 0;
      for (Draft next : inside(block)) {
        most = Math.max(most, ahead.getOrDefault(next, 0L));
      }
      ahead.put(block, most + (parts(block, known) ? 1 : 0));
    }
    return ahead.getOrDefault(head, 0L);
  }

  private boolean parts(Draft block, boolean known) {
    return block.isFilled()
        && block.terminator() instanceof Terminator.Branch
        && !(known && block.isSearching())
        && block.departures().stream().allMatch(arc -> blocks.contains(arc.to()));
  }

  /// Where a block of the round leads to in it, to its beginning excepted.
  private List<Draft> inside(Draft block) {
    return block.departures().stream()
        .map(Draft.Arc::to)
        .filter(next -> next != head && blocks.contains(next))
        .toList();
  }

  /// The blocks, each behind those that it leads to, but for ways back of loops in this one.
  private List<Draft> backwards() {
    record Visit(Draft block, Iterator<Draft> next) {}
    List<Draft> order = new ArrayList<>();
    Set<Draft> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Visit> stack = new ArrayDeque<>();
    seen.add(head);
    stack.push(new Visit(head, inside(head).iterator()));
    while (!stack.isEmpty()) {
      Visit top = stack.element();
      if (!top.next.hasNext()) {
        order.add(stack.pop().block);
        continue;
      }
      Draft next = top.next.next();
      if (seen.add(next)) {
        stack.push(new Visit(next, inside(next).iterator()));
      }
    }
    return order;
  }
}
