package org.bpf4j.compiler.optimize;

import java.util.function.UnaryOperator;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Program;

/// One transformation that keeps the program's meaning.
@FunctionalInterface
interface Pass {

  /// The transformed program; the same object if nothing changed.
  Program run(Program program);

  /// A pass that looks at one function at a time.
  static Pass each(UnaryOperator<Function> pass) {
    return program -> program.withFunctions(program.functions().stream().map(pass).toList());
  }
}
