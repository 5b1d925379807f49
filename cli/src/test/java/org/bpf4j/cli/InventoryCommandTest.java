package org.bpf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bpf4j.btf.BtfBuilder;
import org.bpf4j.btf.BtfType;
import org.bpf4j.handle.LoadedMap.UpdateMode;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.handle.TestInput;
import org.bpf4j.inspect.KernelInventory;
import org.bpf4j.isa.Assembler;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.CodeSection;
import org.bpf4j.object.ElfWriter;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.MapBtf;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class InventoryCommandTest {

  private static void real() {
    if (!System.getProperty("bpf4j.kernel", "off").equals("require")) {
      throw new TestAbortedException("the real kernel is off: -Dbpf4j.kernel=require");
    }
  }

  private static LoadedObject load() {
    BtfBuilder types = new BtfBuilder();
    int number = types.add(new BtfType.Int("int", 4, BtfType.IntEncoding.SIGNED, 32));
    int value =
        types.add(
            new BtfType.Struct(
                "stats",
                8,
                List.of(
                    new BtfType.Member("packets", number, 0, 0),
                    new BtfType.Member("drops", number, 32, 0))));
    List<MapDefinition> maps =
        List.of(new MapDefinition("cli_counts", MapKind.HASH, 4, 8, 10, 0, number, value));
    MapBtf.add(types, maps);
    BpfObject object =
        new BpfObject(
            "GPL",
            List.of(
                new CodeSection(
                    "xdp",
                    List.of(
                        new BpfFunction(
                            "cli_pass",
                            true,
                            Assembler.assemble("mov %r0, 2\nexit"),
                            List.of(),
                            List.of(),
                            List.of(),
                            0)))),
            maps,
            List.of(),
            types.build(),
            Optional.empty(),
            List.of());
    return Kernel.local().load(LoadRequest.of(object, InventoryCommandTest.class));
  }

  @Test
  void listsProgramsAndMaps() {
    real();
    try (LoadedObject object = load()) {
      int program = KernelInventory.describe(object.program("cli_pass")).id();
      assertThat(CommandRun.of("prog", "list").out())
          .containsPattern("(?m)^ +" + program + "  xdp +cli_pass +20\\d\\d-");
      assertThat(CommandRun.of("prog", "show", program, "--json").out())
          .startsWith("[{\"id\":" + program + ",\"type\":\"xdp\",\"name\":\"cli_pass\",")
          .contains("\"gplCompatible\":true", "\"timeNanos\":");
      assertThat(CommandRun.of("prog", "show", "cli_pass").out()).contains("code.translatedBytes");
      assertThat(CommandRun.of("map", "list").out()).contains("cli_counts");
      assertThat(CommandRun.of("map", "show", "cli_counts").out()).contains("memory.bytes");
    }
  }

  @Test
  void dumpsAMapByItsTypes() {
    real();
    try (LoadedObject object = load()) {
      int id = KernelInventory.describe(object.map("cli_counts")).id();
      object
          .map("cli_counts")
          .update(
              MemorySegment.ofArray(new byte[] {7, 0, 0, 0}),
              MemorySegment.ofArray(new byte[] {1, 0, 0, 0, 2, 0, 0, 0}),
              UpdateMode.ANY);
      assertThat(CommandRun.of("map", "dump", id).out())
          .contains("map " + id + " cli_counts (hash): 1 row")
          .containsPattern("key +packets +drops")
          .containsPattern("7 +1 +2");
      assertThat(CommandRun.of("map", "dump", id, "--json").out())
          .isEqualTo(
              "[{\"id\":%d,\"name\":\"cli_counts\",\"entries\":[{\"key\":7,\"packets\":1,\"drops\":2}]}]%n"
                  .formatted(id));
    }
  }

  @Test
  void listsLinksAndTypes() {
    real();
    assertThat(CommandRun.of("link", "list").status()).isZero();
    assertThat(CommandRun.of("link", "list", "--json").out()).startsWith("[");
    assertThat(CommandRun.of("btf", "list").out()).contains("vmlinux");
    try (LoadedObject object = load()) {
      int types = KernelInventory.describe(object.map("cli_counts")).types().typesId();
      assertThat(CommandRun.of("btf", "dump", types).out()).contains("STRUCT 'stats' size=8");
    }
  }

  @Test
  void statesTheMemoryOfAnObjectsMaps(@TempDir Path folder) throws Exception {
    MapDefinition map = new MapDefinition("table", MapKind.ARRAY, 4, 8, 1000, 0, 0, 0);
    BtfBuilder types = new BtfBuilder();
    MapBtf.add(types, List.of(map));
    BpfObject object =
        new BpfObject(
            "GPL", List.of(), List.of(map), List.of(), types.build(), Optional.empty(), List.of());
    Path file = Files.write(folder.resolve("maps.o"), ElfWriter.write(object));
    CommandRun run = CommandRun.of("inspect", file);
    assertThat(run.status()).isZero();
    if (KernelVersion.running().isPresent()) {
      assertThat(run.out()).containsPattern("table +8000");
    }
  }

  @Test
  void saysWhatIsNotThere() {
    real();
    assertThat(CommandRun.of("prog", "show", "no_such_program"))
        .isEqualTo(
            new CommandRun(
                1, "", "bpf4j: there is none with the number or name no_such_program\n"));
    assertThat(CommandRun.of("prog").status()).isEqualTo(2);
  }

  @Test
  void measuresPrograms() throws Exception {
    real();
    try (LoadedObject object = load()) {
      Thread busy =
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (!Thread.currentThread().isInterrupted()) {
                      object.program("cli_pass").run(TestInput.packet(new byte[64]));
                    }
                  });
      CommandRun run = CommandRun.of("top", "--interval", "0.2", "--count", "2", "--json");
      busy.interrupt();
      busy.join();
      assertThat(run.status()).isZero();
      assertThat(run.out().lines()).hasSize(2);
      assertThat(run.out())
          .containsPattern(
              "\"name\":\"cli_pass\",\"runsPerSecond\":[1-9][^,]*,\"nanosPerRun\":[1-9]");
      assertThat(CommandRun.of("top", "--once", "--interval", "0.05").out())
          .containsPattern("id +type +name +runs/s +ns/run");
    }
  }

  @Test
  void endsWhenItIsInterrupted() throws Exception {
    real();
    Thread watching = Thread.ofPlatform().start(() -> CommandRun.of("top", "--interval", "60"));
    Thread.sleep(300);
    watching.interrupt();
    watching.join(10_000);
    assertThat(watching.isAlive()).isFalse();
  }
}
