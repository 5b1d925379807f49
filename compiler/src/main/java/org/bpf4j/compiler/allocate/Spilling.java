package org.bpf4j.compiler.allocate;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.bpf4j.compiler.allocate.Code.LineBlock;
import org.bpf4j.compiler.machine.MachineInsn;
import org.bpf4j.compiler.machine.MachineInsn.Base;
import org.bpf4j.compiler.machine.MachineInsn.Source;
import org.bpf4j.compiler.machine.Register;
import org.bpf4j.compiler.machine.Register.Virtual;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.isa.Width;

/// Rewrites code so that registers without a colour live in the frame, or are made anew where they
/// are read.
///
/// Registers that were merged share a slot, as do those that are never needed at one time. Slots
/// are whole and aligned (8 bytes): the verifier forgets what it knows of anything less. What was
/// loaded for one instruction serves the next ones too, up to a call; if that is too much for the
/// registers, it is undone in the next round.
final class Spilling {

  /// For how many lines an unused stand-in is kept.
  private static final int KEPT_FOR = 12;

  private final Code code;
  private final Map<Integer, Integer> slots = new HashMap<>();

  /// Shared stand-ins that are spilled, with their slots.
  private final Map<Integer, Integer> homeless = new HashMap<>();

  private final Map<Integer, MachineInsn<Register>> recipes;
  private List<Line> lines = new ArrayList<>();

  /// The stand-in that holds what is in a slot, and the line that last used it.
  private final Map<Integer, Virtual> held = new HashMap<>();

  private final Map<Integer, Integer> lastUses = new HashMap<>();

  private Spilling(Code code, InterferenceGraph graph, Coloring coloring) {
    this.code = code;
    this.recipes = new HashMap<>();
    TreeMap<Integer, List<Integer>> groups = new TreeMap<>();
    for (int node = Code.COLORS; node < graph.nodes; node++) {
      if (coloring.isSpilled(node) && code.homes.containsKey(node)) {
        homeless.put(node, code.homes.remove(node));
      } else if (coloring.isSpilled(node)) {
        groups.computeIfAbsent(coloring.find(node), _ -> new ArrayList<>()).add(node);
      }
    }
    Map<Integer, MachineInsn<Register>> all = Recipes.of(code);
    groups
        .values()
        .removeIf(
            group -> {
              boolean remade = group.size() == 1 && all.containsKey(group.getFirst());
              if (remade) {
                recipes.put(group.getFirst(), all.get(group.getFirst()));
              }
              return remade;
            });
    assignSlots(groups, graph, coloring);
    slots.putAll(homeless);
  }

  static void rewrite(Code code, InterferenceGraph graph, Coloring coloring) {
    Spilling spilling = new Spilling(code, graph, coloring);
    for (LineBlock block : code.blocks) {
      spilling.lines = new ArrayList<>();
      spilling.held.clear();
      block.lines().forEach(spilling::rewrite);
      block.lines().clear();
      block.lines().addAll(spilling.lines);
    }
  }

  private void assignSlots(
      Map<Integer, List<Integer>> groups, InterferenceGraph graph, Coloring coloring) {
    List<BitSet> members = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    groups.forEach(
        (leader, group) -> {
          BitSet conflicts = new BitSet();
          for (int node : group) {
            IntList neighbours = graph.neighbours[node];
            for (int i = 0; i < neighbours.size(); i++) {
              conflicts.set(coloring.find(neighbours.get(i)));
            }
          }
          int at = 0;
          while (at < members.size() && members.get(at).intersects(conflicts)) {
            at++;
          }
          if (at == members.size()) {
            members.add(new BitSet());
            numbers.add(code.spillSlot("spill of " + code.register(leader)));
          }
          members.get(at).set(leader);
          for (int node : group) {
            slots.put(node, numbers.get(at));
          }
        });
  }

  private boolean isSpilled(Register register) {
    return slots.containsKey(Code.node(register)) || recipes.containsKey(Code.node(register));
  }

  private void rewrite(Line line) {
    switch (line) {
      case Line.Dropped _ -> lines.add(line);
      case Line.Inserted(MachineInsn<Register> insn) -> {
        if (!isForgotten(insn) && !isWayHome(insn) && !isShortMove(insn, Line.Inserted::new)) {
          rewrite(insn, Line.Inserted::new);
        }
      }
      case Line.Kept(MachineInsn<Register> insn, MachineInsn<Virtual> of) -> {
        Rewritten kept = rewritten -> new Line.Kept(rewritten, of);
        if (!isForgotten(insn) && !isVanishing(insn, of) && !isShortMove(insn, kept)) {
          rewrite(insn, kept);
        }
      }
    }
  }

  private void rewrite(MachineInsn<Register> insn, Rewritten rewritten) {
    Map<Register, Register> standIns = load(insn);
    lines.add(rewritten.of(insn.map(r -> standIns.getOrDefault(r, r))));
    store(insn, standIns);
    if (insn.isCall()) {
      held.clear();
    }
  }

