package org.bpf4j.examples.relocation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpf4j.examples.Command;

/// Loads an object of one listing by this project and by bpftool's libbpf, and compares what they
/// list, and the instructions that the kernel has of both.
public final class BothLoaders {

  /// bpftool separates several programs of one name by such lines.
  private static final Pattern HEADER = Pattern.compile("(?m)^\\d+: tracing .*$");

  private static final String SCRIPT =
      """
      mount -t bpf bpf "$1" && bpftool iter pin "$2" "$1/listing" && cat "$1/listing" &&
      echo instructions && bpftool prog dump xlated name "$3" &&
      echo programs && bpftool --json prog show name "$3"
      """;

  private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");

  private BothLoaders() {}

  /// What another loader made of an object.
  ///
  /// @param listing what the program lists
  /// @param instructions the programs of that name in the kernel, one text each
  /// @param ids their ids
  private record Loaded(String listing, List<String> instructions, List<String> ids) {}

  /// Checks tasks: the line of this process and the layouts are the truth, by both loaders.
  ///
  /// @return what was seen
  public static String tasks() throws IOException, InterruptedException {
    try (TaskFactsBpf bpf = TaskFactsBpf.load()) {
      Loaded libbpf = load(TaskFacts.class, "taskFacts");
      List<String> types = Truth.types();
      String process = Truth.process();
      for (String text : List.of(bpf.taskFacts().read(), libbpf.listing())) {
        require(types, text.lines().limit(types.size()).toList());
        require(List.of(process), ours(text).map(Truth::inTicks).toList());
      }
      return types + ", " + instructions(libbpf);
    }
  }

  private static Stream<String> ours(String listing) {
    return listing
        .lines()
        .filter(line -> line.startsWith("task " + ProcessHandle.current().pid() + " "));
  }

  /// Checks programs: bit fields of the listing program itself, by both loaders.
  ///
  /// @return what was seen
  public static String programs() throws IOException, InterruptedException {
    try (ProgramFactsBpf bpf = ProgramFactsBpf.load()) {
      Loaded libbpf = load(ProgramFacts.class, "programFacts");
      String jited = Files.readString(Path.of("/proc/sys/net/core/bpf_jit_enable")).strip();
      String expected = " type 26 gpl 1 jited " + (jited.equals("0") ? 0 : 1);
      for (String text : List.of(bpf.programFacts().read(), libbpf.listing())) {
        List<String> found =
            libbpf.ids().stream()
                .flatMap(id -> text.lines().filter(line -> line.startsWith("program " + id + " ")))
                .map(line -> line.replaceFirst("program \\d+", ""))
                .distinct()
                .toList();
        require(List.of(expected), found);
      }
      return "program" + expected + ", " + instructions(libbpf);
    }
  }

  private static void require(List<String> expected, List<String> found) {
    if (!expected.equals(found)) {
      throw new IllegalStateException("expected " + expected + ", found " + found);
    }
  }

  /// Both loaders' instructions are the same but for the ids of maps.
  private static String instructions(Loaded libbpf) {
    Set<String> different =
        libbpf.instructions().stream()
            .map(text -> text.replaceAll("id:\\d+", "id").strip())
            .collect(Collectors.toSet());
    if (libbpf.instructions().size() < 2 || different.size() != 1) {
      throw new IllegalStateException(
          libbpf.instructions().size() + " programs, of them different: " + different);
    }
    return different.iterator().next().lines().count() + " lines of the same instructions";
  }

  private static Loaded load(Class<?> object, String program)
      throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("libbpf");
    try {
      Path copy = directory.resolve("object.bpf.o");
      Files.write(copy, bytes(object));
      Path mount = Files.createDirectory(directory.resolve("bpf"));
      String[] parts =
          Command.run(
                  "unshare",
                  "-m",
                  "sh",
                  "-c",
                  SCRIPT,
                  "sh",
                  mount.toString(),
                  copy.toString(),
                  program)
              .split("(?m)^(instructions|programs)$");
      List<String> instructions =
          HEADER.splitAsStream(parts[1]).filter(text -> !text.isBlank()).toList();
      List<String> ids = ID.matcher(parts[2]).results().map(id -> id.group(1)).toList();
      return new Loaded(withoutRemarks(parts[0]), instructions, ids);
    } finally {
      delete(directory);
    }
  }

  /// libbpf remarks on a read of a signed number in another size than the kernel's, also where a
  /// test of the size keeps it from being loaded.
  private static String withoutRemarks(String listing) {
    return listing
        .lines()
        .filter(line -> !line.startsWith("libbpf: "))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  private static byte[] bytes(Class<?> object) throws IOException {
    String name = object.getSimpleName() + ".bpf.o";
    try (var in = object.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("no " + name + " beside the class");
      }
      return in.readAllBytes();
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      files
          .sorted(java.util.Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
