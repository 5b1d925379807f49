package org.bpf4j.compiler.analyze;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bpf4j.compiler.Cases;
import org.bpf4j.compiler.ssa.Checker;
import org.bpf4j.compiler.ssa.Parser;
import org.bpf4j.compiler.ssa.Program;
import org.bpf4j.object.MapKind;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class AnalyzeCasesTest {
  @TestFactory
  List<DynamicTest> cases() throws IOException {
    return Cases.in(
        "analyze",
        sections -> {
          Program program = Parser.parse(sections.getOrDefault("in", ""));
          Checker.check(program);
          return Analyzer.analyze(
                  program, Map.of("stats", MapKind.HASH), file -> !file.startsWith("Lib"))
              .stream()
              .map(d -> d.span() + ": " + d.text() + "\n")
              .collect(Collectors.joining());
        });
  }
}
