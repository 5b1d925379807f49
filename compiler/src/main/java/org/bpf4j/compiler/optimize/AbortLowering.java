package org.bpf4j.compiler.optimize;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Numbers;
import org.bpf4j.compiler.ssa.Program;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;

/// Turns every abort into a jump to one block that returns the abort value of the program's kind.
final class AbortLowering {
  private AbortLowering() {}

  static Program run(Program program) {
    List<Function> functions = new ArrayList<>(program.functions());
    functions.set(0, lowered(program.main(), program.kind().abortValue()));
    return program.withFunctions(functions);
  }

  private static Function lowered(Function function, int abortValue) {
    Optional<Terminator.Abort> first =
        function.blocks().stream()
            .map(Block::terminator)
            .filter(Terminator.Abort.class::isInstance)
            .map(Terminator.Abort.class::cast)
            .findFirst();
    if (first.isEmpty()) {
      return function;
    }
    Numbers numbers = Numbers.after(function);
    int exit = numbers.block();
    List<Block> blocks = new ArrayList<>();
    for (Block block : function.blocks()) {
      blocks.add(
          block.terminator() instanceof Terminator.Abort abort
              ? new Block(
                  block.id(),
                  block.parameters(),
                  block.insts(),
                  new Terminator.Jump(Edge.to(exit), abort.origin()))
              : block);
    }
    blocks.add(exit(exit, function.result(), abortValue, first.get(), numbers));
    return function.withBlocks(blocks);
  }

  private static Block exit(
      int id, Optional<Type> result, int value, Terminator.Abort at, Numbers numbers) {
    Optional<Value> returned = result.map(numbers::value);
    List<Inst> insts =
        returned.stream().<Inst>map(v -> new Inst.Const(v, value, at.origin())).toList();
    return new Block(id, List.of(), insts, new Terminator.Return(returned, at.origin()));
  }
}
