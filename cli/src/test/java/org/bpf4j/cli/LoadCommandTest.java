package org.bpf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bpf4j.btf.Btf;
import org.bpf4j.isa.Assembler;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.CodeSection;
import org.bpf4j.object.ElfWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class LoadCommandTest {

  @TempDir private Path directory = Path.of("");

  private static void real() {
    if (!System.getProperty("bpf4j.kernel", "off").equals("require")) {
      throw new TestAbortedException("the real kernel is off: -Dbpf4j.kernel=require");
    }
  }

  /// Two XDP programs, of which the second returns a register that it never set, and one of a kind
  /// that is unknown.
  private Path object() throws Exception {
    return object(
        "GPL",
        section("xdp", "good", "mov %r0, 2\nexit"),
        section("xdp.frags", "bad", "mov %r0, %r5\nexit"),
        section("lirc_mode2", "unknown", "mov %r0, 0\nexit"));
  }

  private Path object(String license, CodeSection... code) throws Exception {
    BpfObject object =
        new BpfObject(
            license, List.of(code), List.of(), List.of(), Btf.EMPTY, Optional.empty(), List.of());
    return Files.write(directory.resolve("object.o"), ElfWriter.write(object));
  }

  private static CodeSection section(String name, String program, String text) {
    return new CodeSection(
        name,
        List.of(
            new BpfFunction(
                program, true, Assembler.assemble(text), List.of(), List.of(), List.of(), 0)));
  }

  @Test
  void loadsEachProgramAlone() throws Exception {
    real();
    CommandRun run = CommandRun.of("load", object());
    assertThat(run.status()).isOne();
    List<String> lines = run.out().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).isEqualTo("ok      good");
    assertThat(lines.get(1)).startsWith("failed  bad: ").contains("R5 !read_ok");
    assertThat(lines.get(2)).startsWith("failed  unknown: ").contains("lirc_mode2");
  }

  @Test
  void bindsWhatNamesNoTarget() throws Exception {
    real();
    Path file = object("GPL", section("tp_btf", "switched", "mov %r0, 0\nexit"));
    assertThat(CommandRun.of("load", file).out()).contains("names none");
    assertThat(CommandRun.of("load", "--bind", "switched=sched_switch", file).out())
        .isEqualToIgnoringNewLines("ok      switched");
    CommandRun absent = CommandRun.of("load", "--bind", "other=sched_switch", file);
    assertThat(absent.status()).isNotZero();
    assertThat(absent.err()).contains("no program `other`");
  }

  /// The helper that gives the current task is for programs under the GPL.
  @Test
  void givesALicenceToWhatSaysNone() throws Exception {
    real();
    CodeSection code = section("raw_tracepoint/sys_enter", "task", "call 35\nmov %r0, 0\nexit");
    Path none = object("", code);
    assertThat(CommandRun.of("load", none).out()).startsWith("failed  task: ").contains("GPL");
    assertThat(CommandRun.of("load", "--license", "GPL", none).out())
        .isEqualToIgnoringNewLines("ok      task");
    CommandRun other = CommandRun.of("load", "--license", "GPL", object("MIT", code));
    assertThat(other.status()).isNotZero();
    assertThat(other.err()).contains("the object says `MIT`");
  }

  @Test
  void printsTheLogIfAsked() throws Exception {
    real();
    assertThat(CommandRun.of("load", "--log", object()).out())
        .containsPattern("\n {8}0: .*\\(bf\\) r0 = r5");
  }

  @Test
  void saysThatThereIsNoProgram() throws Exception {
    BpfObject none =
        new BpfObject(
            "GPL", List.of(), List.of(), List.of(), Btf.EMPTY, Optional.empty(), List.of());
    Path file = Files.write(directory.resolve("none.o"), ElfWriter.write(none));
    CommandRun run = CommandRun.of("load", file);
    assertThat(run).isEqualTo(new CommandRun(1, "", "bpf4j: " + file + ": has no program\n"));
  }

  @Test
  void saysWhatIsWrongWithTheKernelsTypes() throws Exception {
    Path cut = Files.write(directory.resolve("cut.btf"), new byte[] {(byte) 0x9f, (byte) 0xeb, 1});
    CommandRun run = CommandRun.of("load", "--btf", cut, object());
    assertThat(run.status()).isOne();
    assertThat(run.err()).startsWith("bpf4j: --btf " + cut + " is no BTF: ");
    Path missing = directory.resolve("missing.btf");
    assertThat(CommandRun.of("load", "--btf", missing, object()).err())
        .startsWith("bpf4j: " + missing + ": ");
  }

  @Test
  void takesTheKernelsTypesFromAFile() throws Exception {
    real();
    CommandRun run = CommandRun.of("load", "--btf", "/sys/kernel/btf/vmlinux", object());
    assertThat(run.out()).startsWith("ok      good");
  }
}