  /// Whether it only moves a shared stand-in that is spilled between its register and its slot.
  private boolean isWayHome(MachineInsn<Register> insn) {
    return switch (insn) {
      case MachineInsn.Load<Register> i ->
          i.base() instanceof Base.Slot<Register>(int slot) && isHome(i.dst(), slot);
      case MachineInsn.Store<Register> i ->
          i.base() instanceof Base.Slot<Register>(int slot)
              && i.src() instanceof Source.Reg<Register>(Register src)
              && isHome(src, slot);
      default -> false;
    };
  }

  private boolean isHome(Register register, int slot) {
    Integer home = homeless.get(Code.node(register));
    return home != null && home == slot;
  }

  /// Whether it makes a value that is made anew wherever it is read.
  private boolean isForgotten(MachineInsn<Register> insn) {
    return insn.defined().map(Code::node).filter(recipes::containsKey).isPresent();
  }

  private boolean isVanishing(MachineInsn<Register> insn, MachineInsn<Virtual> of) {
    if (insn instanceof MachineInsn.Move<Register>(Width width, Register dst, Register src, _)
        && of instanceof MachineInsn.Move<Virtual> move
        && width == Width.W64
        && slots.containsKey(Code.node(dst))
        && Objects.equals(slots.get(Code.node(dst)), slots.get(Code.node(src)))) {
      lines.add(new Line.Dropped(move));
      return true;
    }
    return false;
  }

  private interface Rewritten {
    Line of(MachineInsn<Register> insn);
  }

  /// A copy from or to a slot needs no stand-in.
  private boolean isShortMove(MachineInsn<Register> insn, Rewritten rewritten) {
    if (!(insn instanceof MachineInsn.Move<Register> move) || move.width() != Width.W64) {
      return false;
    }
    Integer to = slots.get(Code.node(move.dst()));
    Integer from = slots.get(Code.node(move.src()));
    if (to != null && !isSpilled(move.src())) {
      held.remove(to);
      lines.add(rewritten.of(store(to, move.src(), move.origin())));
      return true;
    }
    if (from != null && !isSpilled(move.dst())) {
      Optional<Virtual> standIn = held(move.src(), from);
      lines.add(
          rewritten.of(
              standIn.isPresent()
                  ? new MachineInsn.Move<>(Width.W64, move.dst(), standIn.get(), move.origin())
                  : load(move.dst(), from, move.origin())));
      return true;
    }
    return false;
  }

  private static MachineInsn<Register> store(int slot, Register register, Origin origin) {
    return new MachineInsn.Store<>(
        MemorySize.DW, new Base.Slot<>(slot), 0, new Source.Reg<>(register), origin);
  }

  private static MachineInsn<Register> load(Register register, int slot, Origin origin) {
    return new MachineInsn.Load<>(MemorySize.DW, register, new Base.Slot<>(slot), 0, origin);
  }

  /// Gives each spilled operand a stand-in, and loads those that are read.
  private Map<Register, Register> load(MachineInsn<Register> insn) {
    Map<Register, Register> standIns = new HashMap<>();
    for (Register register : insn.uses()) {
      if (isSpilled(register) && !standIns.containsKey(register)) {
        standIns.put(register, loaded(register, insn.origin()));
      }
    }
    insn.defined()
        .filter(this::isSpilled)
        .ifPresent(
            register ->
                standIns.computeIfAbsent(register, r -> code.standIn(code.content(Code.node(r)))));
    return standIns;
  }

  private Virtual loaded(Register register, Origin origin) {
    MachineInsn<Register> recipe = recipes.get(Code.node(register));
    if (recipe != null) {
      Virtual standIn = code.standIn(code.content(Code.node(register)));
      lines.add(new Line.Inserted(Recipes.into(recipe, standIn, origin)));
      return standIn;
    }
    int slot = Objects.requireNonNull(slots.get(Code.node(register)));
    Optional<Virtual> known = held(register, slot);
    if (known.isPresent()) {
      return known.get();
    }
    Virtual standIn = code.standIn(code.content(Code.node(register)));
    lines.add(new Line.Inserted(load(standIn, slot, origin)));
    hold(register, slot, standIn);
    return standIn;
  }

  /// The stand-in that has the slot's value, if it is worth keeping.
  private Optional<Virtual> held(Register register, int slot) {
    Virtual standIn = held.get(slot);
    if (standIn == null || lines.size() - Objects.requireNonNull(lastUses.get(slot)) > KEPT_FOR) {
      return Optional.empty();
    }
    code.standIns.clear(Code.node(standIn));
    code.homes.put(Code.node(standIn), slot);
    hold(register, slot, standIn);
    return Optional.of(standIn);
  }

  private void hold(Register register, int slot, Virtual standIn) {
    if (!homeless.containsKey(Code.node(register))) {
      held.put(slot, standIn);
      lastUses.put(slot, lines.size());
    }
  }

  private void store(MachineInsn<Register> insn, Map<Register, Register> standIns) {
    Register register = insn.defined().filter(this::isSpilled).orElse(null);
    if (register != null && standIns.get(register) instanceof Virtual standIn) {
      int slot = Objects.requireNonNull(slots.get(Code.node(register)));
      lines.add(new Line.Inserted(store(slot, standIn, insn.origin())));
      hold(register, slot, standIn);
    }
  }
}
