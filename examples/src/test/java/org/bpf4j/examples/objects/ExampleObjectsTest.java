package org.bpf4j.examples.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bpf4j.examples.Command;
import org.bpf4j.examples.RealKernel;
import org.bpf4j.examples.firewall.Firewall;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// bpftool with its libbpf, and LLVM, read and load each example's object.
class ExampleObjectsTest {

  private static final String SUFFIX = ".bpf.o";

  /// What LLVM before 17 does not disassemble: stores of constants, and bit tests.
  private static final Pattern UNKNOWN_TO_OLD_LLVM =
      Pattern.compile("\\s+\\d+:\\s+(62|6a|72|7a|45|46|4d|4e) .*<unknown>");

  @TempDir private Path directory = Path.of("");

  static List<Named<Path>> objects() throws IOException, URISyntaxException {
    Path classes =
        Path.of(Firewall.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(classes)) {
      List<Named<Path>> objects =
          files
              .filter(file -> file.toString().endsWith(SUFFIX))
              .filter(file -> Files.exists(source(classes.relativize(file))))
              .sorted()
              .map(file -> named(file.getFileName().toString(), file))
              .toList();
      assertThat(objects).hasSizeGreaterThan(3);
      return objects;
    }
  }

  private static Path source(Path object) {
    String name = object.toString();
    return Path.of("src/main/java", name.substring(0, name.length() - SUFFIX.length()) + ".java");
  }

  private static void needs(String tool) throws InterruptedException {
    try {
      Command.run(tool, "--version");
    } catch (IOException e) {
      boolean required = System.getProperty("bpf4j.kernel", "off").equals("require");
      assertThat(required).as(tool + " is not installed").isFalse();
      Assumptions.abort(tool + " is not installed");
    }
  }

  @ParameterizedTest
  @MethodSource("objects")
  void bpftoolReadsTypesAndGeneratesASkeleton(Path object) throws Exception {
    needs("bpftool");
    assertThat(Command.run("bpftool", "btf", "dump", "file", object.toString()))
        .contains("FUNC '", "DATASEC '.maps'");
    assertThat(Command.run("bpftool", "gen", "skeleton", object.toString(), "name", "example"))
        .contains("struct bpf_map *", "example__open_and_load");
  }

  @ParameterizedTest
  @MethodSource("objects")
  void llvmDisassemblesEveryInstruction(Path object) throws Exception {
    needs("llvm-objdump");
    String text = Command.run("llvm-objdump", "-d", "--mcpu=v3", object.toString());
    assertThat(text).contains("file format elf64-bpf", "exit");
    assertThat(text.lines().filter(line -> line.contains("<unknown>")))
        .allMatch(line -> UNKNOWN_TO_OLD_LLVM.matcher(line).matches());
  }

  @ParameterizedTest
  @MethodSource("objects")
  void libbpfLoadsEveryProgram(Path object) throws Exception {
    RealKernel.use();
    needs("bpftool");
    String script =
        """
        mount -t bpf bpf "$1" && bpftool prog loadall "$2" "$1/programs" && ls "$1/programs"
        """;
    String programs =
        Command.run(
            "unshare", "-m", "sh", "-c", script, "sh", directory.toString(), object.toString());
    assertThat(programs.lines()).isNotEmpty();
  }
}
