package org.bpf4j.compiler.translate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Function.StackSlot;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.LoopForm;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Terminator.AbortReason;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;

/// Builds one function in SSA form while its code is read from top to bottom.
///
/// Variables become values on the fly (Braun et al., "Simple and Efficient Construction of Static
/// Single Assignment Form", 2013): a read looks for the last write along the edges that exist, and
/// makes a block parameter where several meet. The searches use a work list, not recursion, so that
/// the depth of a program is not the depth of a stack.
///
/// There is always a current block. Behind a jump it is one that nothing enters; its jumps enter
/// nothing either, and [Finish] drops what landed there.
final class SsaBuilder {

  /// The most instructions and blocks of a function, a bound on the compiler's time and memory
  /// where calls multiply. About a quarter becomes machine instructions, each of which the verifier
  /// processes several times of the million it allows (`BPF_COMPLEXITY_LIMIT_INSNS`).

  private final Deque<Runnable> unwinding = new ArrayDeque<>();

  private static final int MAX_SIZE = 250_000;

  private record Fill(Draft block, Variable variable, Value parameter) {}

  private final List<StackSlot> slots = new ArrayList<>();
  private final Map<Value, Long> constants = new HashMap<>();
  private final Map<Value, Inst> definitions = new HashMap<>();
  private final Map<Value, Draft> homes = new HashMap<>();
  private final Map<Value, Region> given = new HashMap<>();
  private final Map<Value, ValueRange.Range> promised = new HashMap<>();
  private final Deque<Fill> fills = new ArrayDeque<>();
  private final Draft entry;
  private Draft current;
  private Origin origin = Origin.of(Span.NONE);
  private boolean filling;
  private Runnable leaving = () -> {};
  private int values;
  private int blocks;
  private int size;
  private long cost;
  private long saved;
  private long called;

  SsaBuilder() {
    entry = newBlock();
    entry.markSealed();
    current = entry;
  }

  /// Sets where the instructions that follow come from.
  void at(Origin place) {
    origin = place;
  }

  Origin origin() {
    return origin;
  }

  /// Sets what is to be done wherever the program is left, by a result or an abort.
  void beforeLeaving(Runnable code) {
    leaving = code;
  }

  /// Builds what is to be done before a result leaves the program.
  void leaving() {
    leaving.run();
  }

  Draft entry() {
    return entry;
  }

  Value newValue(Type type) {
    return new Value(values++, type);
  }

  /// The instruction that defines a value; empty for parameters.
  Optional<Inst> definition(Value value) {
    return Optional.ofNullable(definitions.get(value));
  }

  /// The block whose parameter a value is.
  Optional<Draft> home(Value parameter) {
    return Optional.ofNullable(homes.get(parameter));
  }

  /// Says what memory an address that comes from elsewhere refers to.
  void give(Value address, Region region) {
    given.put(address, region);
  }

  /// What [#give] said.
  Optional<Region> given(Value address) {
    return Optional.ofNullable(given.get(address));
  }

  Draft current() {
    return current;
  }

  /// Whether nothing enters the current block, as behind a jump.
  boolean isDead() {
    return current != entry && current.isSealed() && current.arrivals().isEmpty();
  }

  // Blocks.

  Draft newBlock() {
    grow();
    return new Draft(blocks++);
  }

  /// A parameter that every jump to the block passes itself.
  Value parameter(Draft block, Type type) {
    Value value = newValue(type);
    block.parameters().add(value);
    homes.put(value, block);
    return value;
  }

  /// Goes on in a block.
  void enter(Draft block) {
    current = block;
  }

  /// Goes on in a block that nothing will enter any more.
  void enterSealed(Draft block) {
    seal(block);
    enter(block);
  }

  /// Declares that all edges into the block exist.
  void seal(Draft block) {
    block.markSealed();
    block.pending().forEach((variable, value) -> fills.add(new Fill(block, variable, value)));
    block.pending().clear();
    fill();
  }

  /// Ends the block.
  void jump(Draft target, Value... arguments) {
    Draft.Arc arc = arc(target, Arrays.asList(arguments));
    end(new Terminator.Jump(Edge.to(target.number()), origin), List.of(arc));
  }

  void branch(CompareOp op, Value left, Value right, Draft then, Draft otherwise) {
    branch(op, left, right, then, List.of(), otherwise, List.of());
  }

