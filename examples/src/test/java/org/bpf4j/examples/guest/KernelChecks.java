package org.bpf4j.examples.guest;

import static org.bpf4j.examples.guest.Check.expect;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.bpf4j.examples.Command;
import org.bpf4j.examples.kernel.ConnectionsBpf;
import org.bpf4j.examples.kernel.RemovalsBpf;
import org.bpf4j.examples.kernel.Tree;
import org.bpf4j.examples.kernel.TreeBpf;
import org.bpf4j.examples.kernel.VariablesBpf;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.MapKind;

/// What kernels have beside the UAPI: functions of modules, variables, configuration.
final class KernelChecks {

  static final List<Check> ALL =
      List.of(
          new Check(
              "functions of a module", new KernelVersion(5, 18), KernelChecks::moduleFunctions),
          new Check("an arena", new KernelVersion(6, 10), KernelChecks::arena)
              .shares(MapKind.ARENA),
          new Check(
              "variables and configuration", new KernelVersion(5, 14), KernelChecks::variables),
          new Check("values hang on files", KernelChecks::removals).shares(MapKind.INODE_STORAGE));

  /// `ENOENT`.
  private static final int ABSENT = -2;

  private KernelChecks() {}

  private static String moduleFunctions() throws Exception {
    Command.run("modprobe", "nf_conntrack");
    try (var bpf = ConnectionsBpf.load()) {
      bpf.look().run(new byte[64]);
      expect(1, bpf.runs(), "runs");
      expect(ABSENT, bpf.error(), "error of a lookup");
    }
    return "no such connection";
  }

  private static String arena() {
    try (var bpf = TreeBpf.load()) {
      for (int number : new int[] {5, 2, 9, 2}) {
        Tree.Seen seen = new Tree.Seen();
        seen.number = number;
        bpf.add().run(seen);
      }
      expect(5, Objects.requireNonNull(bpf.root()).number, "number of the root");
      expect(2, Objects.requireNonNull(bpf.root().latest).count, "count of the latest");
      return "of " + bpf.nodes().usedBytes() + " bytes";
    }
  }

  private static String variables() throws Exception {
    try (var bpf = VariablesBpf.load()) {
      bpf.look().run(new byte[64]);
      expect(0, bpf.seenParent(), "parent of the first task");
      expect(bpf.version(), bpf.seenVersion(), "version");
      expect(bpf.ticksPerSecond(), bpf.seenHz(), "ticks");
      expect(bpf.pairs().ordinal(), bpf.seenPairs(), "pairs");
      expect(0, bpf.wrongCpus(), "queues of other CPUs");
      if (bpf.rightCpus() == 0) {
        throw new IllegalStateException("no queue of a CPU");
      }
      if (bpf.seen() == 0 || !bpf.named() || !bpf.asked()) {
        throw new IllegalStateException(bpf.seen() + " " + bpf.named() + " " + bpf.asked());
      }
      return "Linux " + (bpf.version() >> 16) + "." + (bpf.version() >> 8 & 255);
    }
  }

  private static String removals() throws Exception {
    Path folder = Files.createTempDirectory("removals");
    try (var bpf = RemovalsBpf.load()) {
      bpf.unlink().attach();
      for (int i = 0; i < 3; i++) {
        Files.delete(Files.createFile(folder.resolve("file" + i)));
      }
      Long count = bpf.removed().ofFile(folder);
      expect(3, count == null ? -1 : count, "removed files");
    } finally {
      Files.delete(folder);
    }
    return "3 removed files seen";
  }
}
