package org.bpf4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bpf4j compile`: Java files to objects.
@Command(
    name = "compile",
    description = "Compiles Java files and writes <Class>.bpf.o for each @Bpf class.")
final class CompileCommand extends CliCommand {

  @Parameters(paramLabel = "FILE.java", arity = "1..*", description = "Java source files.")
  private List<Path> files = List.of();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      required = true,
      description = "Where to write the objects; made if it is not there.")
  private Path directory = Path.of("");

  @Option(
      names = {"-cp", "--classpath"},
      paramLabel = "CP",
      description = "Libraries of the programs, in addition to bpf4j's own.")
  private String classPath = "";

  @Override
  boolean run() throws CommandFailedException {
    try (TemporaryDirectory classes = TemporaryDirectory.create()) {
      if (!new JavaCompilation(classPath, err()).compile(files, classes.path())) {
        return false;
      }
      List<CompiledObject> objects = CompiledObject.in(classes.path());
      if (objects.isEmpty()) {
        throw new CommandFailedException("no class is annotated @Bpf, so there is no object");
      }
      write(objects);
      return true;
    }
  }

  private void write(List<CompiledObject> objects) throws CommandFailedException {
    Map<String, String> written = new HashMap<>();
    for (CompiledObject object : objects) {
      String other = written.put(object.fileName(), object.className());
      if (other != null) {
        throw new CommandFailedException(
            "%s and %s are both %s: compile them into two directories"
                .formatted(other, object.className(), object.fileName()));
      }
    }
    for (CompiledObject object : objects) {
      Path target = directory.resolve(object.fileName());
      try {
        Files.createDirectories(directory);
        Files.write(target, Files.readAllBytes(object.file()));
      } catch (IOException e) {
        throw CommandFailedException.of(target, e);
      }
      out()
          .printf(
              "wrote %s (%s, %s)%n",
              target,
              Counted.of(object.object().programs().size(), "program"),
              Counted.of(object.object().maps().size(), "map"));
    }
  }
}
