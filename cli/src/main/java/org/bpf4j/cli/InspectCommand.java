package org.bpf4j.cli;

import java.nio.file.Path;
import java.util.List;
import org.bpf4j.inspect.KernelInventory;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.MapDefinition;
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
    BpfObject object = Inputs.object(file);
    out().print(ObjectPrinter.printWithTypes(object));
    if (!object.maps().isEmpty() && KernelVersion.running().isPresent()) {
      printMemory(object);
    }
    return true;
  }

  /// What the maps will take of this machine's kernel, which depends on its CPUs.
  private void printMemory(BpfObject object) {
    Table table = new Table(List.of("map", "bytes of kernel memory, on this machine"));
    for (MapDefinition map : object.maps()) {
      table.row(List.of(map.name(), Long.toString(KernelInventory.memory(map).bytes())));
    }
    out().println();
    table.print(out());
  }
}
