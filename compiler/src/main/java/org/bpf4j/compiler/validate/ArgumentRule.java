package org.bpf4j.compiler.validate;

import java.util.List;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Unit.Role;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;

/// Global functions, which are never inlined, take no more arguments than registers pass.
final class ArgumentRule implements Rule {
  /// `r1` to `r5`: `MAX_BPF_FUNC_REG_ARGS`.
  private static final int REGISTERS = 5;

  @Override
  public List<Diagnostic> check(Program program) {
    return program.functions().stream()
        .filter(f -> f.role() instanceof Role.Callee(boolean global) && global)
        .filter(f -> f.parameters().size() > REGISTERS)
        .map(ArgumentRule::breach)
        .toList();
  }

  private static Diagnostic breach(Unit.Function function) {
    return Diagnostic.error(
        Code.BPF3002,
        function.span(),
        "a global function takes at most "
            + REGISTERS
            + " arguments, not "
            + function.parameters().size(),
        "leave out `global = true`, so that it can be inlined, or pass a struct");
  }
}
