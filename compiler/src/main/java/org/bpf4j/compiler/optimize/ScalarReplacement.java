package org.bpf4j.compiler.optimize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.bpf4j.compiler.optimize.Addresses.Place;
import org.bpf4j.compiler.optimize.Addresses.Root;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.ControlFlow;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Numbers;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.MemorySize;

/// Turns the fields of structs that never leave the function into values.
///
/// A slot qualifies if all that happens to its addresses are loads, stores and zeroing at constant
/// offsets, and its accesses are equal or disjoint.
final class ScalarReplacement {
  /// A field: part of a slot.
  private record Cell(int slot, int offset, MemorySize size) {}

  private final Function function;
  private final Addresses addresses;
  private final Numbers numbers;
  private final Set<Integer> rejected = new HashSet<>();
  private final Map<Integer, Map<Integer, Cell>> cells = new HashMap<>();
  private final Map<Cell, Type> types = new LinkedHashMap<>();
  private final Substitution substitution = new Substitution();

  static Function run(Function function) {
    return function.slots().isEmpty()
        ? function
        : new ScalarReplacement(Reachable.run(function)).replaced();
  }

  private ScalarReplacement(Function function) {
    this.function = function;
    this.addresses = new Addresses(function);
    this.numbers = Numbers.after(function);
  }

  private Function replaced() {
    for (Block block : function.blocks()) {
      block.insts().forEach(this::inspect);
      block.terminator().operands().forEach(this::escape);
    }
    for (Block block : function.blocks()) {
      for (Inst inst : block.insts()) {
        if (inst instanceof Inst.Zero zero) {
          checkZero(zero, addresses.of(zero.base(), zero.offset()));
        }
      }
    }
    cells.keySet().removeAll(rejected);
    return cells.isEmpty() ? function : rewritten();
  }

  private void escape(Value value) {
    if (addresses.of(value).root() instanceof Root.Slot(int slot)) {
      rejected.add(slot);
    }
  }

  private void inspect(Inst inst) {
    switch (inst) {
      case Inst.Load i -> access(addresses.of(i.base(), i.offset()), i.size(), i.result().type());
      case Inst.Store i -> {
        escape(i.value());
        Type type = i.size() == MemorySize.DW ? i.value().type() : Type.I32;
        access(addresses.of(i.base(), i.offset()), i.size(), type);
      }
      case Inst.Zero _, Inst.StackAddress _, Inst.Refine _ -> {}
      case Inst.PtrAdd i -> {
        if (addresses.of(i.result()).offset().isEmpty()) {
          escape(i.base());
        }
      }
      case Inst.Compare _ -> {}
      case Inst.Const _,
          Inst.Binary _,
          Inst.Unary _,
          Inst.Copy _,
          Inst.Atomic _,
          Inst.MapAddress _,
          Inst.GlobalAddress _,
          Inst.FunctionAddress _,
          Inst.KernelAddress _,
          Inst.CallKernel _,
          Inst.CallFunction _,
          Inst.CoreConst _ ->
          inst.operands().forEach(this::escape);
    }
  }

  private void access(Place place, MemorySize size, Type type) {
    if (!(place.root() instanceof Root.Slot(int slot))) {
      return;
    }
    if (place.offset().isEmpty()) {
      rejected.add(slot);
      return;
    }
    Cell cell = new Cell(slot, (int) place.offset().getAsLong(), size);
    Type known = types.putIfAbsent(cell, type);
    Map<Integer, Cell> taken = cells.computeIfAbsent(slot, _ -> new HashMap<>());
    boolean fits = known == null || known == type;
    for (int i = 0; i < size.bytes(); i++) {
      Cell other = taken.putIfAbsent(cell.offset + i, cell);
      fits &= other == null || other.equals(cell);
    }
    if (!fits) {
      rejected.add(slot);
    }
  }

  private void checkZero(Inst.Zero zero, Place place) {
    if (place.root() instanceof Root.Slot(int slot)
        && (place.offset().isEmpty()
            || !zeroed(zero, slot, place.offset().getAsLong()).stream()
                .allMatch(c -> covers(zero, place.offset().getAsLong(), c)))) {
      rejected.add(slot);
    }
  }

  private static boolean covers(Inst.Zero zero, long start, Cell cell) {
    return cell.offset >= start && cell.offset + cell.size.bytes() <= start + zero.bytes();
  }

