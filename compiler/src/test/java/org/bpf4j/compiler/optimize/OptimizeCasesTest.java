package org.bpf4j.compiler.optimize;

import java.io.IOException;
import java.util.List;
import org.bpf4j.compiler.Cases;
import org.bpf4j.compiler.ssa.Checker;
import org.bpf4j.compiler.ssa.Parser;
import org.bpf4j.compiler.ssa.Printer;
import org.bpf4j.compiler.ssa.Program;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class OptimizeCasesTest {
  @TestFactory
  List<DynamicTest> cases() throws IOException {
    return Cases.in(
        "optimize",
        sections -> {
          Program program = Parser.parse(sections.getOrDefault("in", ""));
          Checker.check(program);
          return Printer.print(Optimizer.optimize(program));
        });
  }
}
