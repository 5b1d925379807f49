package org.bpf4j.compiler.analyze;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.ControlFlow;
import org.bpf4j.compiler.ssa.Definitions;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.Helper;
import org.bpf4j.object.HelperVariant;
import org.bpf4j.object.Kfunc;
import org.bpf4j.object.ObjectFunction;

/// Finds ring records and objects of the kernel that are lost, used after they were handed over, or
/// handed over twice.
final class Records implements PathFacts.Visitor<Reservation.Stage> {
  private final Reservation reservation;
  private final Sources sources;

  /// The blocks that abort without knowing whether it is held.
  private final Set<Integer> unknown;

  private final List<Renewal> renewals;

  private final Set<Span> lostAt = new LinkedHashSet<>();
  private final List<Diagnostic> found = new ArrayList<>();
  private final Advice advice;

  static List<Diagnostic> check(Function function, Advice advice) {
    List<Diagnostic> found = new ArrayList<>(captured(function, advice));
    ControlFlow flow = ControlFlow.of(function);
    List<Reservation> groups = Reservation.groups(function);
    for (Reservation reservation : Reservation.of(function)) {
      List<Reservation> own =
          groups.stream().filter(group -> group.isBirth(reservation.call())).toList();
      Set<Integer> unknown =
          own.stream()
              .flatMap(group -> HeldRecords.unknown(flow, function, group).stream())
              .collect(Collectors.toUnmodifiableSet());
      List<Renewal> renewals =
          own.stream().flatMap(group -> Renewal.of(function, group, reservation).stream()).toList();
      Records records = new Records(function, reservation, unknown, renewals, advice);
      new PathFacts<>(function, reservation).visit(records);
      records.reportLost();
      found.addAll(records.found);
    }
    return Diagnostic.merged(found);
  }

  /// A callback may run any number of times: it cannot hand over what was reserved outside.
  private static List<Diagnostic> captured(Function function, Advice advice) {
    Definitions definitions = Definitions.of(function);
    Sources sources = new Sources(function, definitions);
    return function.blocks().stream()
        .flatMap((Block block) -> block.insts().stream())
        .filter(
            inst ->
                inst instanceof Inst.CallKernel call
                    && call.function().handsOver()
                    && sources.of(call.arguments().getFirst()).stream()
                        .anyMatch(
                            source ->
                                definitions.of(source).orElse(null) instanceof Inst.Load load
                                    && load.region().equals(Region.CAPTURED)))
        .map(
            inst ->
                advice.error(
                    Code.BPF2007,
                    inst.origin(),
                    "a record that was reserved outside is handed over by code that is called back",
                    List.of("it may be called any number of times"),
                    "hand it over behind the call, or reserve it in the lambda"))
        .toList();
  }

  private Records(
      Function function,
      Reservation reservation,
      Set<Integer> unknown,
      List<Renewal> renewals,
      Advice advice) {
    this.renewals = renewals;
    this.reservation = reservation;
    this.sources = new Sources(function, Definitions.of(function));
    this.unknown = unknown;
    this.advice = advice;
  }

  @Override
  public void before(Block block, Inst inst, Map<Reservation.Stage, Knowledge> states) {
    boolean leaves =
        inst.equals(reservation.call())
            || (inst instanceof Inst.CallKernel call && call.function() == Helper.TAIL_CALL);
    if (leaves && states.containsKey(Reservation.Stage.HELD)) {
      lostAt.add(inst.origin().span());
    }
    Knowledge done = states.get(Reservation.Stage.DONE);
    if (done == null || inst.equals(reservation.call())) {
      return;
    }
    for (Value address : addresses(inst)) {
      boolean dead = reservation.has(address) && !done.knows(address, false);
      if (dead && renewals.stream().noneMatch(renewal -> renewal.has(block, inst, address))) {
        found.add(used(inst, address));
        return;
      }
    }
  }

  /// The addresses that an instruction accesses or hands on.
  static List<Value> addresses(Inst inst) {
    return switch (inst) {
      case Inst.Load i -> List.of(i.base());
      case Inst.Store i -> List.of(i.base());
      case Inst.Zero i -> List.of(i.base());
      case Inst.Copy i -> List.of(i.to(), i.from());
      case Inst.Atomic i -> List.of(i.base());
      case Inst.CallKernel i -> i.arguments();
      case Inst.Binary i -> i.operands();
      default -> List.of();
    };
  }

  private Diagnostic used(Inst inst, Value address) {
    String name = sources.subjectOf(address).orElse("the record");
    if (ObjectFunction.givesObject(reservation.call().function())) {
      return advice.error(
          Code.BPF2008,
          inst.origin(),
          "`" + name + "` is used after it was given away",
          List.of("found at " + reservation.call().origin().span()),
          "give it to a list, a tree or BpfObjects.free once on each path, when nothing of it is"
              + " needed any more");
    }
    if (!reservation.isRecord()) {
      return advice.error(
          Code.BPF2008,
          inst.origin(),
          "`" + name + "` is used after the " + reservation.noun() + " was released",
          List.of("found at " + reservation.call().origin().span()),
          "call `%s` once on each path, when nothing of the %s is needed any more"
              .formatted(reservation.release().methodName(), reservation.noun()));
    }
    String message =
        reservation.isHandOver(inst)
            ? "`" + name + "` may have been handed over already"
            : "`" + name + "` is used after it was handed over";
    return advice.error(
        Code.BPF2008,
        inst.origin(),
        message,
        List.of("reserved at " + reservation.call().origin().span()),
        "fill the record before `submit`, and submit or discard it once on each path");
  }

  @Override
  public void before(Block block, Terminator end, Map<Reservation.Stage, Knowledge> states) {
    boolean held = states.containsKey(Reservation.Stage.HELD);
    if (held && end instanceof Terminator.Return) {
      lostAt.add(end.origin().span());
    } else if (held && end instanceof Terminator.Abort && unknown.contains(block.id())) {
      lostAt.add(end.origin().span());
    }
  }

  private String releaseCall() {
    return switch (reservation.release()) {
      case Helper helper -> "Helpers." + helper.methodName();
      case HelperVariant variant -> variant.methodName();
      case Kfunc kfunc ->
          kfunc.equals(ObjectFunction.DROP.kfunc()) ? "BpfObjects.free" : kfunc.name();
    };
  }

  private void reportLost() {
    if (lostAt.isEmpty()) {
      return;
    }
    Origin origin = reservation.call().origin();
    List<String> notes = lostAt.stream().map(span -> "it is lost at " + span).toList();
    if (!reservation.isRecord()) {
      found.add(
          advice.error(
              Code.BPF2007,
              origin,
              "the " + reservation.noun() + " found here is not released on every path",
              notes,
              "write `" + releaseCall() + "(…)` on each path before it ends"));
      return;
    }
    String ring = sources.mapOf(reservation.call()).orElse("the ring");
    found.add(
        advice.error(
            Code.BPF2007,
            origin,
            "the record reserved here is not handed over on every path",
            notes,
            "write `"
                + ring
                + ".submit(…)` or `"
                + ring
                + ".discard(…)` on each path before "
                + "it ends"));
  }
}