  private List<Cell> zeroed(Inst.Zero zero, int slot, long start) {
    Map<Integer, Cell> taken = cells.getOrDefault(slot, Map.of());
    List<Cell> zeroed = new ArrayList<>();
    for (long at = start; at < start + zero.bytes(); at++) {
      Cell cell = taken.get((int) at);
      if (cell != null && (zeroed.isEmpty() || !zeroed.getLast().equals(cell))) {
        zeroed.add(cell);
      }
    }
    return zeroed;
  }

  private Optional<Cell> cell(Value base, int offset) {
    Place place = addresses.of(base, offset);
    return place.root() instanceof Root.Slot(int slot) && place.offset().isPresent()
        ? Optional.ofNullable(
            cells.getOrDefault(slot, Map.of()).get((int) place.offset().getAsLong()))
        : Optional.empty();
  }

  private boolean isReplaced(Value base) {
    return addresses.of(base).root() instanceof Root.Slot(int slot) && cells.containsKey(slot);
  }

  private Function rewritten() {
    ControlFlow flow = ControlFlow.of(function);
    Reaching<Cell> reaching = new Reaching<>(flow, numbers);
    Origin at = function.entry().terminator().origin();
    List<Inst> initial = new ArrayList<>();
    types.forEach(
        (cell, type) -> {
          if (cells.containsKey(cell.slot)) {
            Value zero = numbers.value(type);
            initial.add(new Inst.Const(zero, 0, at));
            reaching.begin(cell, zero);
          }
        });
    Map<Integer, Rewriting> rewritings = new HashMap<>();
    for (Block block : function.blocks()) {
      Rewriting rewriting = new Rewriting(block);
      rewritings.put(block.id(), rewriting);
      rewriting.current.forEach((cell, value) -> reaching.define(cell, block.id(), value));
    }
    List<Block> blocks = new ArrayList<>();
    for (Block block : function.blocks()) {
      List<Inst> insts = new ArrayList<>();
      if (block.equals(function.entry())) {
        insts.addAll(initial);
      }
      Rewriting rewriting = Objects.requireNonNull(rewritings.get(block.id()));
      insts.addAll(rewriting.insts);
      rewriting.before.forEach(
          (cell, placeholder) ->
              substitution.replace(placeholder, reaching.atStart(cell, block.id())));
      blocks.add(new Block(block.id(), block.parameters(), insts, block.terminator()));
    }
    return DeadCode.run(substitution.apply(reaching.complete(function.withBlocks(blocks))));
  }

  /// A block without the accesses. What a cell held before the block is a placeholder until it is
  /// known.
  private final class Rewriting {
    private final List<Inst> insts = new ArrayList<>();
    private final Map<Cell, Value> current = new LinkedHashMap<>();
    private final Map<Cell, Value> before = new LinkedHashMap<>();

    Rewriting(Block block) {
      for (Inst inst : block.insts()) {
        switch (inst) {
          case Inst.Load i when cell(i.base(), i.offset()).isPresent() ->
              load(i, cell(i.base(), i.offset()).get());
          case Inst.Store i when cell(i.base(), i.offset()).isPresent() ->
              store(i, cell(i.base(), i.offset()).get());
          case Inst.Zero i when isReplaced(i.base()) -> zero(i);
          default -> insts.add(inst);
        }
      }
    }

    private void load(Inst.Load i, Cell cell) {
      Value held = current.get(cell);
      if (held == null) {
        held = before.computeIfAbsent(cell, c -> numbers.value(i.result().type()));
      }
      if (cell.size.bytes() >= 4) {
        substitution.replace(i.result(), held);
      } else {
        Inst.UnaryOp extension =
            cell.size == MemorySize.B
                ? (i.signed() ? Inst.UnaryOp.SEXT8 : Inst.UnaryOp.ZEXT8)
                : (i.signed() ? Inst.UnaryOp.SEXT16 : Inst.UnaryOp.ZEXT16);
        insts.add(new Inst.Unary(i.result(), extension, held, i.origin()));
      }
    }

    private void store(Inst.Store i, Cell cell) {
      if (i.size() != MemorySize.DW && i.value().type() == Type.I64) {
        Value low = numbers.value(Type.I32);
        insts.add(new Inst.Unary(low, Inst.UnaryOp.TRUNC, i.value(), i.origin()));
        current.put(cell, low);
      } else {
        current.put(cell, i.value());
      }
    }

    private void zero(Inst.Zero i) {
      if (addresses.of(i.base(), i.offset()) instanceof Place(Root.Slot(int slot), var offset)) {
        for (Cell cell : zeroed(i, slot, offset.orElse(0))) {
          Value zero = numbers.value(types.getOrDefault(cell, Type.I32));
          insts.add(new Inst.Const(zero, 0, i.origin()));
          current.put(cell, zero);
        }
      }
    }
  }
}
