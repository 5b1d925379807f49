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
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import org.bpf4j.cases.Javac;
import org.bpf4j.cases.KernelUse;
import org.bpf4j.cases.Mode;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.ElfWriter;
import org.bpf4j.object.KernelVersion;
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
  private final Shares shares = new Shares();
  private final Map<String, Integer> deep = new TreeMap<>();
  private Optional<Path> saved = Optional.empty();
  private Optional<KernelVersion> floor = Optional.empty();
  private boolean writesBoth;
  private int generated;
  private int failed;

  /// @param shrunkOfAKind how many failures of each kind are shrunk and reported in full
  /// @param objects the folder that gets an object of each class, for other kernels to load
  RandomRun(Differential differential, int shrunkOfAKind, Path objects) {
    this.differential = differential;
    this.shrunkOfAKind = shrunkOfAKind;
    this.objects = objects;
  }

  /// From now on each shrunk failure becomes a case in that folder.
  void save(Path folder) {
    saved = Optional.of(folder);
  }

  /// From now on programs keep to what that kernel has, and say so.
  void promise(KernelVersion kernel) {
    floor = Optional.of(kernel);
  }

  /// From now on objects without optimisation are put beside the others.
  void writeBoth() {
    writesBoth = true;
  }

  /// The modes that this machine can compare.
  static List<Mode> modes() {
    List<Mode> modes = new ArrayList<>(List.of(Mode.JVM, Mode.VM));
    if (KernelUse.current() != KernelUse.OFF) {
      KernelUse.current().check();
      modes.add(Mode.KERNEL);
      modes.add(Mode.KERNEL_UNOPTIMIZED);
    } else {
      modes.add(Mode.VM_UNOPTIMIZED);
    }
    return modes;
  }

  /// Checks the programs of one class.
  void check(long seed) {
    RandomClass random = Generator.generate(seed, PROGRAMS, floor);
    Differential.Result result = differential.check(random);
    generated += PROGRAMS;
    failed += result.failures().size();
    result.builds().forEach(shares::add);
    result.builds().stream().limit(1).forEach(build -> write(seed, build));
    result.refused().values().forEach(this::refuse);
    result.deep().values().forEach(code -> deep.merge(code, 1, Integer::sum));
    result.failures().forEach(failure -> report(random, failure));
  }

  private void refuse(String message) {
    Matcher code = Differential.CODE.matcher(message);
    if (code.find() && refused.merge(code.group(1), 1, Integer::sum) == 1) {
      reports.add("the first refusal of its code: " + message);
    }
  }

  private void write(long seed, Build build) {
    write("random-" + seed, build.loadable().object());
    if (writesBoth) {
      build.unoptimized().object().ifPresent(object -> write("plain-" + seed, object));
    }
  }

  private void write(String name, BpfObject object) {
    try {
      Files.createDirectories(objects);
      Files.write(objects.resolve(name + ".bpf.o"), ElfWriter.write(object));
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
    saved.ifPresent(folder -> new SavedCase(small, failure).write(folder));
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

  /// How many programs were refused without optimisation only, in percent.
  double deepPercent() {
    return 100.0 * deep.values().stream().mapToInt(Integer::intValue).sum() / generated;
  }

  /// What the programs were like that compiled.
  Shares shares() {
    return shares;
  }

  /// The counts, in a few lines.
  String summary() {
    return ("%d programs: %d compiled, %.2f %% refused %s, %.2f %% without optimisation only %s,"
            + " %d failed %s%n%s")
        .formatted(
            generated,
            shares.programs(),
            refusedPercent(),
            refused,
            deepPercent(),
            deep,
            failed,
            new TreeMap<>(kinds),
            shares.summary());
  }

  /// Checks many programs: `[--save folder] [--floor kernel] [--elsewhere] count seed objects`, by
  /// default 20,000, 1 and `target/random-objects`. Those for elsewhere are only compiled, with
  /// optimisation and without; other kernels load them. Ends with status 1 if a program failed.
  public static void main(String[] args) throws Exception {
    List<String> left = new ArrayList<>(List.of(args));
    Optional<String> save = option(left, "--save");
    Optional<String> promised = option(left, "--floor");
    boolean elsewhere = left.remove("--elsewhere");
    int count = left.isEmpty() ? 20_000 : Integer.parseInt(left.get(0));
    long seed = left.size() > 1 ? Long.parseLong(left.get(1)) : 1;
    Path objects = left.size() > 2 ? Path.of(left.get(2)) : OBJECTS;
    boolean failed;
    try (Javac javac = new Javac()) {
      RandomRun run =
          new RandomRun(new Differential(javac, elsewhere ? List.of() : modes()), 1, objects);
      save.map(Path::of).ifPresent(run::save);
      promised.map(KernelVersion::parse).ifPresent(run::promise);
      if (elsewhere) {
        run.writeBoth();
      }
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
      System.out.println(run.shares().table());
      System.out.println(run.summary());
      failed = run.failed() > 0;
    }
    System.exit(failed ? 1 : 0);
  }

  /// Takes an option with its value out of the arguments.
  private static Optional<String> option(List<String> arguments, String name) {
    int at = arguments.indexOf(name);
    if (at < 0 || at + 1 == arguments.size()) {
      return Optional.empty();
    }
    String value = arguments.get(at + 1);
    arguments.subList(at, at + 2).clear();
    return Optional.of(value);
  }
}
