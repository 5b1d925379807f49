package org.bpf4j.compiler.analyze;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpf4j.compiler.ssa.Definitions;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;

/// Which values are 0 or 1: results of comparisons, and what is made of such.
final class Bits {
  private final Definitions definitions;
  private final Set<Value> parameters = new HashSet<>();

  Bits(Function function, Definitions definitions) {
    this.definitions = definitions;
    Map<Value, List<Value>> passed = function.passed();
    passed.keySet().stream().filter(p -> p.type() == Type.I32).forEach(parameters::add);
    boolean changed = true;
    while (changed) {
      changed =
          parameters.removeIf(
              p -> !passed.getOrDefault(p, List.of()).stream().allMatch(this::contains));
    }
  }

  boolean contains(Value value) {
    if (parameters.contains(value)) {
      return true;
    }
    Inst inst = definitions.of(value).orElse(null);
    return switch (inst) {
      case Inst.Compare _ -> true;
      case Inst.Const c -> c.value() == 0 || c.value() == 1;
      case Inst.Refine r -> contains(r.value());
      case Inst.Binary b ->
          switch (b.op()) {
            case AND, OR, XOR -> contains(b.left()) && contains(b.right());
            case ADD, SUB, MUL, SDIV, SMOD, UDIV, UMOD, SHL, SHR, SAR -> false;
          };
      case null, default -> false;
    };
  }
}
