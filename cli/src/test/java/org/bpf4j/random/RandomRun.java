package org.bpf4j.random;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bpf4j.cases.Javac;
import org.bpf4j.cases.KernelUse;
import org.bpf4j.cases.Mode;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.ElfWriter;
import org.bpf4j.random.Differential.Failure;

/// Checks many random programs and counts what became of them.
final class RandomRun {

  /// Programs of a class; javac's fixed cost is shared by them.
  static final int PROGRAMS = 20;

  /// Where objects are put unless said otherwise.
  static final Path OBJECTS = Path.of("target", "random-objects");

  private static final Duration SHRINKING = Duration.ofMinutes(1);

  private final Differential differential;
  private final int shrunkOfAKind;
  private final Path objects;
  private final Map<String, Integer> refused = new TreeMap<>();
  private final Map<String, Integer> kinds = new HashMap<>();
  private final List<String> reports = new ArrayList<>();
  private int generated;
  private int compiled;
  private int failed;
  private long statements;
  private long instructions;

  /// @param shrunkOfAKind how many failures of each kind are shrunk and reported in full
  /// @param objects the folder that gets an object of each class, for other kernels to load
  RandomRun(Differential differential, int shrunkOfAKind, Path objects) {
    this.differential = differential;
    this.shrunkOfAKind = shrunkOfAKind;
    this.objects = objects;
  }

  /// The modes that this machine can compare.
  static List<Mode> modes() {
    List<Mode> modes = new ArrayList<>(List.of(Mode.JVM, Mode.VM));
    if (KernelUse.current() != KernelUse.OFF) {
      KernelUse.current().check();
      modes.add(Mode.KERNEL);
    }
    return modes;
  }

  /// Checks the programs of one class.
  void check(long seed) {
    RandomClass random = Generator.generate(seed, PROGRAMS);
    Differential.Result result = differential.check(random);
    generated += PROGRAMS;
    failed += result.failures().size();
    statements += random.statements();
    result.object().ifPresent(object -> count(seed, object));
    result.refused().values().forEach(code -> refused.merge(code, 1, Integer::sum));
    result.failures().forEach(failure -> report(random, failure));
  }

  private void count(long seed, BpfObject object) {
    compiled += object.programs().size();
    instructions += object.programs().stream().mapToInt(p -> p.insns().size()).sum();
    try {
      Files.createDirectories(objects);
      Files.write(objects.resolve("random-" + seed + ".bpf.o"), ElfWriter.write(object));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void report(RandomClass random, Failure failure) {
    int before = kinds.merge(failure.kind(), 1, Integer::sum);
    if (before > shrunkOfAKind) {
      return;
    }
    RandomClass small = new Shrinker(differential, SHRINKING).shrink(random, failure);
    String details =
        differential.check(small).failures().stream()
            .filter(f -> f.kind().equals(failure.kind()))
            .map(Failure::details)
            .findFirst()
            .orElse(failure.details());
    reports.add(
        "seed %d, program %s: %s%n%s%n%s"
            .formatted(random.seed(), failure.program(), failure.kind(), details, small.file()));
  }

  /// How many programs failed.
  int failed() {
    return failed;
  }

  /// How many programs were refused by a coded diagnostic, in percent.
  double refusedPercent() {
    return 100.0 * refused.values().stream().mapToInt(Integer::intValue).sum() / generated;
  }

  /// The failures, shrunk.
  String failures() {
    return String.join("\n", reports);
  }

  /// The counts, in a few lines.
  String summary() {
    return ("%d programs of %.1f statements: %d compiled to %.0f instructions each,"
            + " %.2f %% refused %s, %d failed %s")
        .formatted(
            generated,
            (double) statements / generated,
            compiled,
            compiled == 0 ? 0 : (double) instructions / compiled,
            refusedPercent(),
            refused,
            failed,
            new TreeMap<>(kinds));
  }

  /// Checks many programs: `count seed objects`, by default 20,000, 1 and `target/random-objects`.
  public static void main(String[] args) throws Exception {
    int count = args.length > 0 ? Integer.parseInt(args[0]) : 20_000;
    long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
    Path objects = args.length > 2 ? Path.of(args[2]) : OBJECTS;
    try (Javac javac = new Javac()) {
      RandomRun run = new RandomRun(new Differential(javac, modes()), 1, objects);
      int reported = 0;
      for (int i = 0; i < count; i += PROGRAMS) {
        run.check(seed + i / PROGRAMS);
        for (; reported < run.reports.size(); reported++) {
          System.out.println(run.reports.get(reported));
        }
        if (i / PROGRAMS % 10 == 9) {
          System.err.println(run.summary());
        }
      }
      System.out.println(run.summary());
    }
  }
}
