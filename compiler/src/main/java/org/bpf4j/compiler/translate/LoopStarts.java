package org.bpf4j.compiler.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bpf4j.compiler.analyze.KernelPointers;
import org.bpf4j.compiler.analyze.Outline;
import org.bpf4j.compiler.ast.GlobalLayout;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Numbers;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.compiler.ssa.Program;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Renaming;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.MemorySize;

/// Makes unknown to the verifier with what rounds of a loop begin that is called back.
///
/// Verifiers before Linux 6.7 look at one round. What they know when it begins they take to hold in
/// all others, and leave out what then never happens. Later ones look at rounds until they learn
/// nothing new. So each number that a round leaves to the next is unknown where the loop begins and
/// where a round ends, and so is the memory on the stack that the loop may change. What [Loops]
/// makes unknown at a loop's head stays so: a number that is read from memory is known by what is
/// found out about its copies.
public final class LoopStarts {
  private final Function function;
  private final Numbers numbers;
  private final UnknownZero zero;
  private final List<Outline> loops;

  /// Hides it in the functions of a program in which no mistake was found: what is hidden from the
  /// verifier, `analyze` does not see either.
  ///
  /// @param source what it was translated from
  public static Program hidden(Program program, org.bpf4j.compiler.ast.Program source) {
    if (program.functions().stream().noneMatch(Outline::isWanted)) {
      return program;
    }
    GlobalLayout.Placement place =
        new GlobalLayout(source)
            .zero()
            .orElseThrow(() -> new CompilerBug("a loop is long, and there is no zero"));
    Map<String, KernelPointers> pointers = KernelPointers.of(program);
    List<Function> functions = new ArrayList<>();
    for (Function function : program.functions()) {
      List<Outline> loops = Outline.of(function, KernelPointers.in(pointers, function.name()));
      functions.add(loops.isEmpty() ? function : new LoopStarts(function, loops, place).hidden());
    }
    return program.withFunctions(functions);
  }

  private LoopStarts(Function function, List<Outline> loops, GlobalLayout.Placement place) {
    this.function = function;
    this.numbers = Numbers.after(function);
    this.zero = new UnknownZero(place, numbers);
    this.loops = loops;
  }

  private Function hidden() {
    List<Block> blocks = new ArrayList<>();
    for (Block block : function.blocks()) {
      List<Inst> insts = new ArrayList<>(block.insts());
      Terminator end = block.terminator();
      for (Outline loop : loops) {
        boolean enters = end.edges().stream().anyMatch(e -> e.block() == loop.head().id());
        if (enters && !loop.contains(block.id())) {
          loop.changed().forEach(slot -> hide(slot, insts, loop.origin()));
        }
        end = enters ? hidden(end, loop, insts) : end;
      }
      blocks.add(new Block(block.id(), block.parameters(), insts, end));
    }
    return zero.in(function, blocks);
  }

  /// The end of a block that goes on at a loop's head, with numbers that are unknown.
  private Terminator hidden(Terminator end, Outline loop, List<Inst> insts) {
    Renaming renaming =
        new Renaming() {
          @Override
          public Edge apply(Edge edge) {
            return edge.block() == loop.head().id() ? hidden(edge, loop, insts) : edge;
          }
        };
    return renaming.apply(end);
  }

  private Edge hidden(Edge edge, Outline loop, List<Inst> insts) {
    List<Value> arguments = new ArrayList<>();
    for (int i = 0; i < edge.arguments().size(); i++) {
      Value argument = edge.arguments().get(i);
      Value parameter = loop.head().parameters().get(i);
      boolean changes = loop.carried().contains(parameter) && !argument.equals(parameter);
      arguments.add(changes ? zero.hide(argument, insts, loop.origin()) : argument);
    }
    return new Edge(edge.block(), arguments);
  }

  private void hide(int slot, List<Inst> insts, Origin origin) {
    int bytes =
        function.slots().stream()
            .filter(each -> each.id() == slot)
            .mapToInt(Function.StackSlot::bytes)
            .sum();
    Region region = Region.stack(slot);
    Value address = numbers.value(Type.PTR);
    insts.add(new Inst.StackAddress(address, slot, false, origin));
    int done = 0;
    while (done < bytes) {
      MemorySize size =
          MemorySize.ofBytes(Math.min(Operand.MAX_ALIGN, Integer.highestOneBit(bytes - done)));
      Value number = numbers.value(size == MemorySize.DW ? Type.I64 : Type.I32);
      insts.add(new Inst.Load(number, size, false, address, done, region, origin));
      Value unknown = zero.hide(number, insts, origin);
      insts.add(new Inst.Store(size, address, done, unknown, region, origin));
      done += size.bytes();
    }
  }
}
