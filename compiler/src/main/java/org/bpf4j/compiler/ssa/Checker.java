package org.bpf4j.compiler.ssa;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.ssa.Terminator.Edge;

/// What holds of every SSA function and program, at each stage.
///
/// - Block and slot numbers are unique; no edge enters the entry; edges name blocks and pass as
///   many arguments, of the same types, as those have parameters.
/// - Every value is defined once, and its definition dominates its uses. Code that the entry does
///   not reach may use any value of the function.
/// - Operands and results have the types that [Inst] says, and accesses name slots that exist.
/// - A variable offset is added to an address only if a bound of it is known.
/// - Calls name functions of the program and pass what those take.
/// - A static subprogram does not abort: what may abort is inlined.
public final class Checker {
  private final Function function;
  private final Definitions definitions;
  private final ControlFlow flow;
  private final Map<Value, Integer> definedIn = new HashMap<>();
  private final Set<Integer> slots = new HashSet<>();

  /// Checks every function and the calls between them.
  ///
  /// @throws CompilerBug with the text of the function that breaks a rule
  public static void check(Program program) {
    Map<String, Function> byName = new HashMap<>();
    for (Function function : program.functions()) {
      if (byName.put(function.name(), function) != null) {
        throw new CompilerBug("two functions are called " + function.name());
      }
      check(function);
    }
    if (program.main().role() != Function.Role.PROGRAM) {
      throw new CompilerBug("the first function is no program: " + program.main().name());
    }
    for (Function function : program.functions()) {
      for (Block block : function.blocks()) {
        for (Inst inst : block.insts()) {
          checkCall(function, inst, byName);
        }
      }
    }
  }

  private static void checkCall(Function caller, Inst inst, Map<String, Function> byName) {
    String name;
    switch (inst) {
      case Inst.CallFunction call -> name = call.function();
      case Inst.FunctionAddress address -> name = address.function();
      default -> {
        return;
      }
    }
    Function callee = byName.get(name);
    if (callee == null) {
      throw new CompilerBug("there is no function " + name + " for " + Printer.print(inst));
    }
    if (inst instanceof Inst.CallFunction call) {
      boolean fits =
          types(call.arguments()).equals(types(callee.entry().parameters()))
              && (call.result().isEmpty()
                  || call.result().map(Value::type).equals(callee.result()));
      if (!fits) {
        throw new CompilerBug(
            "wrong types in " + Printer.print(inst) + "\n" + Printer.print(caller));
      }
    }
  }

  /// Checks one function by itself.
  ///
  /// @throws CompilerBug with the function's text if it breaks a rule
  public static void check(Function function) {
    try {
      Checker checker = new Checker(function);
      checker.checkNumbers();
      checker.checkBlocks();
    } catch (CompilerBug bug) {
      throw new CompilerBug(bug.getMessage() + "\n" + Printer.print(function), bug);
    }
  }

  private Checker(Function function) {
    this.function = function;
    if (function.blocks().isEmpty()) {
      throw new CompilerBug("no block");
    }
    this.definitions = Definitions.of(function);
    this.flow = ControlFlow.of(function);
  }

  private void checkNumbers() {
    Set<Integer> ids = new HashSet<>();
    Set<Integer> blocks = new HashSet<>();
    for (Block block : function.blocks()) {
      require(blocks.add(block.id()), () -> "two blocks b" + block.id());
      List<Value> defined = new ArrayList<>(block.parameters());
      block.insts().forEach(inst -> inst.defined().ifPresent(defined::add));
      for (Value value : defined) {
        require(ids.add(value.id()), () -> value + " is defined twice");
        definedIn.put(value, block.id());
      }
    }
    for (Function.StackSlot slot : function.slots()) {
      require(slots.add(slot.id()), () -> "two slots " + slot.id());
      require(slot.bytes() > 0, () -> "empty slot " + slot.id());
    }
  }

  private void checkBlocks() {
    for (Block block : function.blocks()) {
      Set<Value> before = new HashSet<>(block.parameters());
      for (Inst inst : block.insts()) {
        inst.operands().forEach(v -> checkUse(block, before, v, Printer.print(inst)));
        Rules.check(inst, definitions, slots);
        inst.defined().ifPresent(before::add);
      }
      Terminator end = block.terminator();
      end.operands().forEach(v -> checkUse(block, before, v, Printer.print(end)));
      end.edges().forEach(this::checkEdge);
      checkEnd(end);
    }
  }

  private void checkUse(Block block, Set<Value> before, Value value, String user) {
    Integer definition = definedIn.get(value);
    require(definition != null, () -> value + " is not defined: " + user);
    boolean fine =
        definition == null
            || before.contains(value)
            || !flow.isReachable(block.id())
            || (definition != block.id()
                && flow.isReachable(definition)
                && flow.dominates(definition, block.id()));
    require(fine, () -> value + " does not dominate its use in b" + block.id() + ": " + user);
  }

  private void checkEdge(Edge edge) {
    Block target = flow.block(edge.block());
    require(edge.block() != function.entry().id(), () -> "an edge enters the entry");
    require(
        types(edge.arguments()).equals(types(target.parameters())),
        () -> "arguments do not fit the parameters of b" + edge.block());
  }

  private void checkEnd(Terminator end) {
    switch (end) {
      case Terminator.Jump _, Terminator.MayGoto _ -> {}
      case Terminator.Branch t ->
          require(t.left().type() == t.right().type(), () -> "types: " + Printer.print(t));
      case Terminator.Return t -> {
        Optional<Type> type = t.value().map(Value::type);
        require(type.equals(function.result()), () -> "result type: " + Printer.print(t));
      }
      case Terminator.Abort t ->
          require(
              function.role() != Function.Role.SUBPROGRAM,
              () -> "a subprogram cannot " + Printer.print(t));
    }
  }

  private static List<Type> types(List<Value> values) {
    return values.stream().map(Value::type).toList();
  }

  private static void require(boolean holds, Supplier<String> otherwise) {
    if (!holds) {
      throw new CompilerBug(otherwise.get());
    }
  }
}
