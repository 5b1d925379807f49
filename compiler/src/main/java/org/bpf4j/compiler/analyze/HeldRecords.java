package org.bpf4j.compiler.analyze;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.ControlFlow;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.KernelFunction;

/// The ring records and objects of the kernel that a program still holds where it aborts.
///
/// An abort releases them, so whoever gives aborts a meaning has to ask here first. It speaks of
/// unoptimised functions that [Analyzer] found no error in.
public final class HeldRecords {
  /// A record's address at an abort, or its dynptr's.
  ///
  /// @param address a value that dominates the abort
  /// @param test one that is 0 on paths that hold no record, if there are such
  /// @param release what gives it back
  public record Held(Value address, Optional<Value> test, KernelFunction release) {}

  private final Map<Integer, List<Held>> atAborts = new HashMap<>();

  /// Looks at a function.
  ///
  /// @throws CompilerBug if no value says whether a record is held
  public static HeldRecords of(Function function) {
    HeldRecords records = new HeldRecords();
    ControlFlow flow = ControlFlow.of(function);
    Set<Value> parts = parts(function);
    for (Reservation reservation : Reservation.groups(function)) {
      forEachAbort(
          function,
          reservation,
          (block, states) -> {
            Held held =
                find(flow, block, reservation, parts, states)
                    .orElseThrow(
                        () -> new CompilerBug("whether " + reservation.births() + " is held"));
            records.atAborts.computeIfAbsent(block.id(), _ -> new ArrayList<>()).add(held);
          });
    }
    return records;
  }

  private HeldRecords() {}

  /// The records held where the block aborts.
  public List<Held> at(int block) {
    return List.copyOf(atAborts.getOrDefault(block, List.of()));
  }

  /// The blocks that abort, of which no value tells whether a record is held.
  static Set<Integer> unknown(ControlFlow flow, Function function, Reservation reservation) {
    Set<Integer> blocks = new HashSet<>();
    Set<Value> parts = parts(function);
    forEachAbort(
        function,
        reservation,
        (block, states) -> {
          if (find(flow, block, reservation, parts, states).isEmpty()) {
            blocks.add(block.id());
          }
        });
    return blocks;
  }

  /// What sees the aborts at which a record may be held.
  interface AbortVisitor {
    void visit(Block block, Map<Reservation.Stage, Knowledge> states);
  }

  static void forEachAbort(Function function, Reservation reservation, AbortVisitor visitor) {
    boolean aborts =
        function.blocks().stream().anyMatch(b -> b.terminator() instanceof Terminator.Abort);
    if (!aborts) {
      return;
    }
    new PathFacts<>(function, reservation)
        .visit(
            new PathFacts.Visitor<>() {
              @Override
              public void before(
                  Block block, Inst inst, Map<Reservation.Stage, Knowledge> states) {}

              @Override
              public void before(
                  Block block, Terminator end, Map<Reservation.Stage, Knowledge> states) {
                if (end instanceof Terminator.Abort && states.containsKey(Reservation.Stage.HELD)) {
                  visitor.visit(block, states);
                }
              }
            });
  }

  /// The addresses that lie within something, by which nothing is released.
  private static Set<Value> parts(Function function) {
    Map<Value, List<Value>> passed = function.passed();
    Set<Value> parts = new HashSet<>();
    boolean more = true;
    while (more) {
      more = false;
      for (Block block : function.blocks()) {
        for (Value parameter : block.parameters()) {
          boolean part =
              passed.getOrDefault(parameter, List.of()).stream().anyMatch(parts::contains);
          more |= part && parts.add(parameter);
        }
        for (Inst inst : block.insts()) {
          boolean part =
              inst instanceof Inst.PtrAdd
                  || inst instanceof Inst.Refine refine && parts.contains(refine.value());
          more |= part && parts.add(inst.defined().orElseThrow());
        }
      }
    }
    return parts;
  }

  /// A value that is the record's address if it is held, and else null; the last that dominates the
  /// block, since others may not be needed any more.
  private static Optional<Held> find(
      ControlFlow flow,
      Block block,
      Reservation reservation,
      Set<Value> parts,
      Map<Reservation.Stage, Knowledge> states) {
    List<Value> candidates = new ArrayList<>();
    for (Block upper : flow.order()) {
      if (flow.dominates(upper.id(), block.id())) {
        candidates.addAll(upper.parameters());
        upper.insts().forEach(inst -> inst.defined().ifPresent(candidates::add));
      }
    }
    List<Value> telling = candidates.stream().filter(value -> tells(value, states)).toList();
    Optional<Value> address =
        last(telling, value -> reservation.aliases().contains(value) && !parts.contains(value));
    if (states.size() == 1) {
      return address.map(value -> new Held(value, Optional.empty(), reservation.release()));
    }
    Optional<Value> test =
        reservation.isDynptr() ? last(telling, value -> value.type() == Type.I32) : address;
    return test.flatMap(
        flag -> address.map(value -> new Held(value, Optional.of(flag), reservation.release())));
  }

  private static Optional<Value> last(List<Value> values, Predicate<Value> wanted) {
    return values.stream().filter(wanted).reduce((_, later) -> later);
  }

  private static boolean tells(Value value, Map<Reservation.Stage, Knowledge> states) {
    return states.entrySet().stream()
        .allMatch(entry -> entry.getValue().knows(value, entry.getKey() == Reservation.Stage.HELD));
  }
}
