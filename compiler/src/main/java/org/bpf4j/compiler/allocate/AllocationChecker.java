package org.bpf4j.compiler.allocate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bpf4j.compiler.allocate.Code.LineBlock;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.machine.MachineBlock;
import org.bpf4j.compiler.machine.MachineFlow;
import org.bpf4j.compiler.machine.MachineInsn;
import org.bpf4j.compiler.machine.MachineInsn.Base;
import org.bpf4j.compiler.machine.MachineInsn.Source;
import org.bpf4j.compiler.machine.Register;
import org.bpf4j.compiler.machine.Register.Virtual;
import org.bpf4j.isa.Width;

/// Proves that allocated code reads what the code before it read.
///
/// It numbers values and follows, forward along all paths, the number of each virtual register's
/// value and of what is in each place (a machine register or a spill slot): where an instruction
/// reads a virtual register, the place that stands for it must hold the same number on every path.
/// Where paths meet, two things stay equal that were equal on all of them. It knows nothing of how
/// the allocator works.
final class AllocationChecker {

  /// The number of what nobody knows.
  private static final int UNKNOWN = 0;

  private final Code code;
  private final MachineFlow flow;
  private final Liveness liveness;
  private final Map<Object, Integer> recipes = new HashMap<>();
  private final int[] fixed;
  private final int[] values;
  private int[] places = new int[0];
  private int nextNumber = 1;

  /// Remembers what the code was before anything is spilled.
  AllocationChecker(Code code, MachineFlow flow) {
    this.code = code;
    this.flow = flow;
    this.liveness = Liveness.of(code, flow);
    this.fixed = new int[code.nodes()];
    this.values = new int[code.nodes()];
    findRecipes();
  }

  /// Values that can be made anew have numbers of their own, below zero, for good.
  private void findRecipes() {
    Map<Virtual, Integer> writes = new HashMap<>();
    for (MachineBlock<Virtual> block : code.source.blocks()) {
      for (MachineInsn<Virtual> insn : block.insns()) {
        insn.defined().ifPresent(register -> writes.merge(register, 1, Integer::sum));
      }
    }
    for (MachineBlock<Virtual> block : code.source.blocks()) {
      for (MachineInsn<Virtual> insn : block.insns()) {
        Virtual made =
            insn.defined().filter(register -> Objects.equals(writes.get(register), 1)).orElse(null);
        if (made != null && Recipes.isRecipe(insn) && !code.source.parameters().contains(made)) {
          fixed[Code.node(made)] = recipes.computeIfAbsent(content(insn), _ -> -1 - recipes.size());
        }
      }
    }
  }

  private static Object content(MachineInsn<?> insn) {
    return switch (insn) {
      case MachineInsn.Constant<?> i -> List.of(i.width(), i.value());
      case MachineInsn.Address<?> i -> i.symbol();
      case MachineInsn.FrameAddress<?> i -> List.of(i.slot(), i.offset());
      default -> throw new CompilerBug("the allocator added " + insn);
    };
  }

  /// Throws [CompilerBug] if a value is read where it is not.
  void check(Coloring coloring) {
    places = new int[Code.COLORS + code.slots.size()];
    Map<Integer, LineBlock> blocks = new HashMap<>();
    code.blocks.forEach(block -> blocks.put(block.id(), block));
    Map<Integer, int[]> entries = new HashMap<>();
    int entry = code.source.entry().id();
    entries.put(entry, atEntry(entry));
    Set<Integer> waiting = new HashSet<>(List.of(entry));
    while (!waiting.isEmpty()) {
      for (int id : flow.order()) {
        if (waiting.remove(id)) {
          enter(id, Objects.requireNonNull(entries.get(id)));
          Objects.requireNonNull(blocks.get(id))
              .lines()
              .forEach(line -> follow(line, coloring, false));
          for (int next : flow.successors(id)) {
            int[] state = snapshot(next);
            int[] known = entries.getOrDefault(next, state);
            int[] merged = Arrays.equals(known, state) ? state : common(next, known, state);
            if (!Arrays.equals(merged, entries.put(next, merged))) {
              waiting.add(next);
            }
          }
        }
      }
    }
    entries.forEach(
        (id, state) -> {
          enter(id, state);
          Objects.requireNonNull(blocks.get(id))
              .lines()
              .forEach(line -> follow(line, coloring, true));
        });
  }

  private int[] atEntry(int entry) {
    for (int i = 1; i <= code.source.parameters().size(); i++) {
      places[i] = i;
    }
    nextNumber = code.source.parameters().size() + 1;
    return snapshot(entry);
  }

  /// A block's state is the numbers of the values that live into it, then those of the places.
  private void enter(int block, int[] state) {
    IntList live = liveness.liveIn(block);
    Arrays.fill(values, UNKNOWN);
    for (int i = 0; i < live.size(); i++) {
      values[live.get(i)] = state[i];
    }
    System.arraycopy(state, live.size(), places, 0, places.length);
    if (block == code.source.entry().id()) {
      List<Virtual> parameters = code.source.parameters();
      for (int i = 0; i < parameters.size(); i++) {
        values[Code.node(parameters.get(i))] = places[i + 1];
      }
    }
    nextNumber = Arrays.stream(state).max().orElse(UNKNOWN) + 1;
  }

