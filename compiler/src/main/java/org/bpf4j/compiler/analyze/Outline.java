package org.bpf4j.compiler.analyze;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.ControlFlow;
import org.bpf4j.compiler.ssa.Definitions;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.LoopForm;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;

/// What passes between a loop and the code around it if the loop becomes a function that the kernel
/// calls back for each round, and what keeps it from becoming one.
///
/// Verifiers before Linux 6.7 look at a single round. What differs from round to round must then be
/// a number that they can be kept from knowing; an address must be the same in all. They know what
/// an address is by what lay in the memory of the caller when they looked, so addresses leave the
/// loop only on ways that are told apart by a number.
public final class Outline {

  /// A way out of the loop.
  public sealed interface Exit {
    /// To a block.
    record To(Edge edge) implements Exit {}

    /// Out of the function.
    record Leave(Terminator.Return end) implements Exit {}
  }

  private final ControlFlow flow;
  private final Definitions definitions;
  private final Liveness liveness;
  private final KernelPointers pointers;
  private final StackUses stack;
  private final Block latch;
  private final Block head;
  private final Set<Integer> blocks;
  private final Map<Value, Integer> homes = new HashMap<>();
  private final Map<Exit, Set<Value>> exits = new LinkedHashMap<>();
  private final Set<Value> captured = new LinkedHashSet<>();
  private final Set<Inst> repeated = new LinkedHashSet<>();
  private final Set<Value> results = new LinkedHashSet<>();
  private final Set<Inst> behind = new LinkedHashSet<>();
  private final Set<Integer> own = new TreeSet<>();
  private final Set<Integer> kept = new TreeSet<>();
  private final Set<Integer> changed = new TreeSet<>();
  private Optional<String> obstacle;

  /// The loops of a function that are to be called back, inner ones before those around them.
  ///
  /// @param pointers what the kernel knows of addresses in the function
  public static List<Outline> of(Function function, KernelPointers pointers) {
    ControlFlow flow = ControlFlow.of(function);
    Loops loops = Loops.of(flow);
    return flow.order().stream()
        .filter(Outline::isLatch)
        .sorted(Comparator.comparingInt(b -> loops.body(LoopRegion.head(b)).size()))
        .map(latch -> new Outline(function, flow, loops, latch, pointers))
        .toList();
  }

  private static boolean isLatch(Block block) {
    return block.terminator() instanceof Terminator.Again again
        && again.form() == LoopForm.CALLBACK;
  }

  /// Whether some loop of the function is to be called back.
  public static boolean isWanted(Function function) {
    return function.blocks().stream().anyMatch(Outline::isLatch);
  }

  private Outline(
      Function function, ControlFlow flow, Loops loops, Block latch, KernelPointers pointers) {
    this.flow = flow;
    this.latch = latch;
    this.pointers = pointers;
    definitions = Definitions.of(function);
    liveness = Liveness.of(function);
    stack = new StackUses(function);
    head = flow.block(LoopRegion.head(latch));
    LoopRegion region = new LoopRegion(function, flow, loops, latch);
    blocks = region.blocks();
    obstacle = region.obstacle();
    for (Block block : function.blocks()) {
      block.parameters().forEach(v -> homes.put(v, block.id()));
      block.insts().forEach(i -> i.defined().ifPresent(v -> homes.put(v, block.id())));
    }
    blocks.forEach(id -> findExits(flow.block(id)));
    blocks.forEach(id -> findCaptured(flow.block(id)));
    findSlots();
    checkNumbers();
    checkStack(function);
  }

  private boolean isInside(Value value) {
    Integer home = homes.get(value);
    return home != null && blocks.contains(home);
  }

  // Ways out.

