package org.bpf4j.cli;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.ElfReader;
import org.bpf4j.object.ObjectNote;
import org.bpf4j.object.ObjectNote.SidecarHash;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bpf4j check`: whether the objects of a directory are those of its classes.
///
/// An object is stale if another class, whose code it contains, was compiled again without it: the
/// object names each such class with the hash of its sidecar.
@Command(
    name = "check",
    description = "Checks that each @Bpf class has its object beside it, and that it is fresh.")
final class CheckCommand extends CliCommand {

  @Parameters(paramLabel = "DIR", description = "A directory of class files.")
  private Path directory = Path.of("");

  @Option(
      names = {"-cp", "--classpath"},
      paramLabel = "CP",
      description = "Where the other classes are whose code the programs contain.")
  private String classPath = "";

  @Override
  boolean run() throws CommandFailedException {
    if (!Files.isDirectory(directory)) {
      throw new CommandFailedException(directory + ": there is no such directory");
    }
    try (ClassPath classes = ClassPath.open(roots())) {
      List<String> problems = new ArrayList<>();
      for (BpfClass type : BpfClass.in(directory)) {
        problem(type, classes).ifPresent(problems::add);
      }
      if (!problems.isEmpty()) {
        throw new CommandFailedException(
            String.join(System.lineSeparator(), problems)
                + System.lineSeparator()
                + "compile everything again: `mvn clean compile`");
      }
      return true;
    }
  }

  private List<Path> roots() {
    List<Path> roots = new ArrayList<>(List.of(directory));
    Arrays.stream(classPath.split(File.pathSeparator, -1))
        .filter(entry -> !entry.isEmpty())
        .map(Path::of)
        .forEach(roots::add);
    return roots;
  }

  private static Optional<String> problem(BpfClass type, ClassPath classes)
      throws CommandFailedException {
    String file = type.object().getFileName().toString();
    if (!Files.isRegularFile(type.object())) {
      return Optional.of(
          type.name()
              + ": there is no "
              + file
              + " beside its class; javac writes it if bpf4j-processor is among the"
              + " annotationProcessorPaths");
    }
    BpfObject object;
    try {
      object = ElfReader.read(Inputs.bytes(type.object()));
    } catch (MalformedObjectException e) {
      return Optional.of(type.name() + ": " + file + " is broken: " + e.getMessage());
    }
    Optional<ObjectNote> note =
        object.note().filter(found -> found.className().equals(type.name()));
    if (note.isEmpty()) {
      return Optional.of(type.name() + ": " + file + " was not compiled from this class");
    }
    if (note.get().format() != ObjectNote.FORMAT) {
      return Optional.of(type.name() + ": " + file + " was written by another version of bpf4j");
    }
    return stale(type, note.get(), classes);
  }

  private static Optional<String> stale(BpfClass type, ObjectNote note, ClassPath classes)
      throws CommandFailedException {
    for (SidecarHash used : note.sidecars()) {
      Optional<String> now = classes.sidecarHash(used.className());
      if (now.isEmpty()) {
        return Optional.of(
            "%s contains code of %s, which is no longer there"
                .formatted(type.name(), used.className()));
      }
      if (!now.get().equals(used.sha256())) {
        return Optional.of(
            "%s contains code of %s, which has changed since"
                .formatted(type.name(), used.className()));
      }
    }
    return Optional.empty();
  }
}
