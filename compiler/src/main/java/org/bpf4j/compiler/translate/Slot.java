package org.bpf4j.compiler.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.ssa.Value;

/// A Java local, or a result on its way out of an inlined call: one [Variable] for each part of its
/// shape.
///
/// The length of an array or string is a property of the variable at compile time, as checks of
/// indices must be visible to the kernel's verifier: all that it ever refers to has one length.
final class Slot {
  private final List<Variable> variables;
  private final boolean reassigned;
  private int extent = -1;
  private List<Integer> rows = List.of();
  private Optional<Operand> only = Optional.empty();

  /// @param reassigned whether several places write it; a value that one place writes is that value
  ///   wherever it is read, as definite assignment says
  Slot(List<Variable> variables, boolean reassigned) {
    this.variables = List.copyOf(variables);
    this.reassigned = reassigned;
  }

  Operand read(SsaBuilder ssa) {
    if (only.isPresent()) {
      return only.get();
    }
    List<Value> parts = new ArrayList<>();
    for (Variable variable : variables) {
      parts.add(ssa.read(variable));
    }
    return new Operand(parts, Math.max(extent, 0), rows, 1);
  }

  void write(SsaBuilder ssa, Operand operand) {
    if (!reassigned) {
      only = Optional.of(operand);
      return;
    }
    for (int i = 0; i < variables.size(); i++) {
      ssa.write(variables.get(i), operand.parts().get(i));
    }
    boolean isNull =
        operand.extent() == 0
            && operand.parts().size() == 1
            && ssa.constantOf(operand.parts().getFirst()).isPresent();
    if (isNull) {
      return;
    }
    if (extent >= 0 && (extent != operand.extent() || !rows.equals(operand.rows()))) {
      throw new Refusal(
          Diagnostic.error(
              Code.BPF1018,
              ssa.origin().span(),
              "this variable refers to "
                  + elements(extent, rows)
                  + " elements elsewhere, and to "
                  + elements(operand.extent(), operand.rows())
                  + " here",
              "use a variable for each length: the length must be known at compile time"));
    }
    extent = operand.extent();
    rows = operand.rows();
  }

  /// `3`, or `3 × 4` of an array of arrays.
  private static String elements(int extent, List<Integer> rows) {
    return Stream.concat(Stream.of(extent), rows.stream())
        .map(String::valueOf)
        .collect(Collectors.joining(" × "));
  }
}