  private void findExits(Block block) {
    if (block.terminator() instanceof Terminator.Return end) {
      Set<Value> needed = exits.computeIfAbsent(new Exit.Leave(end), _ -> new LinkedHashSet<>());
      end.value().ifPresent(value -> give(value, needed));
    }
    for (Edge edge : block.terminator().edges()) {
      if (blocks.contains(edge.block())) {
        continue;
      }
      Set<Value> needed = new LinkedHashSet<>();
      List<Value> parameters = flow.block(edge.block()).parameters();
      for (int i = 0; i < parameters.size(); i++) {
        if (liveness.atStart(edge.block(), parameters.get(i))) {
          give(edge.arguments().get(i), needed);
        }
      }
      homes.keySet().stream()
          .filter(v -> isInside(v) && liveness.atStart(edge.block(), v))
          .sorted(Comparator.comparingInt(Value::id))
          .forEach(v -> give(v, needed));
      if (!block.equals(latch)) {
        exits.computeIfAbsent(new Exit.To(edge), _ -> new LinkedHashSet<>()).addAll(needed);
      } else if (!needed.isEmpty()) {
        refuse("what its last round leaves is needed where rounds are used up");
      }
    }
  }

  /// Notes that a value is needed behind the loop.
  private void give(Value value, Set<Value> needed) {
    if (!isInside(value)) {
      return;
    }
    List<Inst> again = new ArrayList<>();
    if (isRepeatable(value, again)) {
      behind.addAll(again);
    } else {
      results.add(value);
      needed.add(value);
    }
  }

  /// Whether a value can be made again behind the loop: a constant, or a fact about an address that
  /// was there before.
  private boolean isRepeatable(Value value, List<Inst> again) {
    if (!isInside(value)) {
      return value.type() == Type.PTR;
    }
    Inst inst = definitions.of(value).orElse(null);
    boolean repeatable =
        switch (inst) {
          case Inst constant when isConstant(constant) -> true;
          case Inst.Refine refine ->
              value.type() == Type.PTR
                  && isRepeatable(refine.value(), again)
                  && !(refine.fact() instanceof Fact.Present(Value flag, _) && isInside(flag));
          case null, default -> false;
        };
    if (repeatable) {
      again.add(inst);
    }
    return repeatable;
  }

  /// Whether an instruction gives the same wherever it stands.
  private static boolean isConstant(Inst inst) {
    return switch (inst) {
      case Inst.Const _,
          Inst.GlobalAddress _,
          Inst.MapAddress _,
          Inst.FunctionAddress _,
          Inst.KernelAddress _,
          Inst.CoreConst _ ->
          true;
      default -> false;
    };
  }

  // What it needs.

  private void findCaptured(Block block) {
    block.insts().forEach(inst -> inst.operands().forEach(this::need));
    switch (block.terminator()) {
      case Terminator.Branch t -> {
        need(t.left());
        need(t.right());
      }
      case Terminator.Return _, Terminator.Jump _, Terminator.Again _, Terminator.Abort _ -> {}
    }
    for (Edge edge : block.terminator().edges()) {
      if (blocks.contains(edge.block())) {
        for (int i = 0; i < edge.arguments().size(); i++) {
          boolean needed = edge.block() != head.id() || isCarried(head.parameters().get(i));
          if (needed) {
            need(edge.arguments().get(i));
          }
        }
      }
    }
  }

  private void need(Value value) {
    if (isInside(value) || captured.contains(value)) {
      return;
    }
    Inst inst = definitions.of(value).orElse(null);
    switch (inst) {
      case Inst constant when isConstant(constant) -> repeated.add(constant);
      case Inst.Refine refine -> {
        refine.operands().forEach(this::need);
        repeated.add(refine);
      }
      case Inst.Unary unary when unary.op() == Inst.UnaryOp.ADDRESS -> {
        need(unary.operand());
        repeated.add(unary);
      }
      case null, default -> captured.add(value);
    }
  }

  private void findSlots() {
    Set<Integer> reached = stack.of(captured);
    for (int id : blocks) {
      for (Inst inst : flow.block(id).insts()) {
        if (inst instanceof Inst.StackAddress(_, int slot, _, _)) {
          Block made = stack.made(slot);
          boolean inside = made == null ? !reached.contains(slot) : blocks.contains(made.id());
          (inside ? own : kept).add(slot);
        }
        changed.addAll(stack.changed(inst));
      }
    }
    changed.removeAll(own);
    Set<Integer> around = new HashSet<>(reached);
    around.addAll(kept);
    for (int slot : around) {
      Block made = slot == StackUses.ELSEWHERE ? null : stack.made(slot);
      if (own.contains(slot)) {
        refuse("an object of an earlier round is used");
      } else if (stack.isDynptr(slot)) {
        refuse("a dynptr is made before it");
      } else if (changed.contains(slot)
          && (made == null || !flow.dominates(made.id(), head.id()))) {
        refuse("it changes memory of which nothing is known");
      }
    }
    changed.removeIf(slot -> !around.contains(slot));
  }

