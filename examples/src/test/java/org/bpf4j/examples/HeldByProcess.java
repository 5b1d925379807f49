package org.bpf4j.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The BPF objects that a process holds by descriptors, as the kernel numbers them.
///
/// @param objects such as `prog id 12`, in the words of `bpftool`
public record HeldByProcess(List<String> objects) {

  private static final Map<String, String> KINDS =
      Map.of("prog_id:", "prog", "map_id:", "map", "link_id:", "link");

  /// How often to look again: the kernel frees some objects a little later, after a grace period.
  private static final int TRIES = 100;

  /// What a process holds now.
  public static HeldByProcess of(long pid) throws IOException {
    List<String> objects = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fdinfo"))) {
      for (Path file : files.toList()) {
        for (String line : lines(file)) {
          String[] words = line.split("\\s+");
          if (words.length == 2 && KINDS.containsKey(words[0])) {
            objects.add(KINDS.get(words[0]) + " id " + words[1]);
          }
        }
      }
    }
    return new HeldByProcess(objects.stream().distinct().sorted().toList());
  }

  /// A descriptor may be closed while the directory is read.
  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (java.nio.file.NoSuchFileException _) {
      return List.of();
    }
  }

  /// Those of a kind: `prog`, `map` or `link`.
  public List<String> ofKind(String kind) {
    return objects.stream().filter(object -> object.startsWith(kind + " ")).toList();
  }

  /// Those that are still in the kernel, after it had time to free them.
  public List<String> remaining() throws IOException, InterruptedException {
    List<String> left = objects;
    for (int i = 0; i < TRIES && !left.isEmpty(); i++) {
      List<String> still = new ArrayList<>();
      for (String object : left) {
        String[] words = object.split(" ");
        if (Command.succeeds("bpftool", words[0], "show", "id", words[2])) {
          still.add(object);
        }
      }
      left = still;
      if (!left.isEmpty()) {
        Thread.sleep(100);
      }
    }
    return left;
  }
}