  void branch(
      CompareOp op,
      Value left,
      Value right,
      Draft then,
      List<Value> thenArguments,
      Draft otherwise,
      List<Value> otherwiseArguments) {
    cost++;
    List<Draft.Arc> arcs = List.of(arc(then, thenArguments), arc(otherwise, otherwiseArguments));
    end(
        new Terminator.Branch(
            op, left, right, Edge.to(then.number()), Edge.to(otherwise.number()), origin),
        arcs);
  }

  void again(LoopForm form, Draft body, Draft exhausted) {
    end(
        new Terminator.Again(form, Edge.to(body.number()), Edge.to(exhausted.number()), origin),
        List.of(arc(body, List.of()), arc(exhausted, List.of())));
  }

  void ret(Optional<Value> value) {
    end(new Terminator.Return(value, origin), List.of());
  }

  /// Leaves the program, after what [#beforeLeaving] asked for.
  void abort(AbortReason reason) {
    unwinding.forEach(Runnable::run);
    leaving.run();
    end(new Terminator.Abort(reason, origin), List.of());
  }

  /// Says what an abort is to do besides from here on, before what was said earlier.
  void unwind(Runnable code) {
    unwinding.push(code);
  }

  /// Takes back the last [#unwind].
  void unwound() {
    unwinding.pop();
  }

  /// Goes on where the comparison holds, and aborts elsewhere. What is behind a comparison of
  /// constants that fails is dead: its addresses may be such as no object has.
  void check(CompareOp op, Value left, Value right, AbortReason reason) {
    OptionalLong first = constantOf(left);
    OptionalLong second = constantOf(right);
    if (first.isPresent()
        && second.isPresent()
        && !org.bpf4j.compiler.ssa.Arithmetic.compare(op, first.getAsLong(), second.getAsLong())) {
      abort(reason);
      return;
    }
    Draft good = newBlock();
    Draft bad = newBlock();
    branch(op, left, right, good, bad);
    enterSealed(bad);
    abort(reason);
    enterSealed(good);
  }

  private Draft.Arc arc(Draft target, List<Value> arguments) {
    if (target.isSealed() || arguments.size() > target.parameters().size()) {
      throw new CompilerBug("edge into sealed block " + target.number());
    }
    Draft.Arc arc = new Draft.Arc(current, target);
    for (int i = 0; i < arguments.size(); i++) {
      arc.arguments().put(target.parameters().get(i), arguments.get(i));
    }
    return arc;
  }

  private void end(Terminator terminator, List<Draft.Arc> arcs) {
    current.end(terminator, isDead() ? List.of() : arcs);
    current = newBlock();
    current.markSealed();
  }

  // Variables.

  void write(Variable variable, Value value) {
    if (value.type() != variable.type()) {
      throw new CompilerBug(value + " of type " + value.type() + " for " + variable.type());
    }
    current.definitions().put(variable, value);
  }

  Value read(Variable variable) {
    Value value = find(current, variable);
    fill();
    return value;
  }

  /// The value of a variable at the end of a block that has been left.
  Value readAtEnd(Draft block, Variable variable) {
    Value value = find(block, variable);
    fill();
    return value;
  }

  private Value find(Draft start, Variable variable) {
    Set<Draft> passed = Collections.newSetFromMap(new IdentityHashMap<>());
    Draft at = start;
    Value found = at.definitions().get(variable);
    while (found == null) {
      if (at.isSealed() && at.arrivals().size() == 1 && passed.add(at)) {
        at = at.arrivals().getFirst().from();
        found = at.definitions().get(variable);
      } else if (at.isSealed() && (at.arrivals().isEmpty() || passed.contains(at))) {
        // Nothing enters here, or only the block itself: a loop that is never reached.
        found = initial(at, variable);
      } else {
        found = join(at, variable);
      }
    }
    for (Draft draft : passed) {
      draft.definitions().put(variable, found);
    }
    return found;
  }

  private Value join(Draft block, Variable variable) {
    Value value = parameter(block, variable.type());
    block.definitions().put(variable, value);
    if (block.isSealed()) {
      fills.add(new Fill(block, variable, value));
    } else {
      block.pending().put(variable, value);
    }
    return value;
  }

  private Value initial(Draft block, Variable variable) {
    Value value = newValue(variable.type());
    constants.put(value, 0L);
    Inst constant = new Inst.Const(value, 0, origin);
    definitions.put(value, constant);
    block.insts().addFirst(constant);
    block.definitions().put(variable, value);
    return value;
  }

