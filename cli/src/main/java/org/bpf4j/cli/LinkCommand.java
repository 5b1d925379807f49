package org.bpf4j.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bpf4j.inspect.KernelInventory;
import org.bpf4j.inventory.ListedLink;
import picocli.CommandLine.Command;

/// `bpf4j link`: the links in the kernel.
@Command(
    name = "link",
    description = "Shows the links in the kernel, whoever made them.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {LinkCommand.ListLinks.class, LinkCommand.Show.class})
final class LinkCommand {

  /// `bpf4j link list`.
  @Command(name = "list", description = "Lists all links.")
  static final class ListLinks extends ListCommand<ListedLink> {

    @Override
    List<ListedLink> values() {
      return KernelInventory.links();
    }

    @Override
    List<String> headings() {
      return List.of("id", "type", "program", "target", "held by");
    }

    @Override
    List<String> row(ListedLink link) {
      return List.of(
          Integer.toString(link.id()),
          link.target().type(),
          link.programId() == 0 ? "" : Integer.toString(link.programId()),
          target(link),
          ProgCommand.held(link.tenure()));
    }

    /// The details that are set, but for the type, which has a column of its own.
    private static String target(ListedLink link) {
      Map<String, Object> fields = Json.fields((Record) link.target());
      return fields.entrySet().stream()
          .filter(field -> !field.getKey().equals("type"))
          .filter(field -> !List.of("", "0", "false").contains(String.valueOf(field.getValue())))
          .map(field -> field.getKey() + "=" + field.getValue())
          .collect(Collectors.joining(" "));
    }
  }

  /// `bpf4j link show`.
  @Command(name = "show", description = "Shows all that the kernel says of a link.")
  static final class Show extends ShowCommand<ListedLink> {

    @Override
    Optional<ListedLink> find(int id) {
      return KernelInventory.link(id);
    }

    @Override
    List<ListedLink> all() {
      return KernelInventory.links();
    }

    /// Links have no names of their own; their types serve.
    @Override
    String name(ListedLink link) {
      return link.target().type();
    }
  }
}
