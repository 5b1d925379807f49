package org.bpf4j.compiler.ssa;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.jspecify.annotations.Nullable;

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
  private final @Nullable Home[] homes;
  private final Set<Integer> slots = new HashSet<>();

  /// Where a value is defined: the block, and the place in it; -1 for parameters.
  private record Home(Value value, int block, int place) {}

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
    boolean extension = program.main().role() == Function.Role.GLOBAL;
    if (program.main().role() != Function.Role.PROGRAM && !extension) {
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
          sameTypes(call.arguments(), callee.entry().parameters())
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
    this.homes = homes();
  }

  private @Nullable Home[] homes() {
    @Nullable Home[] found = new Home[Numbers.after(function).value(Type.I64).id()];
    for (Block block : function.blocks()) {
      for (Value parameter : block.parameters()) {
        define(found, new Home(parameter, block.id(), -1));
      }
      for (int i = 0; i < block.insts().size(); i++) {
        Optional<Value> defined = block.insts().get(i).defined();
        if (defined.isPresent()) {
          define(found, new Home(defined.get(), block.id(), i));
        }
      }
    }
    return found;
  }

  private static void define(@Nullable Home[] homes, Home home) {
    int id = home.value.id();
    require(homes[id] == null, () -> home.value + " is defined twice");
    homes[id] = home;
  }

  private void checkNumbers() {
    Set<Integer> blocks = new HashSet<>();
    for (Block block : function.blocks()) {
      require(blocks.add(block.id()), () -> "two blocks b" + block.id());
    }
    for (Function.StackSlot slot : function.slots()) {
      require(slots.add(slot.id()), () -> "two slots " + slot.id());
      require(slot.bytes() > 0, () -> "empty slot " + slot.id());
    }
  }

  private void checkBlocks() {
    for (Block block : function.blocks()) {
      List<Inst> insts = block.insts();
      for (int i = 0; i < insts.size(); i++) {
        Inst inst = insts.get(i);
        for (Value operand : inst.operands()) {
          checkUse(block, i, operand, () -> Printer.print(inst));
        }
        Rules.check(inst, definitions, slots);
      }
      Terminator end = block.terminator();
      for (Value operand : end.operands()) {
        checkUse(block, insts.size(), operand, () -> Printer.print(end));
      }
      end.edges().forEach(this::checkEdge);
      checkEnd(end);
    }
  }

  private void checkUse(Block block, int place, Value value, Supplier<String> user) {
    Home home = value.id() < homes.length ? homes[value.id()] : null;
    if (home == null || !home.value.equals(value)) {
      throw new CompilerBug(value + " is not defined: " + user.get());
    }
    boolean fine =
        home.block == block.id()
            ? home.place < place || !flow.isReachable(block.id())
            : !flow.isReachable(block.id())
                || (flow.isReachable(home.block) && flow.dominates(home.block, block.id()));
    require(fine, () -> value + " does not dominate its use in b" + block.id() + ": " + user.get());
  }

  private void checkEdge(Edge edge) {
    Block target = flow.block(edge.block());
    require(edge.block() != function.entry().id(), () -> "an edge enters the entry");
    require(
        sameTypes(edge.arguments(), target.parameters()),
        () -> "arguments do not fit the parameters of b" + edge.block());
  }

  private void checkEnd(Terminator end) {
    switch (end) {
      case Terminator.Jump _, Terminator.Again _ -> {}
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

  private static boolean sameTypes(List<Value> some, List<Value> others) {
    if (some.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < some.size(); i++) {
      if (some.get(i).type() != others.get(i).type()) {
        return false;
      }
    }
    return true;
  }

  private static void require(boolean holds, Supplier<String> otherwise) {
    if (!holds) {
      throw new CompilerBug(otherwise.get());
    }
  }
}
