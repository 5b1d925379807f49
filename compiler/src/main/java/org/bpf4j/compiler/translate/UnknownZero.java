package org.bpf4j.compiler.translate;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bpf4j.compiler.ast.GlobalLayout;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Numbers;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.MemorySize;

/// A zero that the verifier takes to be anything, in a function that is finished: an exclusive or
/// with it changes nothing but what the verifier knows.
final class UnknownZero {
  private final GlobalLayout.Placement place;
  private final Numbers numbers;
  private final Map<Type, Value> zeroes = new EnumMap<>(Type.class);

  /// @param place where the zero is
  /// @param numbers those of the function
  UnknownZero(GlobalLayout.Placement place, Numbers numbers) {
    this.place = place;
    this.numbers = numbers;
  }

  /// The number, of which the verifier knows nothing.
  Value hide(Value number, List<Inst> insts, Origin origin) {
    Value unknown = numbers.value(number.type());
    insts.add(hidden(unknown, number, origin));
    return unknown;
  }

  /// What makes `unknown` that.
  Inst hidden(Value unknown, Value number, Origin origin) {
    Value zero = zeroes.computeIfAbsent(number.type(), numbers::value);
    return new Inst.Binary(unknown, Inst.BinaryOp.XOR, number, zero, origin);
  }

  /// The function with other blocks, and with the zeroes that they use read at its start.
  Function in(Function function, List<Block> blocks) {
    if (zeroes.isEmpty()) {
      return function;
    }
    Block entry = blocks.getFirst();
    Origin origin = entry.terminator().origin();
    Value address = numbers.value(Type.PTR);
    List<Inst> insts = new ArrayList<>();
    insts.add(new Inst.GlobalAddress(address, place.section(), place.offset(), origin));
    zeroes.forEach(
        (type, number) -> {
          MemorySize size = type == Type.I32 ? MemorySize.W : MemorySize.DW;
          insts.add(new Inst.Load(number, size, false, address, 0, Region.ANY, origin));
        });
    insts.addAll(entry.insts());
    List<Block> all = new ArrayList<>(blocks);
    all.set(0, new Block(entry.id(), entry.parameters(), insts, entry.terminator()));
    return function.withBlocks(all);
  }
}
