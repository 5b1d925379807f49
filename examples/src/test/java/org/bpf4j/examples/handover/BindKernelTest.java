package org.bpf4j.examples.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.bpf4j.examples.Command;
import org.bpf4j.examples.RealKernel;
import org.bpf4j.handle.Place;
import org.bpf4j.handle.Places;
import org.bpf4j.inspect.KernelInventory;
import org.bpf4j.kernel.BpfException;
import org.bpf4j.kernel.IncompatibleMapException;
import org.bpf4j.kernel.NoSuchTargetException;
import org.bpf4j.lang.XdpAction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BindKernelTest {

  private static final byte[] FRAME = new byte[64];

  private final Path pins = Path.of("/sys/fs/bpf", "bpf4j-bind-" + ProcessHandle.current().pid());

  @TempDir private Path scratch;

  @BeforeEach
  void kernel() throws IOException {
    RealKernel.use();
    Files.createDirectory(pins);
  }

  @AfterEach
  void unpin() throws IOException {
    if (Files.isDirectory(pins)) {
      try (Stream<Path> files = Files.walk(pins)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void run(TallyBpf tally) {
    assertThat(tally.tally().run(FRAME).action()).isEqualTo(XdpAction.PASS);
  }

  @Test
  void whatOneSkeletonPinsAnotherBinds() {
    Path folder = pins.resolve("tally");
    try (TallyBpf loaded = TallyBpf.configure().step(3).sums(m -> m.maxEntries(500)).load()) {
      loaded.pinTo(folder);
      run(loaded);
    }
    try (TallyBpf bound = TallyBpf.bind(folder);
        TallyBpf again = TallyBpf.bind(folder)) {
      run(bound);
      bound.limit(10);
      assertThat(again.tally().run(FRAME).action()).isEqualTo(XdpAction.DROP);
      assertThat(again.limit()).isEqualTo(10);
      assertThat(again.counted()).isEqualTo(9);
      assertThat(again.step()).isEqualTo(3);
      assertThat(bound.total().get(0)).isEqualTo(9);
      assertThat(bound.sums().getOrThrow(64).frames).isEqualTo(9);
      assertThat(bound.sums().loaded().definition().maxEntries()).isEqualTo(500);
      assertThat(bound.each().loaded().valuesPerKey()).isPositive();
      int[] records = {0};
      assertThat(again.frames().consume(seen -> records[0] += seen.step)).isEqualTo(3);
      assertThat(records[0]).isEqualTo(9);
      assertThat(again.frames().lost()).isZero();
    }
  }

  @Test
  void bindingLeavesNothingOpen() throws IOException {
    Path folder = pins.resolve("tally");
    try (TallyBpf loaded = TallyBpf.load()) {
      loaded.pinTo(folder);
    }
    TallyBpf.bind(folder).close();
    long before = descriptors();
    for (int i = 0; i < 200; i++) {
      TallyBpf.bind(folder).close();
      assertThatThrownBy(() -> WiderTallyBpf.bind(folder))
          .isInstanceOf(IncompatibleMapException.class);
    }
    assertThat(descriptors()).isLessThanOrEqualTo(before);
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }

  @Test
  void libbpfsPinsAreBound() throws IOException, InterruptedException {
    Path object = object();
    Path programs = pins.resolve("progs");
    Path maps = pins.resolve("maps");
    Command.run(
        "bpftool",
        "prog",
        "loadall",
        object.toString(),
        programs.toString(),
        "pinmaps",
        maps.toString());
    try (TallyBpf bound = TallyBpf.bind(pins)) {
      run(bound);
      assertThat(bound.total().get(0)).isEqualTo(1);
      assertThat(bound.counted()).isEqualTo(1);
      assertThat(bound.limit()).isEqualTo(1_000);
      assertThat(bound.step()).isEqualTo(1);
      assertThat(bound.frames().consume(_ -> {})).isEqualTo(1);
    }
    try (TallyBpf bound = TallyBpf.bind(Places.in(programs).and(maps))) {
      run(bound);
      assertThat(bound.total().get(0)).isEqualTo(2);
    }
  }

  @Test
  void bpftoolReadsOurPins() throws IOException, InterruptedException {
    Path folder = pins.resolve("tally");
    try (TallyBpf loaded = TallyBpf.load()) {
      loaded.pinTo(folder);
      run(loaded);
    }
    assertThat(Command.run("bpftool", "map", "dump", "pinned", folder.resolve("sums").toString()))
        .contains("\"frames\": 1");
    assertThat(Command.run("bpftool", "prog", "show", "pinned", folder.resolve("tally").toString()))
        .contains("xdp  name tally");
    assertThat(Command.run("bpftool", "map", "dump", "pinned", folder + "/Tally_bss"))
        .contains("counted");
  }

  /// As bpfman does it: maps without data sections, the program elsewhere.
  @Test
  void whatIsNotThereSaysWhereItWasLookedFor() throws IOException {
    Path maps = Files.createDirectory(pins.resolve("7"));
    try (TallyBpf loaded = TallyBpf.load()) {
      loaded.total().loaded().pin(maps.resolve("total"));
      loaded.tally().loaded().pin(pins.resolve("prog_7"));
    }
    Places places = Places.in(maps).with("tally", Place.pin(pins.resolve("prog_7")));
    try (TallyBpf bound = TallyBpf.bind(places)) {
      run(bound);
      assertThat(bound.total().get(0)).isEqualTo(1);
      assertThatThrownBy(() -> bound.sums().get(64))
          .isInstanceOf(NoSuchTargetException.class)
          .hasMessageContaining("map `sums` pinned as " + maps.resolve("sums"))
          .hasMessageContaining(maps.resolve("total").toString());
      assertThatThrownBy(bound::counted)
          .isInstanceOf(NoSuchTargetException.class)
          .hasMessageContaining("section `.bss` pinned as " + maps.resolve("Tally_bss"));
      assertThatThrownBy(() -> bound.frames().consume(_ -> {}))
          .isInstanceOf(NoSuchTargetException.class);
    }
    try (TallyBpf bound = TallyBpf.bind(maps)) {
      assertThatThrownBy(() -> run(bound))
          .isInstanceOf(NoSuchTargetException.class)
          .hasMessageContaining("program `tally` pinned as " + maps.resolve("tally"));
    }
    assertThatThrownBy(() -> TallyBpf.bind(pins.resolve("nowhere")))
        .isInstanceOf(NoSuchTargetException.class)
        .hasMessageContaining("class Tally");
  }

  @Test
  void numbersAndDescriptorsArePlaces() throws IOException {
    try (TallyBpf loaded = TallyBpf.load()) {
      int map = KernelInventory.describe(loaded.total().loaded()).id();
      int program = KernelInventory.describe(loaded.tally().loaded()).id();
      try (TallyBpf bound = TallyBpf.bind(Places.ids(Map.of("total", map, "tally", program)))) {
        run(bound);
        assertThat(bound.total().get(0)).isEqualTo(1);
      }
      int number = descriptor("map_id:\t" + map);
      try (TallyBpf bound = TallyBpf.bind(Places.descriptors(Map.of("total", number)))) {
        assertThat(bound.total().get(0)).isEqualTo(1);
      }
      assertThat(loaded.total().get(0)).isEqualTo(1);
      assertThatThrownBy(() -> TallyBpf.bind(Places.descriptors(Map.of("tally", number))))
          .isInstanceOf(NoSuchTargetException.class)
          .hasMessageContaining("there is no program at descriptor " + number)
          .hasMessageContaining("a map");
    }
  }

  /// The number of a descriptor of this process, as one that was received would have.
  private static int descriptor(String line) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fdinfo"))) {
      for (Path file : files.toList()) {
        if (Files.exists(file) && Files.readString(file).contains(line + "\n")) {
          return Integer.parseInt(file.getFileName().toString());
        }
      }
    }
    throw new AssertionError("no descriptor of " + line);
  }

  @Test
  void mapsThatDifferAreRefusedByTheFieldThatDiffers() {
    Path folder = pins.resolve("tally");
    try (TallyBpf loaded = TallyBpf.load()) {
      loaded.pinTo(folder);
      run(loaded);
      assertThatThrownBy(() -> WiderTallyBpf.bind(folder))
          .isInstanceOfSatisfying(
              IncompatibleMapException.class,
              e -> {
                assertThat(e.map()).isEqualTo("sums");
                assertThat(e.field()).isEqualTo("value.length");
                assertThat(e)
                    .hasMessageContaining("`int length at byte 0`, found `int length at byte 8`");
              });
      assertThatThrownBy(
              () ->
                  WiderTallyBpf.configure()
                      .sums(m -> m.share(Place.pin(folder.resolve("sums"))))
                      .load())
          .isInstanceOf(IncompatibleMapException.class);
    }
  }

  @Test
  void aMapIsPinnedByWhoeverLoadsItFirst() throws IOException {
    Path sums = pins.resolve("sums");
    try (TallyBpf first = TallyBpf.configure().sums(m -> m.pin(sums)).load()) {
      run(first);
    }
    try (TallyBpf second = TallyBpf.configure().sums(m -> m.pin(sums)).load()) {
      run(second);
      assertThat(second.sums().getOrThrow(64).frames).isEqualTo(2);
      second.sums().loaded().unpin(sums);
      assertThat(sums).doesNotExist();
    }
    assertThatThrownBy(() -> TallyBpf.configure().sums(m -> m.share(Place.pin(sums))).load())
        .isInstanceOf(NoSuchTargetException.class)
        .hasMessageContaining("map `sums` at " + sums);
  }

  @Test
  void aFrozenMapIsReadOnly() {
    try (TallyBpf tally = TallyBpf.load()) {
      tally.sums().loaded().freeze();
      run(tally);
      assertThat(tally.sums().getOrThrow(64).frames).isEqualTo(1);
      assertThatThrownBy(() -> tally.sums().remove(64))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("map `sums` is frozen");
      assertThatThrownBy(() -> tally.sums().clear())
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void pinsNeedABpfFileSystem() throws IOException {
    try (TallyBpf tally = TallyBpf.load()) {
      assertThatThrownBy(() -> tally.pinTo(scratch.resolve("tally")))
          .isInstanceOf(BpfException.class)
          .hasMessageContaining("no BPF file system");
      assertThat(scratch).isEmptyDirectory();
      tally.pinTo(pins.resolve("tally"));
      assertThatThrownBy(() -> tally.pinTo(pins.resolve("tally")))
          .hasMessageContaining(pins.resolve("tally").toString());
      try (Stream<Path> left = Files.list(pins)) {
        assertThat(left).containsExactly(pins.resolve("tally"));
      }
    }
  }

  private Path object() throws IOException {
    Path file = scratch.resolve("any.o");
    try (InputStream object = Tally.class.getResourceAsStream("Tally.bpf.o")) {
      Files.copy(object, file);
    }
    return file;
  }
}