  private int[] snapshot(int block) {
    IntList live = liveness.liveIn(block);
    int[] state = new int[live.size() + places.length];
    for (int i = 0; i < live.size(); i++) {
      state[i] = value(live.get(i));
    }
    System.arraycopy(places, 0, state, live.size(), places.length);
    return renumbered(block, state, nextNumber);
  }

  /// Numbers values by order of appearance, so that equal states are equal arrays, and forgets what
  /// places hold of no value.
  private int[] renumbered(int block, int[] state, int limit) {
    boolean entry = block == code.source.entry().id();
    int values = liveness.liveIn(block).size();
    int[] numbers = new int[limit];
    int next = 1;
    for (int i = 0; i < state.length; i++) {
      if (state[i] > UNKNOWN) {
        if (numbers[state[i]] == UNKNOWN && (i < values || entry)) {
          numbers[state[i]] = next++;
        }
        state[i] = numbers[state[i]];
      }
    }
    return state;
  }

  /// What is equal in both states.
  private int[] common(int block, int[] first, int[] second) {
    Map<Long, Integer> numbers = new HashMap<>();
    int[] common = new int[first.length];
    for (int i = 0; i < first.length; i++) {
      if (first[i] == second[i] && first[i] < UNKNOWN) {
        common[i] = first[i];
      } else if (first[i] != UNKNOWN && second[i] != UNKNOWN) {
        long pair = (long) first[i] << Integer.SIZE | second[i] & 0xffff_ffffL;
        common[i] = numbers.computeIfAbsent(pair, _ -> numbers.size() + 1);
      }
    }
    return renumbered(block, common, numbers.size() + 1);
  }

  private int value(int node) {
    return fixed[node] != UNKNOWN ? fixed[node] : values[node];
  }

  private static int place(Register register, Coloring coloring) {
    return coloring.color(Code.node(register));
  }

  private static int place(int slot) {
    return Code.COLORS + slot;
  }

  private void follow(Line line, Coloring coloring, boolean demand) {
    switch (line) {
      case Line.Dropped(MachineInsn.Move<Virtual> of) -> rename(of);
      case Line.Inserted(MachineInsn<Register> insn) -> {
        int[] way = way(insn, coloring);
        if (way.length > 0) {
          places[way[1]] = places[way[0]];
        } else {
          int made = recipes.getOrDefault(content(insn), UNKNOWN);
          places[place(insn.defined().orElseThrow(), coloring)] = made;
        }
      }
      case Line.Kept(MachineInsn<Register> insn, MachineInsn<Virtual> of) -> {
        if (of instanceof MachineInsn.Move<Virtual> move && move.width() == Width.W64) {
          int[] way = way(insn, coloring);
          if (way.length == 0) {
            throw new CompilerBug(insn + " is no move");
          }
          demand(way[0], move.src(), move, demand);
          rename(move);
          places[way[1]] = places[way[0]];
        } else {
          followKept(insn, of, coloring, demand);
        }
      }
    }
  }

  private void rename(MachineInsn.Move<Virtual> move) {
    values[Code.node(move.dst())] = value(Code.node(move.src()));
  }

  /// From which place to which other a move, or an access to a spill slot, takes a value.
  private int[] way(MachineInsn<Register> insn, Coloring coloring) {
    return switch (insn) {
      case MachineInsn.Move<Register> i when i.width() == Width.W64 ->
          new int[] {place(i.src(), coloring), place(i.dst(), coloring)};
      case MachineInsn.Load<Register> i
          when i.base() instanceof Base.Slot<Register>(int slot) && code.slots.get(slot).spill() ->
          new int[] {place(slot), place(i.dst(), coloring)};
      case MachineInsn.Store<Register> i
          when i.base() instanceof Base.Slot<Register>(int slot)
              && code.slots.get(slot).spill()
              && i.src() instanceof Source.Reg<Register>(Register src) ->
          new int[] {place(src, coloring), place(slot)};
      default -> new int[0];
    };
  }

  private void followKept(
      MachineInsn<Register> insn, MachineInsn<Virtual> of, Coloring coloring, boolean demand) {
    List<Virtual> wanted = of.uses();
    List<Register> given = insn.uses();
    if (insn.getClass() != of.getClass() || wanted.size() != given.size()) {
      throw new CompilerBug(insn + " does not stand for " + of);
    }
    for (int i = 0; i < wanted.size(); i++) {
      demand(place(given.get(i), coloring), wanted.get(i), of, demand);
    }
    if (insn.isCall()) {
      Arrays.fill(places, 0, Code.CALL_CLOBBERED, UNKNOWN);
    }
    if (of.defined().isPresent()) {
      int node = Code.node(of.defined().get());
      values[node] = nextNumber++;
      places[place(insn.defined().orElseThrow(), coloring)] = value(node);
    }
  }

  private void demand(int place, Virtual register, MachineInsn<Virtual> of, boolean demand) {
    int value = value(Code.node(register));
    if (demand && (value == UNKNOWN || places[place] != value)) {
      String where = place < Code.COLORS ? "r" + place : "slot " + (place - Code.COLORS);
      throw new CompilerBug(
          code.source.name() + ": " + where + " does not hold " + register + " at " + of);
    }
  }
}
