package org.bpf4j.cli;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bpf4j.inspect.KernelInventory;
import org.bpf4j.inventory.Holder;
import org.bpf4j.inventory.ListedProgram;
import org.bpf4j.inventory.Tenure;
import picocli.CommandLine.Command;

/// `bpf4j prog`: the programs in the kernel.
@Command(
    name = "prog",
    description = "Shows the programs in the kernel, whoever loaded them.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ProgCommand.ListPrograms.class, ProgCommand.Show.class})
final class ProgCommand {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

  /// `bpf4j prog list`.
  @Command(name = "list", description = "Lists all programs.")
  static final class ListPrograms extends ListCommand<ListedProgram> {

    @Override
    List<ListedProgram> values() {
      return KernelInventory.programs();
    }

    @Override
    List<String> headings() {
      return List.of(
          "id",
          "type",
          "name",
          "loaded",
          "user",
          "translated",
          "jited",
          "memory",
          "runs",
          "maps",
          "held by");
    }

    @Override
    List<String> row(ListedProgram program) {
      return List.of(
          Integer.toString(program.id()),
          program.type(),
          program.name(),
          TIME.format(program.loadedAt()),
          Integer.toUnsignedString(program.user()),
          Integer.toString(program.code().translatedBytes()),
          Integer.toString(program.code().jitedBytes()),
          program.code().lockedBytes().stream().mapToObj(Long::toString).findFirst().orElse(""),
          Long.toUnsignedString(program.activity().runs()),
          program.mapIds().stream().map(String::valueOf).collect(Collectors.joining(" ")),
          held(program.tenure()));
    }
  }

  /// `bpf4j prog show`.
  @Command(name = "show", description = "Shows all that the kernel says of a program.")
  static final class Show extends ShowCommand<ListedProgram> {

    @Override
    Optional<ListedProgram> find(int id) {
      return KernelInventory.program(id);
    }

    @Override
    List<ListedProgram> all() {
      return KernelInventory.programs();
    }

    @Override
    String name(ListedProgram program) {
      return program.name();
    }
  }

  /// Processes and pins, in a cell.
  static String held(Tenure tenure) {
    StringBuilder text = new StringBuilder();
    for (Holder holder : tenure.holders()) {
      text.append(holder.command()).append('(').append(holder.process()).append(") ");
    }
    tenure.pins().forEach(pin -> text.append(pin).append(' '));
    return text.toString().strip();
  }
}
