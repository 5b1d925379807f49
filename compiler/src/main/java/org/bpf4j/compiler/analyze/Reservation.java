package org.bpf4j.compiler.analyze;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Definitions;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.Helper;
import org.bpf4j.object.KernelFunction;
import org.bpf4j.object.Kfunc;
import org.bpf4j.object.MapLookup;
import org.bpf4j.object.PointerExchange;
import org.bpf4j.object.Signature;

/// The life of the ring record that a call reserves, or of the socket or other object of the kernel
/// that it gets; or of the one that some of several calls give.
///
/// The kernel demands that every path hands it over once. A join of the record with null keeps the
/// stages apart, so that a null test tells a held record from an absent one.
///
/// @param births the calls that reserve, of which no path makes two
/// @param aliases the values that may be this record's address, or its dynptr's
/// @param derived what helpers gave for it, which dies with it
record Reservation(List<Birth> births, Set<Value> aliases, Set<Value> derived)
    implements PathFacts.Automaton<Reservation.Stage> {

  /// A call that reserves.
  ///
  /// @param outcome its result: the record's address, or for a dynptr 0 unless it failed
  record Birth(Inst.CallKernel call, Value outcome) {}

  /// Copies the list.
  Reservation {
    births = List.copyOf(births);
  }

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
                inst instanceof Inst.CallKernel call
                        && call.function().acquires()
                        && call.result().isPresent()
                    ? Stream.of(of(call, call.result().get(), function, sources))
                    : Stream.of())
        .toList();
  }

  private static Reservation of(
      Inst.CallKernel call, Value outcome, Function function, Sources sources) {
    Value record = isDynptr(call) ? call.arguments().getLast() : outcome;
    List<Value> values = values(function);
    Set<Value> aliases = madeOf(record, function, sources);
    Set<Value> derived = new HashSet<>();
    boolean more = call.function() != Helper.RINGBUF_RESERVE;
    while (more) {
      more = derived.addAll(madeOf(given(function, aliases, derived), values, sources));
    }
    return new Reservation(List.of(new Birth(call, outcome)), aliases, derived);
  }

  /// Every reservation of a function, those taken as one that give the same variable its object: it
  /// tells whether there is one, not which call gave it.
  static List<Reservation> groups(Function function) {
    List<Reservation> groups = new ArrayList<>();
    for (Reservation one : of(function)) {
      Optional<Reservation> joined = Optional.empty();
      for (Reservation group : groups) {
        if (joined.isEmpty() && group.goesWith(one)) {
          joined = Optional.of(group.with(one)).filter(both -> both.isAlternative(function));
          joined.ifPresent(both -> groups.set(groups.indexOf(group), both));
        }
      }
      if (joined.isEmpty()) {
        groups.add(one);
      }
    }
    return groups;
  }

  private boolean goesWith(Reservation other) {
    return !isDynptr()
        && !other.isDynptr()
        && release().equals(other.release())
        && !Collections.disjoint(aliases, other.aliases);
  }

  private Reservation with(Reservation other) {
    return new Reservation(
        Stream.concat(births.stream(), other.births.stream()).toList(),
        union(aliases, other.aliases),
        union(derived, other.derived));
  }

  private static Set<Value> union(Set<Value> some, Set<Value> more) {
    return Stream.concat(some.stream(), more.stream()).collect(Collectors.toUnmodifiableSet());
  }

  /// Whether no call reserves while what another gave is still held.
  private boolean isAlternative(Function function) {
    boolean[] twice = new boolean[1];
    new PathFacts<>(function, this)
        .visit(
            new PathFacts.Visitor<>() {
              @Override
              public void before(Block block, Inst inst, Map<Stage, Knowledge> states) {
                twice[0] |= isBirth(inst) && states.containsKey(Stage.HELD);
              }

              @Override
              public void before(Block block, Terminator end, Map<Stage, Knowledge> states) {}
            });
    return !twice[0];
  }

  /// The call that reserves, or the first of several.
  Inst.CallKernel call() {
    return births.getFirst().call();
  }

  /// Whether an instruction reserves.
  boolean isBirth(Inst inst) {
    return births.stream().anyMatch(birth -> birth.call().equals(inst));
  }

  /// The values that may be an address, offsets aside.
  static Set<Value> madeOf(Value address, Function function, Sources sources) {
    return madeOf(sources.of(address), values(function), sources).stream()
        .filter(v -> v.type() == address.type())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static List<Value> values(Function function) {
    return function.blocks().stream()
        .flatMap(
            (Block block) ->
                Stream.concat(
                    block.parameters().stream(),
                    block.insts().stream().flatMap(inst -> inst.defined().stream())))
        .toList();
  }

  private static Set<Value> madeOf(Set<Value> origins, List<Value> values, Sources sources) {
    return values.stream()
        .filter(v -> v.type() != Type.I32)
        .filter(v -> !Collections.disjoint(sources.of(v), origins))
        .collect(Collectors.toUnmodifiableSet());
  }

  /// What functions give for it that is not released by itself, dynptrs of a part among them.
  private static Set<Value> given(Function function, Set<Value> aliases, Set<Value> derived) {
    return function.blocks().stream()
        .flatMap(block -> block.insts().stream())
        .flatMap(
            inst ->
                inst instanceof Inst.CallKernel c
                        && c.arguments().stream()
                            .anyMatch(v -> aliases.contains(v) || derived.contains(v))
                    ? Stream.concat(
                        dynptrOf(c).stream(),
                        borrows(c.function()) ? c.result().stream() : Stream.of())
                    : Stream.of())
        .collect(Collectors.toSet());
  }

  /// The place where a call makes a dynptr: its last argument.
  static Optional<Value> dynptrOf(Inst.CallKernel call) {
    return call.function()
        .signature()
        .filter(s -> s.arguments().contains(Signature.Argument.DYNPTR_NEW))
        .map(_ -> call.arguments().getLast());
  }

  private static boolean borrows(KernelFunction helper) {
    return helper
        .signature()
        .filter(
            s ->
                s.result() == Signature.Result.BORROWED_SOCKET_OR_NULL
                    || s.result() == Signature.Result.SLICE_OR_NULL
                    || s.result() == Signature.Result.KERNEL_POINTER)
        .filter(_ -> !helper.acquires())
        .isPresent();
  }

  /// Whether a call makes a dynptr, in the place that its last argument says.
  private static boolean isDynptr(Inst.CallKernel call) {
    return call.function()
        .signature()
        .filter(s -> s.arguments().contains(Signature.Argument.DYNPTR_RESERVED))
        .isPresent();
  }

  /// Whether it is a dynptr, whose address is never null.
  boolean isDynptr() {
    return isDynptr(call());
  }

  /// Whether it is a ring record, or else an object of the kernel.
  boolean isRecord() {
    return call().function() == Helper.RINGBUF_RESERVE || isDynptr();
  }

  /// What the kernel calls it.
  String noun() {
    return switch (call().function()) {
      case Helper _ -> isRecord() ? "record" : "socket";
      case MapLookup _ -> "socket";
      case Kfunc _, PointerExchange _ -> "object";
    };
  }

  /// What gives it back where the program aborts.
  KernelFunction release() {
    return switch (call().function()) {
      case Helper _ ->
          isDynptr()
              ? Helper.RINGBUF_DISCARD_DYNPTR
              : isRecord() ? Helper.RINGBUF_DISCARD : Helper.SK_RELEASE;
      case MapLookup _ -> Helper.SK_RELEASE;
      case PointerExchange exchange -> exchange.release();
      case Kfunc kfunc ->
          kfunc.release().orElseThrow(() -> new CompilerBug(kfunc.name() + " acquires nothing"));
    };
  }

  /// Whether a value may be the record's address, or something of it.
  boolean has(Value value) {
    return aliases.contains(value) || derived.contains(value);
  }

  /// Whether the instruction hands a record over that may be this one.
  boolean isHandOver(Inst inst) {
    return inst instanceof Inst.CallKernel c
        && c.function().releases()
        && c.arguments().stream().anyMatch(aliases::contains);
  }

  @Override
  public Stage start() {
    return Stage.BEFORE;
  }

  /// Of other numbers the verifier knows too little: it takes a path on which one that was not zero
  /// is, or on which the whole of a number is zero and its lower half is not.
  @Override
  public boolean follows(Value number) {
    return aliases.contains(number)
        || births.stream().anyMatch(birth -> birth.outcome().equals(number));
  }

  @Override
  public void step(Inst inst, Stage state, Knowledge known, BiConsumer<Stage, Knowledge> then) {
    Optional<Birth> birth = births.stream().filter(b -> b.call().equals(inst)).findFirst();
    if (birth.isPresent()) {
      Value outcome = birth.get().outcome();
      Knowledge absent = known.copy();
      absent.assume(outcome, isDynptr());
      then.accept(Stage.ABSENT, absent);
      known.assume(outcome, !isDynptr());
      then.accept(Stage.HELD, known);
    } else if (state == Stage.HELD && isHandOver(inst)) {
      then.accept(Stage.DONE, known);
    } else {
      then.accept(state, known);
    }
  }
}
