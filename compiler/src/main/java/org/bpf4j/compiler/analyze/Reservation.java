package org.bpf4j.compiler.analyze;

import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Definitions;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.Helper;

/// The life of the ring record that one call reserves.
///
/// The kernel demands that every path hands it over once. A join of the record with null keeps the
/// stages apart, so that a null test tells a held record from an absent one.
///
/// @param call the call that reserves
/// @param record its result
/// @param aliases the values that may be this record's address
record Reservation(Inst.CallHelper call, Value record, Set<Value> aliases)
    implements PathFacts.Automaton<Reservation.Stage> {

  /// Where a path stands.
  enum Stage {
    /// Nothing was reserved yet.
    BEFORE,
    /// The ring was full.
    ABSENT,
    /// The record must still be handed over.
    HELD,
    /// It was submitted or discarded.
    DONE
  }

  /// Every reservation of a function.
  static List<Reservation> of(Function function) {
    Sources sources = new Sources(function, Definitions.of(function));
    return function.blocks().stream()
        .flatMap(block -> block.insts().stream())
        .flatMap(
            inst ->
                inst instanceof Inst.CallHelper call
                        && call.helper() == Helper.RINGBUF_RESERVE
                        && call.result().isPresent()
                    ? Stream.of(of(call, call.result().get(), function, sources))
                    : Stream.of())
        .toList();
  }

  private static Reservation of(
      Inst.CallHelper call, Value record, Function function, Sources sources) {
    Stream<Value> values =
        function.blocks().stream()
            .flatMap(
                (Block block) ->
                    Stream.concat(
                        block.parameters().stream(),
                        block.insts().stream().flatMap(inst -> inst.defined().stream())));
    return new Reservation(
        call,
        record,
        values
            .filter(v -> v.type() == record.type() && sources.of(v).contains(record))
            .collect(Collectors.toUnmodifiableSet()));
  }

  /// Whether the instruction hands a record over that may be this one.
  boolean isHandOver(Inst inst) {
    return inst instanceof Inst.CallHelper c
        && (c.helper() == Helper.RINGBUF_SUBMIT || c.helper() == Helper.RINGBUF_DISCARD)
        && c.arguments().stream().anyMatch(aliases::contains);
  }

  @Override
  public Stage start() {
    return Stage.BEFORE;
  }

  @Override
  public void step(Inst inst, Stage state, Knowledge known, BiConsumer<Stage, Knowledge> then) {
    if (inst.equals(call)) {
      Knowledge absent = known.copy();
      absent.assume(record, false);
      then.accept(Stage.ABSENT, absent);
      known.assume(record, true);
      then.accept(Stage.HELD, known);
    } else if (state == Stage.HELD && isHandOver(inst)) {
      then.accept(Stage.DONE, known);
    } else {
      then.accept(state, known);
    }
  }
}
