package org.bpf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VmCommandTest {

  /// `r0 = *(u8 *)(r1 + 1); exit`.
  private static final String LOAD_BYTE = "71 10 01 00 00 00 00 00 95 00 00 00 00 00 00 00";

  @TempDir private Path directory = Path.of("");

  private Path file(String text) throws Exception {
    return Files.writeString(directory.resolve("program"), text);
  }

  @Test
  void runsMnemonics() throws Exception {
    CommandRun run = CommandRun.of("vm", file("mov %r0, -1\nexit\n"));
    assertThat(run).isEqualTo(new CommandRun(0, "ffffffffffffffff\n", ""));
  }

  @Test
  void givesMemory() throws Exception {
    Path program = file("ldxh %r0, [%r1]\nlsh %r2, 16\nor %r0, %r2\nexit\n");
    assertThat(CommandRun.of("vm", program, "--mem", "34 12 ff").out()).isEqualTo("31234\n");
  }

  @Test
  void runsCasesOfTheConformanceSuite() throws Exception {
    Path assembly =
        file("# a case\n-- asm\nldxb %r0, [%r1+1]\nexit\n-- mem\naa bb\n-- result\n0xbb\n");
    assertThat(CommandRun.of("vm", assembly).out()).isEqualTo("bb\n");
    Path raw = file("-- raw\n0x00000007000000b7\n0x0000000000000095\n-- result\n0x7\n");
    assertThat(CommandRun.of("vm", raw).out()).isEqualTo("7\n");
  }

  @Test
  void speaksAsAPluginOfTheConformanceRunner() {
    assertThat(CommandRun.of("vm", "--program", LOAD_BYTE, "aabb").out()).isEqualTo("bb\n");
    assertThat(CommandRun.of("vm", "--program", LOAD_BYTE, "--mem", "aabb").out())
        .isEqualTo("bb\n");
  }

  @Test
  void saysWhatWentWrong() throws Exception {
    CommandRun beyond = CommandRun.of("vm", "--program", LOAD_BYTE, "aa");
    assertThat(beyond.status()).isOne();
    assertThat(beyond.err()).startsWith("bpf4j: OUT_OF_BOUNDS at instruction 0: ");
    assertThat(CommandRun.of("vm", "--program", "ff00").status()).isOne();
    assertThat(CommandRun.of("vm", "--program", "xy").status()).isEqualTo(2);
    CommandRun unknown = CommandRun.of("vm", file("frobnicate %r0\n"));
    assertThat(unknown.status()).isOne();
    assertThat(unknown.err()).contains("cannot assemble \"frobnicate %r0\"");
  }
}
