package org.bpf4j.examples.fault;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpf4j.examples.execcount.ExecCounter;
import org.bpf4j.inspect.KernelInventory;
import org.bpf4j.inventory.ListedProgram;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.ElfReader;

/// Programs of the examples that came into the kernel since some moment, and that no process and no
/// pin holds: an attachment alone keeps them.
final class Orphans {

  /// How long the kernel may take to free what nobody holds, ms.
  private static final int PATIENCE = 10_000;

  private final Set<String> names = new HashSet<>();
  private final Set<Integer> before;

  /// Notes what is there.
  Orphans() throws IOException {
    addNames(ExecCounter.class);
    addNames(Orphans.class);
    before =
        KernelInventory.programsAlone().stream().map(ListedProgram::id).collect(Collectors.toSet());
  }

  /// The names of all programs beside a class.
  private void addNames(Class<?> owner) throws IOException {
    Path folder = location(owner);
    List<Path> objects;
    try (Stream<Path> files = Files.walk(folder)) {
      objects = files.filter(file -> file.toString().endsWith(".bpf.o")).toList();
    }
    for (Path object : objects) {
      try {
        ElfReader.read(Files.readAllBytes(object)).programs().stream()
            .map(BpfFunction::name)
            .forEach(names::add);
      } catch (MalformedObjectException e) {
        throw new IOException(object.toString(), e);
      }
    }
  }

  private static Path location(Class<?> owner) {
    try {
      return Path.of(owner.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /// Those that stay.
  List<String> staying() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE * 1_000_000L;
    List<String> found = now();
    while (!found.isEmpty() && System.nanoTime() < end) {
      Thread.sleep(50);
      found = now();
    }
    return found;
  }

  private List<String> now() {
    return KernelInventory.programs().stream()
        .filter(program -> names.contains(program.name()) && !before.contains(program.id()))
        .filter(program -> program.tenure().holders().isEmpty())
        .filter(program -> program.tenure().pins().isEmpty())
        .map(program -> program.id() + " " + program.name())
        .toList();
  }
}
