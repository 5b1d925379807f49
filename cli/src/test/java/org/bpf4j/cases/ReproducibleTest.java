package org.bpf4j.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpf4j.processor.BpfProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What javac writes depends on the sources alone: not on their folder or order, nor on the
/// machine's language, time zone or encoding.
class ReproducibleTest {

  private static final Path EXAMPLES =
      Path.of(System.getProperty("bpf4j.root", "..")).resolve("examples/src/main/java");

  @TempDir private Path directory = Path.of("");

  @Test
  void theSameBytesElsewhere() throws Exception {
    Map<String, byte[]> here =
        compiled(Files.createDirectories(directory.resolve("here")), List.of(), false);
    Map<String, byte[]> elsewhere =
        compiled(
            Files.createDirectories(directory.resolve("quite/else where")),
            List.of(
                "-J-Duser.language=tr",
                "-J-Duser.country=TR",
                "-J-Duser.timezone=Asia/Kathmandu",
                "-J-Dfile.encoding=UTF-16"),
            true);
    assertThat(here.keySet()).filteredOn(name -> name.endsWith(".bpf.o")).hasSizeGreaterThan(3);
    assertThat(elsewhere.keySet()).isEqualTo(here.keySet());
    List<String> different =
        here.keySet().stream()
            .filter(name -> !Arrays.equals(here.get(name), elsewhere.get(name)))
            .toList();
    assertThat(different).isEmpty();
  }

  /// Copies the examples to a folder, compiles them there by a javac of its own, and tells what it
  /// wrote: objects, sidecars and classes, by name.
  private static Map<String, byte[]> compiled(Path folder, List<String> options, boolean reverse)
      throws Exception {
    List<String> sources = new ArrayList<>();
    for (Path source : files(EXAMPLES)) {
      Path copy = folder.resolve("src").resolve(EXAMPLES.relativize(source));
      Files.createDirectories(copy.getParent());
      sources.add(Files.copy(source, copy).toString());
    }
    Path out = folder.resolve("out");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
    command.addAll(options);
    command.addAll(List.of("-encoding", "UTF-8", "-g", "-d", out.toString()));
    command.addAll(List.of("-processor", BpfProcessor.class.getName()));
    command.addAll(List.of("-processorpath", joined(Javac.processorPath())));
    command.addAll(List.of("-classpath", joined(Javac.classPath())));
    command.addAll(reverse ? sources.reversed() : sources);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    assertThat(process.waitFor()).as(output).isZero();
    Map<String, byte[]> written = new TreeMap<>();
    for (Path file : files(out)) {
      written.put(out.relativize(file).toString(), Files.readAllBytes(file));
    }
    return written;
  }

  private static String joined(List<Path> path) {
    return path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
