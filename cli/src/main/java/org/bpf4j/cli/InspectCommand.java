package org.bpf4j.cli;

import java.nio.file.Path;
import org.bpf4j.object.ObjectPrinter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `bpf4j inspect`: what an object contains.
@Command(
    name = "inspect",
    description = "Prints an object: programs, maps, instructions beside source lines, types.")
final class InspectCommand extends CliCommand {

  @Parameters(paramLabel = "OBJ", description = "A BPF object file, of any compiler.")
  private Path file = Path.of("");

  @Override
  boolean run() throws CommandFailedException {
    out().print(ObjectPrinter.printWithTypes(Inputs.object(file)));
    return true;
  }
}
