package org.bpf4j.examples.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpf4j.examples.execcount.ExecCounterBpf;
import org.bpf4j.kernel.BpfException;
import org.bpf4j.kernel.IncompatibleTargetException;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.kernel.NoSuchTargetException;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.ElfReader;
import org.bpf4j.object.ObjectNote;
import org.bpf4j.object.ProgramKind;

/// What runs on another kernel, in one JVM and without JUnit: attaches and triggers what this
/// machine's kernel cannot, and loads every object of the folders named as arguments.
///
/// Prints a line for each check and each folder, and ends with status 1 if one failed. What an old
/// kernel lacks is neither passed nor failed. At the end stands a row for each kind of program,
/// type of map and other check: `| @Kprobe | ok |`, or `needs 6.7`, `absent`, `FAILED`. The system
/// property `bpf4j.guest.check` is a pattern that the names of checks must have, for a kernel that
/// only some are for.
public final class GuestMain {
  private static final Predicate<String> ONLY =
      Pattern.compile(System.getProperty("bpf4j.guest.check", "")).asPredicate();

  /// Whether this is a machine whose kernel may leave out what others of its age have.
  private static final boolean HERE = Boolean.getBoolean("bpf4j.guest.here");

  /// What this kernel does, by what may be done: kinds of programs, types of maps, and the names of
  /// checks that see neither.
  private static final Map<String, String> ROWS = new TreeMap<>();

  private static int passed;
  private static int failed;
  private static int lacking;

  private GuestMain() {}

  /// Runs all checks.
  ///
  /// @param folders folders with `.bpf.o` and `.o` files
  public static void main(String[] folders) throws IOException {
    System.setProperty("java.net.preferIPv4Stack", "true");
    System.out.println("kernel " + Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip());
    checks().forEach(GuestMain::check);
    for (String folder : folders) {
      for (Path object : objects(Path.of(folder))) {
        load(object);
      }
      System.out.println("with " + folder + ": " + counts());
    }
    System.out.println(counts());
    ROWS.forEach((row, word) -> System.out.println("| " + row + " | " + word + " |"));
    System.exit(failed == 0 ? 0 : 1);
  }

  private static String counts() {
    return passed + " passed, " + failed + " failed, " + lacking + " not in this kernel";
  }

  /// All checks, in their order.
  static Stream<Check> checks() {
    return Stream.of(
            List.of(
                new Check("tracepoint counts execs", GuestMain::tracepoint)
                    .fires(ProgramKind.TRACEPOINT)),
            CoreChecks.ALL,
            LinkChecks.ALL,
            HandoverChecks.ALL,
            ProbeChecks.ALL,
            FunctionChecks.ALL,
            WalkChecks.ALL,
            NetworkChecks.ALL,
            SchedulerChecks.ALL,
            KernelChecks.ALL)
        .flatMap(List::stream);
  }

  private static void check(Check check) {
    if (!ONLY.test(check.name())) {
      return;
    }
    try {
      System.out.println("ok " + check.name() + ": " + check.body().run());
      passed++;
      check.rows().keySet().forEach(row -> note(row, "ok"));
    } catch (Exception e) {
      boolean old = check.since().isNewerThanRunning() && isRefusal(e);
      boolean absent = HERE && isRefusal(e);
      System.out.println((old || absent ? "LACKS " : "FAILED ") + check.name() + ": " + e);
      lacking += old || absent ? 1 : 0;
      failed += old || absent ? 0 : 1;
      check
          .rows()
          .forEach(
              (row, since) ->
                  note(
                      row,
                      !old && !absent
                          ? "FAILED"
                          : since.isNewerThanRunning() ? "needs " + since : "absent"));
    }
  }

  /// A failure stays, and what was seen at work is there.
  private static void note(String row, String word) {
    ROWS.merge(
        row,
        word,
        (old, other) ->
            old.equals("FAILED") || old.equals("ok") && !other.equals("FAILED") ? old : other);
  }

  /// Whether the kernel said no, or has no such file; anything else is wrong on every kernel.
  private static boolean isRefusal(Exception e) {
    return e instanceof BpfException
        || e instanceof NoSuchFileException
        || HERE && e instanceof IOException;
  }

  private static String tracepoint() throws IOException, InterruptedException {
    try (var bpf = ExecCounterBpf.load();
        var _ = bpf.attachAll()) {
      long before = bpf.execs().getOrThrow(0);
      new ProcessBuilder("/bin/true").start().waitFor();
      long counted = bpf.execs().getOrThrow(0) - before;
      if (counted < 1) {
        throw new IllegalStateException("counted " + counted);
      }
      return counted + " execs seen";
    }
  }

  private static List<Path> objects(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".o")).sorted().toList();
    }
  }

  /// Loads an object; if the kernel refuses, each program alone, so that one refusal does not hide
  /// another. Programs whose floor is a newer kernel are left out, and so are extensions, which are
  /// loaded for a function of another program: [FunctionChecks] does that.
  private static void load(Path file) throws IOException {
    BpfObject object = ElfReader.read(Files.readAllBytes(file));
    Set<String> left = extensions(object);
    Set<String> newer = newer(object);
    newer.removeAll(left);
    lacking += newer.size();
    left.addAll(newer);
    Set<String> names =
        object.programs().stream().map(BpfFunction::name).collect(Collectors.toSet());
    names.removeAll(left);
    if (names.isEmpty()) {
      return;
    }
    if (refusal(object, left).isEmpty()) {
      passed += names.size();
      return;
    }
    for (String program : names.stream().sorted().toList()) {
      Set<String> others = new HashSet<>(names);
      others.remove(program);
      others.addAll(left);
      report(file + " " + program, refusal(object, others));
    }
  }

  private static Set<String> extensions(BpfObject object) {
    return object.code().stream()
        .filter(section -> section.name().startsWith("freplace"))
        .flatMap(section -> section.functions().stream())
        .map(BpfFunction::name)
        .collect(Collectors.toCollection(HashSet::new));
  }

  /// A kernel may lack a function or a setting that a program names; what the verifier rejects is a
  /// failure.
  private static void report(String program, Optional<RuntimeException> refusal) {
    if (refusal.isEmpty()) {
      passed++;
      return;
    }
    boolean lacks =
        switch (refusal.get()) {
          case NoSuchTargetException _,
              IncompatibleTargetException _,
              UnsupportedFeatureException _ ->
              true;
          default -> false;
        };
    System.out.println(
        (lacks ? "LACKS " : "FAILED ") + program + ": " + refusal.get().getMessage());
    lacking += lacks ? 1 : 0;
    failed += lacks ? 0 : 1;
  }

  /// The programs that say to need a newer kernel than this; all if one of the maps does.
  private static Set<String> newer(BpfObject object) {
    boolean maps = object.maps().stream().anyMatch(map -> map.kind().since().isNewerThanRunning());
    return object.note().stream()
        .flatMap(note -> note.floors().stream())
        .filter(floor -> maps || floor.kernel().isNewerThanRunning())
        .map(ObjectNote.ProgramFloor::program)
        .collect(Collectors.toCollection(HashSet::new));
  }

  /// Why the kernel refuses an object without some of its programs, if it does.
  private static Optional<RuntimeException> refusal(BpfObject object, Set<String> without) {
    LoadRequest all = LoadRequest.of(object, GuestMain.class);
    LoadRequest request =
        new LoadRequest(object, all.owner(), all.data(), all.maxEntries(), without);
    try (var _ = Kernel.local().load(request)) {
      return Optional.empty();
    } catch (BpfException | IllegalArgumentException e) {
      return Optional.of(e);
    }
  }
}