  private void fill() {
    if (filling) {
      return;
    }
    filling = true;
    while (!fills.isEmpty()) {
      Fill next = fills.remove();
      for (Draft.Arc arc : next.block().arrivals()) {
        arc.arguments().put(next.parameter(), find(arc.from(), next.variable()));
      }
    }
    filling = false;
  }

  // Instructions.

  void add(Inst inst) {
    grow();
    current.insts().add(inst);
    cost += Cost.of(inst);
    inst.defined().ifPresent(value -> definitions.put(value, inst));
  }

  private void grow() {
    if (++size > MAX_SIZE) {
      throw Refusal.ofProgram(
          Diagnostic.error(
              Code.BPF3003,
              origin.span(),
              "the program has more than " + MAX_SIZE + " instructions once calls are inlined",
              "call fewer functions from functions that are called often"));
    }
  }

  int newSlot(int bytes, String name) {
    slots.add(new StackSlot(slots.size(), bytes, name));
    return slots.size() - 1;
  }

  Value constant(Type type, long value) {
    Value result = newValue(type);
    constants.put(result, value);
    add(new Inst.Const(result, value, origin));
    return result;
  }

  /// The number of a value that is known to be constant without any analysis.
  OptionalLong constantOf(Value value) {
    Long number = constants.get(value);
    return number == null ? OptionalLong.empty() : OptionalLong.of(number);
  }

  /// What the verifier spends on everything added so far, once over.
  long cost() {
    return cost;
  }

  /// Says what the verifier spends on the functions that were called.
  void call(Effort effort) {
    cost += effort.insns();
    called += effort.branches();
  }

  /// The branches that it remembers of functions that were called so far.
  long called() {
    return called;
  }

  /// Says that of what was added the verifier spends less where it knows how branches end.
  void save(long less) {
    saved += less;
  }

  /// How much less than [#cost()] it is where the verifier knows numbers.
  long saved() {
    return saved;
  }

  /// Says what a number can be at most, from its loop.
  void promise(Value number, ValueRange.Range range) {
    promised.put(number, range);
  }

  /// What [#promise] said.
  Optional<ValueRange.Range> promised(Value number) {
    return Optional.ofNullable(promised.get(number));
  }

  /// Puts an instruction at the function's start, behind nothing.
  void addFirst(Inst inst) {
    entry.insts().addFirst(inst);
    inst.defined().ifPresent(value -> definitions.put(value, inst));
  }

  /// Gives a variable a constant at the end of a block that has been left, before anything asked
  /// for it there; [#settle] decides which.
  Value writeLater(Draft block, Variable variable) {
    Value value = newValue(variable.type());
    block.insts().add(new Inst.Const(value, 0, origin));
    block.definitions().put(variable, value);
    return value;
  }

  /// Sets the constant of [#writeLater].
  void settle(Draft block, Value constant, long number) {
    block
        .insts()
        .replaceAll(
            inst ->
                inst instanceof Inst.Const c && c.result().equals(constant)
                    ? new Inst.Const(constant, number, c.origin())
                    : inst);
  }

  /// Computes what stood for a variable in a block that is not sealed yet from what will come in:
  /// `value` becomes `incoming ^ mask`.
  void maskParameter(Draft block, Variable variable, Value value, Value mask) {
    Value incoming = newValue(variable.type());
    block.parameters().replaceAll(p -> p.equals(value) ? incoming : p);
    block.pending().put(variable, incoming);
    homes.remove(value);
    homes.put(incoming, block);
    Inst inst = new Inst.Binary(value, Inst.BinaryOp.XOR, incoming, mask, origin);
    definitions.put(value, inst);
    block.insts().addFirst(inst);
  }

  /// Lets a block that has been left compare `mask ^ value` where it compared the value. The mask
  /// comes first since it is what is copied: a copy is what verifiers tell values apart by.
  void maskComparison(Draft block, Terminator.Branch branch, Value value, Value mask) {
    Value masked = newValue(value.type());
    Inst inst = new Inst.Binary(masked, Inst.BinaryOp.XOR, mask, value, branch.origin());
    definitions.put(masked, inst);
    block.insts().add(inst);
    block.endOtherwise(
        new Terminator.Branch(
            branch.op(),
            branch.left().equals(value) ? masked : branch.left(),
            branch.right().equals(value) ? masked : branch.right(),
            branch.then(),
            branch.otherwise(),
            branch.origin()));
  }

  /// The function, with blocks and values numbered anew.
  Function finish(String name, Function.Role role, Optional<Type> result, Span span) {
    return new Finish(entry).function(name, role, result, slots, given, span);
  }
}
