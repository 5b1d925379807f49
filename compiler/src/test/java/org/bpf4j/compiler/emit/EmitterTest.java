package org.bpf4j.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bpf4j.btf.BtfType;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.isa.Insn;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.CodeSection;
import org.bpf4j.object.CoreRelocation;
import org.bpf4j.object.ElfReader;
import org.bpf4j.object.ElfWriter;
import org.bpf4j.object.LineRecord;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmitterTest {

  private static final String[] ALL = {Sample.COUNTER, Sample.SUMMER, Sample.PARENT};

  @Test
  void objectsSurviveTheirFileAndAreDeterministic() {
    for (boolean optimised : new boolean[] {false, true}) {
      BpfObject object = Sample.object(optimised, ALL);
      byte[] bytes = ElfWriter.write(object);
      assertThat(ElfReader.read(bytes)).isEqualTo(object);
      assertThat(ElfWriter.write(Sample.object(optimised, ALL))).isEqualTo(bytes);
    }
  }

  @Test
  void mapsHaveTheSizesOfTheirTypes() {
    BpfObject object = Sample.object(true, Sample.COUNTER);
    assertThat(object.map("stats").orElseThrow().keySize()).isEqualTo(8);
    assertThat(object.map("stats").orElseThrow().valueSize()).isEqualTo(16);
    assertThat(object.map("events").orElseThrow().keyType()).isZero();
    assertThat(object.data(".rodata").orElseThrow().bytes()[0]).isEqualTo((byte) 7);
  }

  @Test
  void everyFunctionBeginsWithALine() {
    BpfObject object = Sample.object(false, ALL);
    for (CodeSection section : object.code()) {
      for (BpfFunction function : section.functions()) {
        LineRecord first = function.lines().getFirst();
        assertThat(first.at().value()).isZero();
        assertThat(first.text()).isEqualTo("  line " + first.line() + ";");
      }
    }
  }

  @Test
  void programsShareEqualSubprograms() {
    String other = Sample.SUMMER.replace("function summer", "function other");
    BpfObject object = Sample.object(false, Sample.SUMMER, other);
    assertThat(names(object)).containsExactly("mix");
    String different =
        other.replace("function other", "function third").replace("const 13", "const 14");
    assertThat(names(Sample.object(false, Sample.SUMMER, other, different)))
        .containsExactly("mix", "mix_v2");
  }

  private static List<String> names(BpfObject object) {
    return object.code().getFirst().functions().stream().map(BpfFunction::name).toList();
  }

  @Test
  void aRelocationStandsAtOneInstructionWithTheLocalOffset() {
    BpfFunction parent = Sample.object(true, Sample.PARENT).function("parent").orElseThrow();
    assertThat(parent.coreRelocations()).hasSize(2);
    for (CoreRelocation relocation : parent.coreRelocations()) {
      assertThat(parent.insns().get(relocation.at().value()))
          .isInstanceOfSatisfying(
              Insn.Alu.class, alu -> assertThat(alu.op()).isEqualTo(Insn.AluOp.MOV));
    }
    assertThat(parent.coreRelocations()).extracting(CoreRelocation::path).contains("0:0", "0:1");
  }

  @Test
  void kernelTypesHaveAFlavour() {
    BpfObject object = Sample.object(true, Sample.PARENT);
    assertThat(object.btf().types())
        .filteredOn(BtfType.Struct.class::isInstance)
        .extracting(BtfType::name)
        .contains("task_struct___bpf4j1", "Sample_Stats", "Sample_Flow");
  }

  @Test
  void aContextLoadAtAnUnknownOffsetIsOneInstruction() {
    String text =
        """
        program TRACEPOINT "tracepoint/sched/sched_process_exec" floor 5.10
        function location PROGRAM : i32
        b0(v0: ptr):
          v1 = core FIELD_BYTE_OFFSET trace_event_raw_sched_process_exec __data_loc_filename : i64
          v2 = ptradd v0, v1 : ptr
          v3 = load w [v2 + 0] context : i32
          return v3
        end
        """;
    BpfFunction function = Sample.object(false, text).function("location").orElseThrow();
    assertThat(function.insns().getFirst()).isInstanceOf(Insn.Load.class);
    assertThat(function.coreRelocations().getFirst().at().value()).isZero();
  }

  @Test
  void theWayBackToALoopsTestIsAJump() {
    String text =
        """
        program XDP xdp floor 5.10
        function loop PROGRAM : i32
        b0(v0: ptr):
          v1 = const 0 : i32
          v2 = load w [v0 + 0] context : i32
          jump b1(v1, v1)
        b1(v3: i32, v4: i32):
          v5 = const 9 : i32
          branch slt v3, v5 then b2() else b3()
        b2():
          v6 = add v4, v2 : i32
          v7 = const 1 : i32
          v8 = add v3, v7 : i32
          jump b1(v8, v6)
        b3():
          return v4
        end
        """;
    List<Insn> insns = Sample.object(true, text).function("loop").orElseThrow().insns();
    assertThat(insns)
        .as("the loop's test is written behind its body")
        .anyMatch(insn -> insn instanceof Insn.Branch branch && branch.off() < 0);
    for (int i = 1; i < insns.size(); i++) {
      if (insns.get(i) instanceof Insn.Branch branch && branch.off() < 0) {
        assertThat(insns.get(i - 1)).isInstanceOf(Insn.Jump.class);
      }
    }
  }

  @Test
  void aFrameBeyondTheLimitIsReportedWithItsVariables() {
    String text =
        """
        program XDP xdp floor 5.10
        function large PROGRAM : i32 ; com/example/Sample.java:4:3-4:9
        slot 0 600 buffer
        b0(v0: ptr):
          v1 = stack 0 fresh : ptr
          zero [v1 + 0], 600 stack 0
          v2 = load w [v1 + 0] stack 0 : i32
          return v2
        end
        """;
    Emitter.Result result = Emitter.emit(Sample.program(), List.of(Sample.code(text, false)));
    assertThat(result.object()).isEmpty();
    assertThat(result.diagnostics()).hasSize(1);
    assertThat(result.diagnostics().getFirst().code()).isEqualTo(Code.BPF3001);
    assertThat(result.diagnostics().getFirst().text()).contains("608 bytes", "`buffer`");
  }

  @Test
  void theKernelTakesTheObjects(@TempDir Path directory) throws Exception {
    Assumptions.assumeTrue(
        !System.getProperty("bpf4j.kernel", "off").equals("off"), "needs -Dbpf4j.kernel");
    for (boolean optimised : new boolean[] {false, true}) {
      Path file = directory.resolve("sample.o");
      Files.write(file, ElfWriter.write(Sample.object(optimised, ALL)));
      assertThat(load(file, directory)).isEqualTo("counter\nparent\nsummer\n");
    }
  }

  /// Loads all programs where nobody else sees them, and tells which are there.
  private static String load(Path file, Path directory) throws IOException, InterruptedException {
    String script =
        "mount -t bpf bpf %1$s && mkdir %1$s/p && bpftool prog loadall %2$s %1$s/p && ls %1$s/p"
            .formatted(Files.createTempDirectory(directory, "bpf"), file);
    Process process =
        new ProcessBuilder("unshare", "-m", "sh", "-c", script).redirectErrorStream(true).start();
    String output =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return output;
  }
}