  // What may not pass.

  private void refuse(String why) {
    obstacle = obstacle.or(() -> Optional.of(why));
  }

  private void checkNumbers() {
    for (Value value : carried()) {
      if (value.type() == Type.PTR || isKernelPointer(value)) {
        refuse("an address changes from round to round");
      }
    }
    for (Value value : captured) {
      if (isKernelPointer(value)) {
        refuse("it uses an object of the kernel that was found before");
      }
    }
    for (Value value : results) {
      if (isKernelPointer(value)) {
        refuse("it finds an object of the kernel");
      }
    }
  }

  private boolean isKernelPointer(Value value) {
    return value.type() == Type.I64 && pointers.known(value).isPresent();
  }

  private void checkStack(Function function) {
    for (Value value : results) {
      if (value.type() == Type.PTR && !stack.of(value).isEmpty()) {
        refuse("it finds a place on the stack");
      }
    }
    for (Value value : carried()) {
      if (!stack.of(value).isEmpty()) {
        refuse("a place on the stack changes from round to round");
      }
    }
    if (function.role() == Function.Role.ORDER) {
      refuse("objects are compared under a lock");
    }
  }

  private boolean isCarried(Value parameter) {
    return liveness.atStart(head.id(), parameter);
  }

  // Answers.

  /// Why the loop cannot be a function, if so.
  public Optional<String> obstacle() {
    return obstacle;
  }

  /// Where the loop comes from.
  public Origin origin() {
    return latch.terminator().origin();
  }

  /// The loop's first block.
  public Block head() {
    return head;
  }

  /// The end of a round.
  public Block latch() {
    return latch;
  }

  /// Its blocks, in an order in which each stands before those that follow it.
  public List<Block> blocks() {
    return blocks.stream().map(flow::block).toList();
  }

  /// Whether a block belongs to it.
  public boolean contains(int block) {
    return blocks.contains(block);
  }

  /// The parameters of its head that a round needs.
  public List<Value> carried() {
    return head.parameters().stream().filter(this::isCarried).toList();
  }

  /// The values from before that it needs as they are.
  public List<Value> captured() {
    return List.copyOf(captured);
  }

  /// What it needs from before that is made again, in order.
  public List<Inst> repeated() {
    return List.copyOf(repeated);
  }

  /// The ways out of it, but the one where rounds are used up.
  public List<Exit> exits() {
    return List.copyOf(exits.keySet());
  }

  /// The values of it that are needed behind one of the ways out.
  public Set<Value> needed(Exit exit) {
    return exits.getOrDefault(exit, Set.of());
  }

  /// The values of it that are needed behind it.
  public List<Value> results() {
    return List.copyOf(results);
  }

  /// What of it is made again behind it, in order.
  public List<Inst> behind() {
    return List.copyOf(behind);
  }

  /// Whether a value can be used behind it: one from before, a result, or what is made again.
  public boolean isThereBehind(Value value) {
    return !isInside(value)
        || results.contains(value)
        || behind.stream().anyMatch(inst -> inst.defined().filter(value::equals).isPresent());
  }

  /// The slots that it uses alone.
  public Set<Integer> own() {
    return Set.copyOf(own);
  }

  /// The slots of which it takes the address that are there before it.
  public Set<Integer> kept() {
    return kept;
  }

  /// The slots that are there before it and that it may change.
  public Set<Integer> changed() {
    return changed;
  }

  /// Whether the verifier knows bounds of a value.
  public boolean isBounded(Value value) {
    return value.type() != Type.PTR && definitions.isBounded(value);
  }
}
