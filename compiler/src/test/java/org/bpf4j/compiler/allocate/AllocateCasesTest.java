package org.bpf4j.compiler.allocate;

import java.io.IOException;
import java.util.List;
import org.bpf4j.compiler.Cases;
import org.bpf4j.compiler.machine.Checker;
import org.bpf4j.compiler.machine.MachineFunction;
import org.bpf4j.compiler.machine.Parser;
import org.bpf4j.compiler.machine.Printer;
import org.bpf4j.compiler.machine.Register.Physical;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class AllocateCasesTest {
  @TestFactory
  List<DynamicTest> cases() throws IOException {
    return Cases.in(
        "allocate",
        sections -> {
          MachineFunction<Physical> function =
              Allocator.allocate(Parser.parseVirtual(sections.getOrDefault("in", "")));
          Checker.check(function);
          return Printer.print(function).replaceAll(" ; .*", "");
        });
  }
}
