package org.bpf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {

  @TempDir private Path directory = Path.of("");
  private Path library = Path.of("");
  private Path classes = Path.of("");
  private Path object = Path.of("");

  /// A program in one directory, with code of a library in another.
  @BeforeEach
  void compile() throws Exception {
    library = Files.createDirectory(directory.resolve("library"));
    classes = Files.createDirectory(directory.resolve("classes"));
    object = classes.resolve("com/example/Caller.bpf.o");
    compile(Sources.write(directory, "Callee", Sources.CALLEE), library);
    compile(Sources.write(directory, "Caller", Sources.CALLER), classes);
  }

  private void compile(Path source, Path target) throws CommandFailedException {
    StringWriter messages = new StringWriter();
    JavaCompilation javac = new JavaCompilation(library.toString(), new PrintWriter(messages));
    assertThat(javac.compile(List.of(source), target)).as(messages.toString()).isTrue();
  }

  private CommandRun check() {
    return CommandRun.of("check", classes, "--classpath", library);
  }

  @Test
  void acceptsFreshObjects() {
    assertThat(check()).isEqualTo(new CommandRun(0, "", ""));
  }

  @Test
  void acceptsADirectoryWithoutPrograms() {
    assertThat(CommandRun.of("check", library)).isEqualTo(new CommandRun(0, "", ""));
  }

  @Test
  void missesAnObject() throws IOException {
    Files.delete(object);
    CommandRun run = check();
    assertThat(run.status()).isOne();
    assertThat(run.err())
        .contains("com.example.Caller: there is no Caller.bpf.o beside its class")
        .contains("mvn clean compile");
  }

  @Test
  void refusesABrokenObject() throws IOException {
    Files.write(object, new byte[100]);
    CommandRun run = check();
    assertThat(run.status()).isOne();
    assertThat(run.err()).contains("com.example.Caller: Caller.bpf.o is broken: ");
  }

  @Test
  void refusesTheObjectOfAnotherClass() throws Exception {
    Path other = Sources.write(directory, "Caller2", Sources.CALLER.replace("Caller", "Caller2"));
    compile(other, classes);
    Files.copy(
        classes.resolve("com/example/Caller2.bpf.o"), object, StandardCopyOption.REPLACE_EXISTING);
    assertThat(check().err()).contains("Caller.bpf.o was not compiled from this class");
  }

  @Test
  void refusesAnObjectWithCodeThatHasChanged() throws Exception {
    compile(Sources.write(directory, "Callee", Sources.CALLEE.replace("1000", "2000")), library);
    CommandRun run = check();
    assertThat(run.status()).isOne();
    assertThat(run.err())
        .contains("com.example.Caller contains code of com.example.Callee, which has changed");
  }

  @Test
  void refusesAnObjectWithCodeThatIsGone() {
    CommandRun run = CommandRun.of("check", classes);
    assertThat(run.status()).isOne();
    assertThat(run.err()).contains("com.example.Callee, which is no longer there");
  }

  @Test
  void needsADirectory() {
    CommandRun run = CommandRun.of("check", directory.resolve("nowhere"));
    assertThat(run.status()).isOne();
    assertThat(run.err()).contains("there is no such directory");
  }
}
