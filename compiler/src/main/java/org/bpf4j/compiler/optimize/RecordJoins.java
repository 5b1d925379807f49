package org.bpf4j.compiler.optimize;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.ControlFlow;
import org.bpf4j.compiler.ssa.Definitions;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Numbers;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.compiler.ssa.Renaming;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.bpf4j.compiler.ssa.Value;

/// Where something acquired is tested for null more than once, the first test becomes a join of it
/// with null: two ways, on each of which [RecordTests] knows what the later tests find.
final class RecordJoins {
  private final Function function;
  private final ControlFlow flow;
  private final Definitions definitions;
  private final Numbers numbers;

  /// @param acquires what gives something that is handed back later
  static Function run(Function function, Predicate<Inst> acquires) {
    Function current = function;
    for (Block block : function.blocks()) {
      for (Inst inst : block.insts()) {
        if (acquires.test(inst) && inst.defined().isPresent()) {
          current = new RecordJoins(current).joined(inst.defined().get());
        }
      }
    }
    return current;
  }

  private RecordJoins(Function function) {
    this.function = function;
    this.flow = ControlFlow.of(function);
    this.definitions = Definitions.of(function);
    this.numbers = Numbers.after(function);
  }

  private Function joined(Value record) {
    Map<Block, Long> tests = new LinkedHashMap<>();
    for (Block block : flow.order()) {
      long here =
          block.insts().stream().filter(inst -> isTest(inst, record)).count()
              + (isTest(block.terminator(), record) ? 1 : 0);
      if (here > 0) {
        tests.put(block, here);
      }
    }
    if (tests.values().stream().mapToLong(n -> n).sum() < 2) {
      return function;
    }
    int above = tests.keySet().stream().map(Block::id).reduce(this::commonDominator).orElseThrow();
    return split(flow.block(above), record);
  }

  private boolean isTest(Inst inst, Value record) {
    return inst instanceof Inst.Compare c && isTest(c.op(), c.left(), c.right(), record);
  }

  private boolean isTest(Terminator end, Value record) {
    return end instanceof Terminator.Branch b && isTest(b.op(), b.left(), b.right(), record);
  }

  private boolean isTest(CompareOp op, Value left, Value right, Value record) {
    return (op == CompareOp.EQ || op == CompareOp.NE)
        && left.equals(record)
        && definitions.isConstant(right, 0);
  }

  private int commonDominator(int one, int other) {
    int above = one;
    while (!flow.dominates(above, other)) {
      above = flow.immediateDominator(above);
    }
    return above;
  }

  /// The block in two, with the two ways between them, and the record's name behind them.
  private Function split(Block block, Value record) {
    OptionalInt test =
        IntStream.range(0, block.insts().size())
            .filter(i -> isTest(block.insts().get(i), record))
            .findFirst();
    int at = test.orElse(block.insts().size());
    Origin origin = test.isPresent() ? block.insts().get(at).origin() : block.terminator().origin();
    int present = numbers.block();
    int absent = numbers.block();
    int join = numbers.block();
    Value zero = numbers.value(record.type());
    Value none = numbers.value(record.type());
    Value either = numbers.value(record.type());

    List<Inst> before = new ArrayList<>(block.insts().subList(0, at));
    before.add(new Inst.Const(zero, 0, origin));
    Terminator branch =
        new Terminator.Branch(
            CompareOp.NE,
            record,
            zero,
            new Edge(present, List.of()),
            new Edge(absent, List.of()),
            origin);
    Renaming behind = Renaming.ofUses(value -> value.equals(record) ? either : value);
    List<Block> blocks = new ArrayList<>();
    for (Block other : function.blocks()) {
      if (other.id() != block.id()) {
        blocks.add(flow.dominates(block.id(), other.id()) ? behind.apply(other) : other);
        continue;
      }
      blocks.add(new Block(block.id(), block.parameters(), before, branch));
      blocks.add(jump(present, List.of(), new Edge(join, List.of(record)), origin));
      blocks.add(
          jump(
              absent,
              List.of(new Inst.Const(none, 0, origin)),
              new Edge(join, List.of(none)),
              origin));
      List<Inst> after = block.insts().subList(at, block.insts().size());
      blocks.add(behind.apply(new Block(join, List.of(either), after, block.terminator())));
    }
    return function.withBlocks(blocks);
  }

  private static Block jump(int id, List<Inst> insts, Edge to, Origin origin) {
    return new Block(id, List.of(), insts, new Terminator.Jump(to, origin));
  }
}
