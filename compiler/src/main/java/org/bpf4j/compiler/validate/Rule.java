package org.bpf4j.compiler.validate;

import java.util.List;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.diagnostic.Diagnostic;

/// Something that holds of every program that is compiled.
interface Rule {

  /// The breaches of the rule.
  List<Diagnostic> check(Program program);
}
