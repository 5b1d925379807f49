package org.bpf4j.inspect;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpf4j.inventory.Holder;
import org.bpf4j.inventory.Tenure;
import org.bpf4j.sys.Bpf;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.KernelFiles;
import org.bpf4j.sys.MountTable;
import org.bpf4j.sys.ObjectFamily;
import org.jspecify.annotations.Nullable;

/// What keeps the objects of a family in the kernel: pins, found in the BPF file systems, and
/// processes, found by what `/proc` says of their descriptors.
///
/// Both change while they are looked at, and some are not for this process to see; what cannot be
/// read is left out.
final class Tenures {

  /// How deep folders of pins are gone into, and how many files are looked at.
  private static final int MAX_DEPTH = 32;

  private static final int MAX_FILES = 100_000;

  private final Map<Integer, List<Path>> pins = new HashMap<>();
  private final Map<Integer, List<Holder>> holders = new HashMap<>();
  private final String key;
  private final String marker;

  private Tenures(ObjectFamily family) {
    key =
        switch (family) {
          case PROGRAM -> "prog_id";
          case MAP -> "map_id";
          case TYPES -> "btf_id";
          case LINK -> "link_id";
        };
    marker =
        switch (family) {
          case PROGRAM -> "bpf-prog";
          case MAP -> "bpf-map";
          case TYPES -> "btf";
          case LINK -> "bpf_link";
        };
  }

  /// Looks through nothing.
  static Tenures none() {
    return new Tenures(ObjectFamily.PROGRAM);
  }

  /// Looks through everything.
  static Tenures read(ObjectFamily family) {
    Tenures tenures = new Tenures(family);
    tenures.readHolders();
    if (family != ObjectFamily.TYPES) {
      MountTable.folders("bpf").forEach(tenures::readPins);
    }
    return tenures;
  }

  /// What keeps one object.
  Tenure of(int id) {
    return new Tenure(pins.getOrDefault(id, List.of()), holders.getOrDefault(id, List.of()));
  }

  private void readPins(Path root) {
    int[] seen = {0};
    try {
      Files.walkFileTree(
          root,
          Set.<FileVisitOption>of(),
          MAX_DEPTH,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (attributes.isRegularFile()) {
                addPin(file);
              }
              return ++seen[0] < MAX_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException _) {
      // The root went away, or is not for this process to read: it has no pins to show.
    }
  }

  /// Not every file stands for an object: some are lists to read.
  private void addPin(Path file) {
    long result = Bpf.open(file);
    if (result < 0) {
      return;
    }
    try (Descriptor object = Descriptor.of(result, "BPF_OBJ_GET")) {
      String id = KernelFiles.descriptor(object).get(key);
      if (id != null) {
        pins.computeIfAbsent(Integer.parseInt(id), _ -> new ArrayList<>()).add(file);
      }
    }
  }

  private void readHolders() {
    try (DirectoryStream<Path> processes =
        Files.newDirectoryStream(Path.of("/proc"), path -> isNumber(path.getFileName()))) {
      processes.forEach(this::readHolder);
    } catch (IOException _) {
      // Without /proc nobody can tell who holds what.
    }
  }

  private static boolean isNumber(Path name) {
    return name.toString().chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private void readHolder(Path process) {
    Set<Integer> held = new HashSet<>();
    try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : open) {
        if (Files.readSymbolicLink(descriptor).toString().contains(marker)) {
          String id =
              KernelFiles.fields(process.resolve("fdinfo").resolve(descriptor.getFileName()))
                  .get(key);
          if (id != null) {
            held.add(Integer.parseInt(id));
          }
        }
      }
    } catch (IOException | DirectoryIteratorException _) {
      // The process ended, or is another user's; what was found of it counts.
    }
    if (!held.isEmpty()) {
      long number = Long.parseLong(process.getFileName().toString());
      Holder holder = new Holder(number, KernelFiles.text(process.resolve("comm")).orElse(""));
      held.forEach(id -> holders.computeIfAbsent(id, _ -> new ArrayList<>()).add(holder));
    }
  }
}
