package org.bpf4j.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.handle.LoadedProgram;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.kernel.BpfException;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.kernel.RejectedException;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.object.ProgramSection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bpf4j load`: whether this machine's kernel accepts an object's programs.
///
/// Each program is loaded alone and freed again, so that one that fails hides no other.
@Command(
    name = "load",
    description = "Loads every program of an object into the kernel, one by one, and frees it.")
final class LoadCommand extends CliCommand {

  @Parameters(paramLabel = "OBJ", description = "A BPF object file, of any compiler.")
  private Path file = Path.of("");

  @Option(names = "--log", description = "Print the verifier's log of what it rejects.")
  private boolean log;

  @Option(
      names = "--target",
      paramLabel = "OBJ:PROGRAM",
      description = "The program of which extensions (freplace) take the place of a function.")
  private String target = "";

  @Option(
      names = "--bind",
      paramLabel = "PROGRAM=TARGET",
      description = "The function or hook of a program whose section names none, such as `fentry`.")
  private Map<String, String> targets = Map.of();

  @Option(
      names = "--license",
      paramLabel = "TEXT",
      description = "The licence of an object that says none, such as GPL.")
  private String license = "";

  @Option(
      names = "--btf",
      paramLabel = "FILE",
      description = "Where structs of the kernel are, for kernels that do not say it.")
  private @Nullable Path types;

  private Kernel kernel = Kernel.local();

  @Override
  boolean run() throws CommandFailedException {
    BpfObject object = licensed(bound(Inputs.object(file)));
    if (types != null) {
      kernel = Inputs.kernel(types);
    }
    List<String> programs = object.programs().stream().map(BpfFunction::name).toList();
    if (programs.isEmpty()) {
      throw new CommandFailedException(file + ": has no program");
    }
    if (target.isEmpty()) {
      return load(object, programs, Optional.empty());
    }
    int colon = target.lastIndexOf(':');
    if (colon < 0) {
      throw new CommandFailedException("--target " + target + ": is no OBJ:PROGRAM");
    }
    String name = target.substring(colon + 1);
    BpfObject extended = Inputs.object(Path.of(target.substring(0, colon)));
    if (extended.programs().stream().noneMatch(program -> program.name().equals(name))) {
      throw new CommandFailedException("--target " + target + ": has no program `" + name + "`");
    }
    try (LoadedObject loaded = kernel.load(LoadRequest.of(extended, Main.class))) {
      return load(object, programs, Optional.of(loaded.program(name)));
    } catch (BpfException e) {
      throw new CommandFailedException("--target " + target + ": " + e.getMessage());
    }
  }

  private BpfObject licensed(BpfObject object) throws CommandFailedException {
    if (!license.isEmpty() && !object.license().isEmpty()) {
      throw new CommandFailedException("--license: the object says `" + object.license() + "`");
    }
    return license.isEmpty() ? object : object.withLicense(license);
  }

  private BpfObject bound(BpfObject object) throws CommandFailedException {
    BpfObject bound = object;
    try {
      for (Map.Entry<String, String> one : targets.entrySet()) {
        bound = bound.bound(one.getKey(), one.getValue());
      }
    } catch (IllegalArgumentException e) {
      throw new CommandFailedException("--bind: " + e.getMessage());
    }
    return bound;
  }

  private boolean load(BpfObject object, List<String> programs, Optional<LoadedProgram> extended) {
    boolean all = true;
    for (String program : programs) {
      Set<String> others =
          programs.stream().filter(name -> !name.equals(program)).collect(Collectors.toSet());
      Map<String, LoadedProgram> replaced =
          extended.map(found -> Map.of(program, found)).orElse(Map.of());
      if (replaced.isEmpty() && isExtension(object, program)) {
        out()
            .println(
                "failed  "
                    + program
                    + ": takes the place of a function of another program: name it by --target"
                    + " OBJ:PROGRAM");
        all = false;
        continue;
      }
      all &=
          load(
              program,
              new LoadRequest(object, Main.class, Map.of(), Map.of(), others, Map.of(), replaced));
    }
    return all;
  }

  private static boolean isExtension(BpfObject object, String program) {
    return object.code().stream()
        .filter(section -> section.functions().stream().anyMatch(f -> f.name().equals(program)))
        .flatMap(section -> ProgramSection.parse(section.name()).stream())
        .anyMatch(section -> section.kind() == ProgramKind.FREPLACE);
  }

  private boolean load(String program, LoadRequest request) {
    try {
      kernel.load(request).close();
      out().println("ok      " + program);
      return true;
    } catch (BpfException | MalformedObjectException e) {
      String reason =
          String.valueOf(e.getMessage())
              .lines()
              .map(String::strip)
              .collect(Collectors.joining("  "));
      out().println("failed  " + program + ": " + reason);
      if (log && e instanceof RejectedException rejected) {
        out().println(rejected.log().indent(8).stripTrailing());
      }
      return false;
    }
  }
}
