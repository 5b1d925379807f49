package org.bpf4j.compiler.select;

import java.io.IOException;
import java.util.List;
import org.bpf4j.compiler.Cases;
import org.bpf4j.compiler.machine.Checker;
import org.bpf4j.compiler.machine.MachineProgram;
import org.bpf4j.compiler.machine.Printer;
import org.bpf4j.compiler.machine.Register.Virtual;
import org.bpf4j.compiler.ssa.Parser;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class SelectCasesTest {
  @TestFactory
  List<DynamicTest> cases() throws IOException {
    return Cases.in(
        "select",
        sections -> {
          MachineProgram<Virtual> program =
              Selector.select(Parser.parse(sections.getOrDefault("in", "")));
          Checker.check(program);
          return Printer.print(program).replaceAll(" ; .*", "");
        });
  }
}
