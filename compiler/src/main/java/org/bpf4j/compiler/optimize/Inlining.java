package org.bpf4j.compiler.optimize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Function.StackSlot;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Numbers;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.compiler.ssa.Program;
import org.bpf4j.compiler.ssa.Renaming;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.bpf4j.compiler.ssa.Value;

/// Puts the bodies of small subprograms, and of those called from one place, where they are called.
///
/// Callees come first, so that what is inlined has been inlined into already. Subprograms that
/// nobody calls any more are dropped.
final class Inlining {
  /// A call costs moves of arguments, the call, the exit and saved registers: about what this many
  /// instructions cost.
  private static final int SMALL = 24;

  private final Map<String, Function> functions = new LinkedHashMap<>();
  private final Map<String, Integer> calls = new HashMap<>();
  private final Set<String> addressed = new HashSet<>();
  private final Set<String> finished = new HashSet<>();

  static Program run(Program program) {
    return new Inlining(program).inlined(program);
  }

  private Inlining(Program program) {
    for (Function function : program.functions()) {
      functions.put(function.name(), function);
      for (Block block : function.blocks()) {
        for (Inst inst : block.insts()) {
          switch (inst) {
            case Inst.CallFunction call -> calls.merge(call.function(), 1, Integer::sum);
            case Inst.FunctionAddress address -> addressed.add(address.function());
            default -> {}
          }
        }
      }
    }
  }

  private Program inlined(Program program) {
    finish(program.main());
    Set<String> used = new HashSet<>();
    collectUsed(program.main().name(), used);
    return program.withFunctions(
        program.functions().stream()
            .filter(f -> used.contains(f.name()))
            .map(f -> functions.getOrDefault(f.name(), f))
            .toList());
  }

  private void collectUsed(String name, Set<String> used) {
    Function function = functions.get(name);
    if (function != null && used.add(name)) {
      callees(function).forEach(callee -> collectUsed(callee, used));
    }
  }

  private static List<String> callees(Function function) {
    List<String> names = new ArrayList<>();
    for (Block block : function.blocks()) {
      for (Inst inst : block.insts()) {
        switch (inst) {
          case Inst.CallFunction call -> names.add(call.function());
          case Inst.FunctionAddress address -> names.add(address.function());
          default -> {}
        }
      }
    }
    return names;
  }

  private void finish(Function function) {
    if (finished.add(function.name())) {
      for (String name : callees(function)) {
        Function callee = functions.get(name);
        if (callee != null) {
          finish(callee);
        }
      }
      functions.put(function.name(), new Caller(function).withBodies());
    }
  }

  private Optional<Function> candidate(Inst inst, Function caller) {
    return inst instanceof Inst.CallFunction call && !call.function().equals(caller.name())
        ? Optional.ofNullable(functions.get(call.function())).filter(this::isWorthwhile)
        : Optional.empty();
  }

  private boolean isWorthwhile(Function callee) {
    int size = callee.blocks().stream().mapToInt(b -> b.insts().size() + 1).sum();
    return callee.role() == Function.Role.SUBPROGRAM
        && !addressed.contains(callee.name())
        && (size <= SMALL || calls.getOrDefault(callee.name(), 0) == 1);
  }

  /// A function that gets the bodies of what it calls.
  private final class Caller {
    private final Function function;
    private final Numbers numbers;
    private final List<Block> blocks = new ArrayList<>();
    private final List<StackSlot> slots;

    Caller(Function function) {
      this.function = function;
      this.numbers = Numbers.after(function);
      this.slots = new ArrayList<>(function.slots());
    }

    Function withBodies() {
      function.blocks().forEach(this::copy);
      return new Function(
          function.name(), function.role(), function.result(), blocks, slots, function.span());
    }

    /// Copies a block; behind each inlined call a new block goes on.
    private void copy(Block block) {
      int id = block.id();
      List<Value> parameters = block.parameters();
      List<Inst> insts = new ArrayList<>();
      List<Block> bodies = new ArrayList<>();
      for (Inst inst : block.insts()) {
        Optional<Function> callee = candidate(inst, function);
        if (callee.isPresent() && inst instanceof Inst.CallFunction call) {
          int next = numbers.block();
          Edge entry = body(callee.get(), call, next, bodies);
          blocks.add(new Block(id, parameters, insts, new Terminator.Jump(entry, call.origin())));
          id = next;
          parameters = call.result().stream().toList();
          insts = new ArrayList<>();
        } else {
          insts.add(inst);
        }
      }
      blocks.add(new Block(id, parameters, insts, block.terminator()));
      blocks.addAll(bodies);
    }

    private Edge body(Function callee, Inst.CallFunction call, int next, List<Block> bodies) {
      Copying copying = new Copying(call.origin(), numbers);
      for (StackSlot slot : callee.slots()) {
        slots.add(new StackSlot(copying.slot(slot.id()), slot.bytes(), slot.name()));
      }
      for (Block block : callee.blocks()) {
        Block copy = copying.apply(block);
        Terminator end =
            copy.terminator() instanceof Terminator.Return(Optional<Value> value, Origin origin)
                ? new Terminator.Jump(
                    new Edge(next, call.result().isPresent() ? value.stream().toList() : List.of()),
                    origin)
                : copy.terminator();
        bodies.add(new Block(copy.id(), copy.parameters(), copy.insts(), end));
      }
      return new Edge(copying.block(callee.entry().id()), call.arguments());
    }
  }

  /// New names for everything in a body.
  private static final class Copying implements Renaming {
    private final Origin call;
    private final Numbers numbers;
    private final Map<Value, Value> values = new HashMap<>();
    private final Map<Integer, Integer> blocks = new HashMap<>();
    private final Map<Integer, Integer> slots = new HashMap<>();

    Copying(Origin call, Numbers numbers) {
      this.call = call;
      this.numbers = numbers;
    }

    @Override
    public Value use(Value value) {
      return values.computeIfAbsent(value, v -> numbers.value(v.type()));
    }

    @Override
    public Value define(Value value) {
      return use(value);
    }

    @Override
    public int slot(int slot) {
      return slots.computeIfAbsent(slot, _ -> numbers.slot());
    }

    @Override
    public int block(int block) {
      return blocks.computeIfAbsent(block, _ -> numbers.block());
    }

    @Override
    public Origin origin(Origin origin) {
      return origin.inlinedThrough(call);
    }
  }
}
