package org.bpf4j.compiler.translate;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bpf4j.compiler.analyze.Loops;
import org.bpf4j.compiler.ast.GlobalLayout;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.ControlFlow;
import org.bpf4j.compiler.ssa.Definitions;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Numbers;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.object.Kfunc;

/// Makes unknown to the verifier what rounds leave in memory on the stack.
///
/// It gives up what it knows of a number only if no branch was decided by it. A loop whose rounds
/// the kernel counts, and a callback, it follows until a round changes nothing: a number that such
/// a branch bounds and that each round counts on would look different for ever. In any other loop,
/// paths that leave it different double in each round. An exclusive or with a zero that the
/// verifier does not know keeps it from that, as [org.bpf4j.compiler.translate.Loops] does it for
/// numbers in variables: where a round ends, and in callbacks, which do not know whose memory they
/// write, where they write.
final class RoundStores {
  private final Function function;
  private final Definitions definitions;
  private final Numbers numbers;
  private final UnknownZero zero;

  /// A number on the stack.
  private record Place(int slot, int offset, MemorySize size) {}

  /// Masks such numbers in all functions of a program.
  ///
  /// @param zero where a zero is that the verifier takes to be anything; empty if nothing branches
  ///   in a round
  static List<Function> masked(List<Function> functions, Optional<GlobalLayout.Placement> zero) {
    return zero.map(at -> functions.stream().map(f -> new RoundStores(at, f).masked()).toList())
        .orElse(functions);
  }

  private RoundStores(GlobalLayout.Placement zero, Function function) {
    this.function = function;
    this.definitions = Definitions.of(function);
    this.numbers = Numbers.after(function);
    this.zero = new UnknownZero(zero, numbers);
  }

  private Function masked() {
    ControlFlow flow = ControlFlow.of(function);
    Loops loops = Loops.of(flow);
    List<Block> blocks = new ArrayList<>();
    for (Block block : function.blocks()) {
      List<Inst> insts = new ArrayList<>();
      block.insts().forEach(inst -> insts.add(written(inst, insts)));
      for (Terminator.Edge edge : block.terminator().edges()) {
        if (flow.isReachable(block.id()) && flow.isBackEdge(block.id(), edge.block())) {
          Set<Integer> body = loops.body(edge.block());
          if (counts(flow, body) || meet(flow, body)) {
            places(flow, edge.block(), body)
                .forEach(place -> mask(place, insts, block.terminator().origin()));
          }
        }
      }
      blocks.add(new Block(block.id(), block.parameters(), insts, block.terminator()));
    }
    return zero.in(function, blocks);
  }

  /// Whether the kernel counts the rounds of a loop.
  private static boolean counts(ControlFlow flow, Set<Integer> body) {
    return body.stream()
        .map(flow::block)
        .anyMatch(
            block ->
                block.terminator() instanceof Terminator.Again
                    || block.insts().stream()
                        .anyMatch(
                            inst ->
                                inst instanceof Inst.CallKernel call
                                    && call.function() instanceof Kfunc kfunc
                                    && kfunc.advances()));
  }

  /// Whether there are several ways through a round, which meet again.
  private static boolean meet(ControlFlow flow, Set<Integer> body) {
    return body.stream()
        .filter(id -> flow.predecessors(id).stream().noneMatch(from -> flow.isBackEdge(from, id)))
        .anyMatch(id -> flow.predecessors(id).size() > 1);
  }

  /// The numbers that a loop writes, of instances that are there before it. Other memory on the
  /// stack is used for moments, and no round finds in it what one before has left.
  private Set<Place> places(ControlFlow flow, int head, Set<Integer> body) {
    Set<Place> places = new LinkedHashSet<>();
    for (Block block : flow.order()) {
      if (body.contains(block.id())) {
        block.insts().forEach(inst -> place(inst).ifPresent(places::add));
      }
    }
    Set<Integer> before = new LinkedHashSet<>();
    for (Block block : flow.order()) {
      if (!body.contains(block.id()) && flow.dominates(block.id(), head)) {
        for (Inst inst : block.insts()) {
          if (inst instanceof Inst.StackAddress address && address.fresh()) {
            before.add(address.slot());
          }
        }
      }
    }
    places.removeIf(place -> !before.contains(place.slot()));
    return places;
  }

  private Optional<Place> place(Inst inst) {
    if (!(inst instanceof Inst.Store store) || store.value().type() == Type.PTR) {
      return Optional.empty();
    }
    long offset = store.offset();
    Value base = definitions.unrefined(store.base());
    while (definitions.of(base).orElse(null) instanceof Inst.PtrAdd add) {
      if (definitions.constant(add.offset()).isEmpty()) {
        return Optional.empty();
      }
      offset += definitions.constant(add.offset()).getAsLong();
      base = definitions.unrefined(add.base());
    }
    return definitions.of(base).orElse(null) instanceof Inst.StackAddress address
        ? Optional.of(new Place(address.slot(), Math.toIntExact(offset), store.size()))
        : Optional.empty();
  }

  private void mask(Place place, List<Inst> insts, Origin origin) {
    Type type = place.size() == MemorySize.DW ? Type.I64 : Type.I32;
    Region region = Region.stack(place.slot());
    Value address = numbers.value(Type.PTR);
    Value number = numbers.value(type);
    insts.add(new Inst.StackAddress(address, place.slot(), false, origin));
    insts.add(new Inst.Load(number, place.size(), false, address, place.offset(), region, origin));
    insts.add(
        new Inst.Store(
            place.size(),
            address,
            place.offset(),
            zero.hide(number, insts, origin),
            region,
            origin));
  }

  /// What a callback writes, through what it was given, if it may go on from a number of the round
  /// before. What was read or is constant is the same in each.
  private Inst written(Inst inst, List<Inst> before) {
    boolean calledBack =
        function.role() == Function.Role.CALLBACK || function.role() == Function.Role.CALLED_ONCE;
    if (!calledBack
        || !(inst instanceof Inst.Store store)
        || (store.region().kind() != Region.Kind.CAPTURED
            && store.region().kind() != Region.Kind.ANY)
        || store.value().type() == Type.PTR
        || !isComputed(store.value())) {
      return inst;
    }
    Value unknown = zero.hide(store.value(), before, store.origin());
    return new Inst.Store(
        store.size(), store.base(), store.offset(), unknown, store.region(), store.origin());
  }

  private boolean isComputed(Value value) {
    Value plain = definitions.unrefined(value);
    return switch (definitions.of(plain).orElse(null)) {
      case null -> !function.entry().parameters().contains(plain);
      case Inst.Binary binary -> binary.op() != Inst.BinaryOp.AND;
      case Inst.Unary unary -> isComputed(unary.operand());
      case Inst.CallFunction _ -> true;
      default -> false;
    };
  }
}
