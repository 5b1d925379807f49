package org.bpf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompileCommandTest {

  @TempDir private Path directory = Path.of("");

  @Test
  void writesAnObjectThatCanBeInspected() throws Exception {
    Path source = Sources.write(directory, "PortFilter", Sources.PORT_FILTER);
    Path out = directory.resolve("made/here");
    CommandRun run = CommandRun.of("compile", source, "--out", out);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    Path object = out.resolve("PortFilter.bpf.o");
    assertThat(run.out()).isEqualTo("wrote " + object + " (2 programs, 3 maps)\n");

    CommandRun inspected = CommandRun.of("inspect", object);
    assertThat(inspected.status()).isZero();
    assertThat(inspected.out())
        .contains("class com.example.PortFilter")
        .contains("map types: HASH, key 4, value 8, max_entries 16")
        .contains("filter: program in section xdp")
        .contains("; com/example/PortFilter.java:18  seen++;")
        .contains("STRUCT 'PortFilter_Dropped'");
  }

  @Test
  void printsWhatJavacFindsWithTheLineAndACaret() throws Exception {
    Path source =
        Sources.write(
            directory,
            "PortFilter",
            Sources.PORT_FILTER.replace("if (eth == null) return XdpAction.ABORTED;", ""));
    CommandRun run = CommandRun.of("compile", source, "--out", directory);
    assertThat(run.status()).isOne();
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains(source + ":21: error: [BPF")
        .contains("Long before = types.get(eth.etherType());")
        .containsPattern("\n +\\^\n");
  }

  @Test
  void saysThatAFileIsMissing() {
    CommandRun run = CommandRun.of("compile", "nowhere/X.java", "--out", directory);
    assertThat(run)
        .isEqualTo(new CommandRun(1, "", "bpf4j: nowhere/X.java: there is no such file\n"));
  }

  @Test
  void saysThatThereIsNoProgram() throws Exception {
    Path source = Sources.write(directory, "Callee", Sources.CALLEE);
    CommandRun run = CommandRun.of("compile", source, "--out", directory);
    assertThat(run.status()).isOne();
    assertThat(run.err()).contains("no class is annotated @Bpf");
  }

  @Test
  void tellsWrongArgumentsFromFailures() {
    assertThat(CommandRun.of("compile", "X.java").status()).isEqualTo(2);
    assertThat(CommandRun.of("compose").status()).isEqualTo(2);
    assertThat(CommandRun.of().status()).isEqualTo(2);
    CommandRun help = CommandRun.of("compile", "--help");
    assertThat(help.status()).isZero();
    assertThat(help.out()).contains("--out=DIR");
  }

  @Test
  void refusesAFileThatIsNoObject() throws Exception {
    Path source = Sources.write(directory, "Callee", Sources.CALLEE);
    CommandRun run = CommandRun.of("inspect", source);
    assertThat(run.status()).isOne();
    assertThat(run.err()).startsWith("bpf4j: " + source + ": ").doesNotContain("\tat ");
  }
}
