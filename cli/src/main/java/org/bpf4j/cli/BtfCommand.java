package org.bpf4j.cli;

import java.util.List;
import java.util.Optional;
import org.bpf4j.btf.BtfPrinter;
import org.bpf4j.btf.BtfTypes;
import org.bpf4j.inspect.KernelInventory;
import org.bpf4j.inventory.ListedTypes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `bpf4j btf`: the type information in the kernel.
@Command(
    name = "btf",
    description = "Shows the type information (BTF) in the kernel.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {BtfCommand.ListTypes.class, BtfCommand.Dump.class})
final class BtfCommand {

  private static final String KERNEL = "vmlinux";

  /// `bpf4j btf list`.
  @Command(name = "list", description = "Lists all type information.")
  static final class ListTypes extends ListCommand<ListedTypes> {

    @Override
    List<ListedTypes> values() {
      return KernelInventory.types();
    }

    @Override
    List<String> headings() {
      return List.of("id", "of", "name", "bytes", "held by");
    }

    @Override
    List<String> row(ListedTypes types) {
      return List.of(
          Integer.toString(types.id()),
          types.ofKernel() ? "kernel" : "programs",
          types.name(),
          Integer.toUnsignedString(types.bytes()),
          ProgCommand.held(types.tenure()));
    }
  }

  /// `bpf4j btf dump`.
  @Command(name = "dump", description = "Prints the types, each with its number.")
  static final class Dump extends InventoryCommand<ListedTypes> {

    @Parameters(paramLabel = "ID|NAME", description = "A number, or a module's name, or vmlinux.")
    private String wanted = "";

    @Override
    List<ListedTypes> values() throws CommandFailedException {
      return Chosen.of(wanted, KernelInventory::types, KernelInventory::types, ListedTypes::name);
    }

    @Override
    void print(List<ListedTypes> chosen) {
      for (ListedTypes listed : chosen) {
        Optional<BtfTypes> types = KernelInventory.readTypes(listed.id());
        int first = listed.ofKernel() && !listed.name().equals(KERNEL) ? kernelTypes() + 1 : 1;
        types.ifPresent(found -> print(found, first));
      }
    }

    /// How many types the kernel itself has; those of modules go on from there.
    private static int kernelTypes() {
      return KernelInventory.types().stream()
          .filter(listed -> listed.name().equals(KERNEL))
          .flatMap(listed -> KernelInventory.readTypes(listed.id()).stream())
          .mapToInt(BtfTypes::count)
          .findFirst()
          .orElse(0);
    }

    private void print(BtfTypes types, int first) {
      for (int id = first; id <= types.count(); id++) {
        String text = BtfPrinter.print(types.type(id));
        out().println(json() ? Json.print(new Type(id, text)) : "[" + id + "] " + text);
      }
    }

    /// A type with its number, a line of JSON for each.
    record Type(int id, String text) {}
  }
}
