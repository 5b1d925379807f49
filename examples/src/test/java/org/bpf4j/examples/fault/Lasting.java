package org.bpf4j.examples.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bpf4j.examples.Command;
import org.bpf4j.examples.execcount.ExecCounterBpf;
import org.bpf4j.examples.handover.TallyBpf;
import org.bpf4j.handle.Place;
import org.bpf4j.inspect.KernelInventory;
import org.bpf4j.inspect.OpenedMap;
import org.bpf4j.keep.Kept;

/// Something that users do and that outlives their process: pins, kept versions, routes, structs
/// without a link.
enum Lasting {
  /// An object in a folder of its own, which is there whole or not at all; and a single map.
  PINS {
    @Override
    void run(Path folder, Use use) {
      try (TallyBpf tally = TallyBpf.configure().total(m -> m.pin(folder.resolve(MAP))).load()) {
        tally.tally().run(new byte[64]);
        tally.pinTo(folder.resolve(OBJECT + System.nanoTime()));
      }
    }

    @Override
    void takeUp(Path folder) throws IOException {
      long counted = 0;
      if (Files.exists(folder.resolve(MAP))) {
        try (OpenedMap map =
            KernelInventory.openMap(Place.pin(folder.resolve(MAP))).orElseThrow()) {
          require(map.listed().type().equals("array"), map.listed() + " is pinned");
        }
      }
      for (Path object : objects(folder)) {
        try (TallyBpf tally = TallyBpf.bind(object)) {
          tally.tally().run(new byte[64]);
          require(tally.total().get(0) > counted, "a count goes back");
          require(tally.frames().loaded().consume(_ -> {}) > 0, "a record is missing");
          counted = tally.total().get(0);
        }
      }
      run(folder, () -> {});
      require(
          objects(folder).size() + 1 == files(folder).size(),
          "something else is pinned: " + files(folder));
      for (Path object : objects(folder)) {
        for (Path part : files(object)) {
          Files.delete(part);
        }
        Files.delete(object);
      }
      Files.delete(folder.resolve(MAP));
    }
  },
  /// Versions at a hook where the kernel cannot put one in the place of another in one step.
  KEPT {
    @Override
    void run(Path folder, Use use) {
      try (ExecCounterBpf bpf = ExecCounterBpf.configure().keepIn(folder.resolve(OBJECT)).load()) {
        bpf.attachAll();
        Kept.in(folder.resolve(OBJECT)).settle();
      }
    }

    @Override
    void takeUp(Path folder) throws IOException, InterruptedException {
      Path kept = folder.resolve(OBJECT);
      run(folder, () -> {});
      List<Path> links = files(kept.resolve("links").resolve("onExecve"));
      require(links.size() == 1, "not one program is attached, but " + links);
      try (ExecCounterBpf bpf = ExecCounterBpf.bind(kept)) {
        long before = bpf.execs().getOrThrow(0);
        Command.run("/bin/true");
        require(bpf.execs().getOrThrow(0) > before, "nothing is counted");
      }
      require(Kept.in(kept).version().isPresent(), "no version is in force");
      Kept.in(kept).remove();
    }
  },
  ROUTE {
    @Override
    void run(Path folder, Use use) throws IOException, InterruptedException {
      try (LastingPacketsBpf bpf = LastingPacketsBpf.load()) {
        bpf.pass().attach("10.77.0.0/16", "v0");
        use.now();
      }
    }
  },
  /// A filter, where the kernel has no links at traffic control.
  FILTER {
    @Override
    void run(Path folder, Use use) throws IOException, InterruptedException {
      try (LastingPacketsBpf bpf = LastingPacketsBpf.load()) {
        bpf.count().attachIngress("v0");
        use.now();
      }
    }
  },
  STRUCT {
    @Override
    void run(Path folder, Use use) throws IOException, InterruptedException {
      try (LastingCongestionBpf bpf = LastingCongestionBpf.load()) {
        bpf.operations().attach();
        use.now();
      }
    }
  };

  private static final String MAP = "total";
  private static final String OBJECT = "object";

  /// What is done while something is attached.
  interface Use {
    /// Does it.
    void now() throws IOException, InterruptedException;
  }

  /// Does it, and closes what it opened.
  ///
  /// @param folder a folder of a BPF file system
  /// @param use what is done with what would stay if the process were killed then
  abstract void run(Path folder, Use use) throws IOException, InterruptedException;

  /// Goes on where a process was killed, and takes all away that is to be taken away.
  void takeUp(Path folder) throws IOException, InterruptedException {
    run(folder, () -> {});
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static List<Path> objects(Path folder) throws IOException {
    return files(folder).stream()
        .filter(file -> file.getFileName().toString().startsWith(OBJECT))
        .toList();
  }

  private static void require(boolean held, String otherwise) {
    if (!held) {
      throw new IllegalStateException(otherwise);
    }
  }
}
