package org.bpf4j.compiler.translate;

import java.util.ArrayList;
import java.util.List;
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
  private int align = 1;

  /// @param reassigned whether it may be written more than once, so that what is known of one
  ///     address is not known of all
  Slot(List<Variable> variables, boolean reassigned) {
    this.variables = List.copyOf(variables);
    this.reassigned = reassigned;
  }

  Operand read(SsaBuilder ssa) {
    List<Value> parts = new ArrayList<>();
    for (Variable variable : variables) {
      parts.add(ssa.read(variable));
    }
    return new Operand(parts, Math.max(extent, 0), align);
  }

  void write(SsaBuilder ssa, Operand operand) {
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
    if (extent >= 0 && extent != operand.extent()) {
      throw new Refusal(
          Diagnostic.error(
              Code.BPF1018,
              ssa.origin().span(),
              "this variable refers to "
                  + extent
                  + " elements elsewhere, and to "
                  + operand.extent()
                  + " here",
              "use a variable for each length: the length must be known at compile time"));
    }
    extent = operand.extent();
    align = reassigned ? 1 : operand.align();
  }
}
