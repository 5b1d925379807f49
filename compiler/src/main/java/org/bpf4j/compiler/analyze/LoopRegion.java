package org.bpf4j.compiler.analyze;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.ControlFlow;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.LoopForm;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.object.CriticalSection;
import org.bpf4j.object.Helper;
import org.bpf4j.object.Kfunc;
import org.bpf4j.object.MapLock;

/// The blocks that become a function if a loop does: those of its rounds, and those on ways out on
/// which the program aborts, or gives back what a round has acquired. A callback must have given
/// that back when it returns.
final class LoopRegion {
  private final ControlFlow flow;
  private final Block latch;
  private final Set<Integer> blocks = new LinkedHashSet<>();
  private final Set<Integer> holding = new HashSet<>();
  private Optional<String> obstacle = Optional.empty();

  /// @param latch the block that goes back to the loop's head
  LoopRegion(Function function, ControlFlow flow, Loops loops, Block latch) {
    this.flow = flow;
    this.latch = latch;
    int head = head(latch);
    Set<Integer> natural = loops.body(head);
    flow.order().stream().map(Block::id).filter(natural::contains).forEach(blocks::add);
    List<Reservation> reservations = Reservation.of(function);
    for (Reservation reservation : reservations) {
      if (isBornWithin(reservation)) {
        findHolding(function, reservation);
      }
    }
    grow();
    if (flow.predecessors(head).stream().filter(blocks::contains).anyMatch(p -> p != latch.id())) {
      obstacle = Optional.of("it comes round in several ways");
    }
    blocks.forEach(id -> check(flow.block(id)));
    checkHeld(reservations);
  }

  /// The head of the loop that a block goes back to.
  static int head(Block latch) {
    return latch.terminator().edges().getFirst().block();
  }

  private boolean isBornWithin(Reservation reservation) {
    return blocks.stream()
        .flatMap(id -> flow.block(id).insts().stream())
        .anyMatch(reservation::isBirth);
  }

  /// Notes where a block begins with what the loop acquires still held.
  private void findHolding(Function function, Reservation reservation) {
    new PathFacts<>(function, reservation)
        .visit(
            new PathFacts.Visitor<>() {
              @Override
              public void before(Block block, Inst inst, Map<Reservation.Stage, Knowledge> states) {
                if (inst.equals(block.insts().getFirst())) {
                  note(block, states);
                }
              }

              @Override
              public void before(
                  Block block, Terminator end, Map<Reservation.Stage, Knowledge> states) {
                if (block.insts().isEmpty()) {
                  note(block, states);
                }
              }

              private void note(Block block, Map<Reservation.Stage, Knowledge> states) {
                if (states.containsKey(Reservation.Stage.HELD)) {
                  holding.add(block.id());
                }
              }
            });
  }

  private void grow() {
    int exhausted = latch.terminator().edges().getLast().block();
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Block block : flow.order()) {
        boolean wanted =
            holding.contains(block.id()) || block.terminator() instanceof Terminator.Abort;
        if (wanted
            && block.id() != exhausted
            && !blocks.contains(block.id())
            && !flow.predecessors(block.id()).isEmpty()
            && blocks.containsAll(flow.predecessors(block.id()))) {
          changed |= blocks.add(block.id());
        }
      }
    }
  }

  private void check(Block block) {
    if (block.terminator() instanceof Terminator.Again again && again.form() != LoopForm.CALLBACK) {
      obstacle = Optional.of("an iterator is in it");
    }
    for (Inst inst : block.insts()) {
      if (inst instanceof Inst.CallKernel call
          && (MapLock.takenBy(call.function()).isPresent()
              || MapLock.isReleasedBy(call.function())
              || isSection(call)
              || call.function() == Helper.TAIL_CALL
              || (call.function() instanceof Kfunc kfunc && kfunc.advances()))) {
        obstacle = Optional.of("it calls " + call.function().kernelName());
      }
    }
  }

  private static boolean isSection(Inst.CallKernel call) {
    for (CriticalSection section : CriticalSection.values()) {
      if (call.function().equals(section.begin()) || call.function().equals(section.end())) {
        return true;
      }
    }
    return false;
  }

  /// What was acquired before stays held in it, and what it acquires does not leave it.
  private void checkHeld(List<Reservation> reservations) {
    for (Reservation reservation : reservations) {
      if (!isBornWithin(reservation)
          && blocks.stream()
              .flatMap(id -> flow.block(id).insts().stream())
              .anyMatch(reservation::isHandOver)) {
        obstacle = Optional.of("it gives back what was acquired before");
      }
    }
    for (int id : blocks) {
      for (Terminator.Edge edge : flow.block(id).terminator().edges()) {
        boolean leaves = !blocks.contains(edge.block()) || edge.block() == head(latch);
        if (leaves && holding.contains(edge.block())) {
          obstacle = Optional.of("what it acquires is given back behind it");
        }
      }
    }
  }

  /// The blocks, the head first, each before those that follow it.
  Set<Integer> blocks() {
    return blocks;
  }

  /// Why it cannot be a function, if so.
  Optional<String> obstacle() {
    return obstacle;
  }
}
