package org.bpf4j.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpf4j.handle.MapMemory;
import org.bpf4j.handle.Place;
import org.bpf4j.inspect.KernelInventory;
import org.bpf4j.inspect.OpenedMap;
import org.bpf4j.inventory.ListedMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `bpf4j map`: the maps in the kernel.
@Command(
    name = "map",
    description = "Shows the maps in the kernel, whoever made them.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {MapCommand.ListMaps.class, MapCommand.Show.class, MapCommand.Dump.class})
final class MapCommand {

  /// `bpf4j map list`.
  @Command(name = "list", description = "Lists all maps.")
  static final class ListMaps extends ListCommand<ListedMap> {

    @Override
    List<ListedMap> values() {
      return KernelInventory.maps();
    }

    @Override
    List<String> headings() {
      return List.of(
          "id", "type", "name", "key", "value", "entries", "flags", "memory", "frozen", "held by");
    }

    @Override
    List<String> row(ListedMap map) {
      return List.of(
          Integer.toString(map.id()),
          map.type(),
          map.name(),
          Integer.toUnsignedString(map.keyBytes()),
          Integer.toUnsignedString(map.valueBytes()),
          Long.toString(map.maxEntries()),
          "0x" + Integer.toHexString(map.flags()),
          map.memory().map(MapCommand::bytes).orElse(""),
          map.frozen().map(frozen -> frozen ? "yes" : "no").orElse(""),
          ProgCommand.held(map.tenure()));
    }
  }

  /// What the kernel counts is a number, what is computed says so.
  private static String bytes(MapMemory memory) {
    return (memory.source() == MapMemory.Source.COMPUTED ? "~" : "") + memory.bytes();
  }

  /// `bpf4j map show`.
  @Command(name = "show", description = "Shows all that the kernel says of a map.")
  static final class Show extends ShowCommand<ListedMap> {

    @Override
    Optional<ListedMap> find(int id) {
      return KernelInventory.map(id);
    }

    @Override
    List<ListedMap> all() {
      return KernelInventory.maps();
    }

    @Override
    String name(ListedMap map) {
      return map.name();
    }
  }

  /// `bpf4j map dump`.
  @Command(name = "dump", description = "Prints what is in a map, typed if the map has types.")
  static final class Dump extends InventoryCommand<ListedMap> {

    @Parameters(paramLabel = "ID|NAME", description = "The map's number, or its name.")
    private String wanted = "";

    @Override
    List<ListedMap> values() throws CommandFailedException {
      return Chosen.of(wanted, KernelInventory::map, KernelInventory::maps, ListedMap::name);
    }

    /// A map that is gone by now is left out.
    @Override
    void print(List<ListedMap> maps) throws CommandFailedException {
      List<Map<String, Object>> dumps = new ArrayList<>();
      for (ListedMap map : maps) {
        Optional<OpenedMap> opened = KernelInventory.openMap(Place.id(map.id()));
        if (opened.isPresent()) {
          try (OpenedMap found = opened.get()) {
            MapDump dump = MapDump.of(found);
            if (json()) {
              Map<String, Object> values = new LinkedHashMap<>();
              values.put("id", map.id());
              values.put("name", map.name());
              values.put("entries", dump.json());
              dumps.add(values);
            } else {
              dump.print(out());
            }
          }
        }
      }
      if (json()) {
        out().println(Json.print(dumps));
      }
    }
  }
}
