package org.bpf4j.compiler.allocate;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
/// It follows which virtual registers each place (a machine register or a spill slot) holds the
/// value of, forward along all paths, knowing nothing of how the allocator works: an instruction's
/// operand must stand in a place that holds it on every path.
final class AllocationChecker {

  private final Code code;
  private final Coloring coloring;
  private final Map<Object, Set<Virtual>> recipes = new HashMap<>();

  private AllocationChecker(Code code, Coloring coloring) {
    this.code = code;
    this.coloring = coloring;
    findRecipes();
  }

  /// Throws [CompilerBug] if a value is read where it is not.
  static void check(Code code, MachineFlow flow, Coloring coloring) {
    new AllocationChecker(code, coloring).check(flow);
  }

  private void findRecipes() {
    Map<Virtual, Integer> writes = new HashMap<>();
    for (MachineBlock<Virtual> block : code.source.blocks()) {
      for (MachineInsn<Virtual> insn : block.insns()) {
        insn.defined().ifPresent(register -> writes.merge(register, 1, Integer::sum));
      }
    }
    for (MachineBlock<Virtual> block : code.source.blocks()) {
      for (MachineInsn<Virtual> insn : block.insns()) {
        Virtual made = insn.defined().filter(register -> writes.get(register) == 1).orElse(null);
        if (made != null && Recipes.isRecipe(insn)) {
          recipes.computeIfAbsent(content(insn), _ -> new HashSet<>()).add(made);
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

  private void check(MachineFlow flow) {
    Map<Integer, LineBlock> blocks = new HashMap<>();
    code.blocks.forEach(block -> blocks.put(block.id(), block));
    Map<Integer, Places> entries = new HashMap<>();
    int entry = code.source.entry().id();
    entries.put(entry, Places.atEntry(code));
    Deque<Integer> work = new ArrayDeque<>();
    Set<Integer> queued = new HashSet<>();
    work.add(entry);
    while (!work.isEmpty()) {
      int id = work.remove();
      queued.remove(id);
      Places places = entries.get(id).copy();
      for (Line line : blocks.get(id).lines()) {
        follow(line, places, false);
      }
      for (int next : flow.successors(id)) {
        Places known = entries.get(next);
        boolean changed = known == null;
        if (known == null) {
          entries.put(next, places.copy());
        } else {
          changed = known.keepCommon(places);
        }
        if (changed && queued.add(next)) {
          work.add(next);
        }
      }
    }
    entries.forEach(
        (id, places) -> {
          Places running = places.copy();
          blocks.get(id).lines().forEach(line -> follow(line, running, true));
        });
  }

  private int place(Register register) {
    return coloring.color(Code.node(register));
  }

  private static int place(int slot) {
    return Code.COLORS + slot;
  }

  private void follow(Line line, Places places, boolean demand) {
    switch (line) {
      case Line.Dropped(MachineInsn.Move<Virtual> of) -> places.rename(of.src(), of.dst());
      case Line.Inserted(MachineInsn<Register> insn) -> {
        switch (insn) {
          case MachineInsn.Move<Register> i when i.width() == Width.W64 ->
              places.set(place(i.dst()), places.at(place(i.src())));
          case MachineInsn.Load<Register> i when i.base() instanceof Base.Slot<Register>(int s) ->
              places.set(place(i.dst()), places.at(place(s)));
          case MachineInsn.Store<Register> i
              when i.base() instanceof Base.Slot<Register>(int s)
                  && i.src() instanceof Source.Reg<Register>(Register src) ->
              places.set(place(s), places.at(place(src)));
          default ->
              places.set(
                  place(insn.defined().orElseThrow()),
                  recipes.getOrDefault(content(insn), Set.of()));
        }
      }
      case Line.Kept(MachineInsn<Register> insn, MachineInsn<Virtual> of) ->
          followKept(insn, of, places, demand);
    }
  }

  private void followKept(
      MachineInsn<Register> insn, MachineInsn<Virtual> of, Places places, boolean demand) {
    if (of instanceof MachineInsn.Move<Virtual> move && move.width() == Width.W64) {
      switch (insn) {
        case MachineInsn.Move<Register> i ->
            copy(move, place(i.src()), place(i.dst()), places, demand);
        case MachineInsn.Load<Register> i when i.base() instanceof Base.Slot<Register>(int s) ->
            copy(move, place(s), place(i.dst()), places, demand);
        case MachineInsn.Store<Register> i
            when i.base() instanceof Base.Slot<Register>(int s)
                && i.src() instanceof Source.Reg<Register>(Register src) ->
            copy(move, place(src), place(s), places, demand);
        default -> throw new CompilerBug(insn + " is no move");
      }
      return;
    }
    List<Virtual> wanted = of.uses();
    List<Register> given = insn.uses();
    if (insn.getClass() != of.getClass() || wanted.size() != given.size()) {
      throw new CompilerBug(insn + " does not stand for " + of);
    }
    for (int i = 0; i < wanted.size(); i++) {
      demand(places, place(given.get(i)), wanted.get(i), of, demand);
    }
    if (insn.isCall()) {
      for (int clobbered = 0; clobbered < Code.CALL_CLOBBERED; clobbered++) {
        places.set(clobbered, Set.of());
      }
    }
    of.defined()
        .ifPresent(
            register -> {
              places.forget(register);
              places.set(place(insn.defined().orElseThrow()), Set.of(register));
            });
  }

  private void copy(
      MachineInsn.Move<Virtual> move, int from, int to, Places places, boolean demand) {
    demand(places, from, move.src(), move, demand);
    places.rename(move.src(), move.dst());
    places.set(to, places.at(from));
  }

  private void demand(
      Places places, int place, Virtual value, MachineInsn<Virtual> of, boolean demand) {
    if (demand && !places.at(place).contains(value)) {
      String where = place < Code.COLORS ? "r" + place : "slot " + (place - Code.COLORS);
      throw new CompilerBug(
          code.source.name() + ": " + where + " does not hold " + value + " at " + of);
    }
  }

  /// What each place holds.
  private static final class Places {
    private final Set<Virtual>[] held;

    private Places(Set<Virtual>[] held) {
      this.held = held;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    static Places atEntry(Code code) {
      Set<Virtual>[] held = new Set[Code.COLORS + code.slots.size()];
      Arrays.fill(held, Set.of());
      List<Virtual> parameters = code.source.parameters();
      for (int i = 0; i < parameters.size(); i++) {
        held[i + 1] = Set.of(parameters.get(i));
      }
      return new Places(held);
    }

    Places copy() {
      return new Places(held.clone());
    }

    Set<Virtual> at(int place) {
      return held[place];
    }

    void set(int place, Set<Virtual> values) {
      held[place] = values;
    }

    void forget(Virtual register) {
      for (int i = 0; i < held.length; i++) {
        if (held[i].contains(register)) {
          Set<Virtual> rest = new HashSet<>(held[i]);
          rest.remove(register);
          held[i] = rest;
        }
      }
    }

    /// What holds the one value holds the other too.
    void rename(Virtual from, Virtual to) {
      if (!from.equals(to)) {
        forget(to);
        for (int i = 0; i < held.length; i++) {
          if (held[i].contains(from)) {
            Set<Virtual> more = new HashSet<>(held[i]);
            more.add(to);
            held[i] = more;
          }
        }
      }
    }

    boolean keepCommon(Places other) {
      boolean changed = false;
      for (int i = 0; i < held.length; i++) {
        if (!other.held[i].containsAll(held[i])) {
          Set<Virtual> common = new HashSet<>(held[i]);
          common.retainAll(other.held[i]);
          held[i] = common;
          changed = true;
        }
      }
      return changed;
    }
  }
}
