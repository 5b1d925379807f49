package org.bpf4j.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.kernel.BpfException;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.kernel.RejectedException;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.BpfObject;
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

  @Override
  boolean run() throws CommandFailedException {
    BpfObject object = Inputs.object(file);
    List<String> programs = object.programs().stream().map(BpfFunction::name).toList();
    if (programs.isEmpty()) {
      throw new CommandFailedException(file + ": has no program");
    }
    boolean all = true;
    for (String program : programs) {
      Set<String> others =
          programs.stream().filter(name -> !name.equals(program)).collect(Collectors.toSet());
      all &= load(program, new LoadRequest(object, Main.class, Map.of(), Map.of(), others));
    }
    return all;
  }

  private boolean load(String program, LoadRequest request) {
    try {
      Kernel.local().load(request).close();
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
