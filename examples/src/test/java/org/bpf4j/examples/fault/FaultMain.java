package org.bpf4j.examples.fault;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bpf4j.examples.Command;

/// Runs each [Scenario] again and again, and each time another system call fails.
///
/// `FaultMain EVERY CGROUP [SCENARIO]`: each call fails with each error number if `EVERY` is 1, or
/// else that part of them.
public final class FaultMain {

  /// `EPERM`, `EINVAL`, `ENOMEM`, `EBUSY`, `E2BIG`, `EINTR`, `ENOSPC`, `EMFILE`.
  private static final int[] ERRORS = {1, 22, 12, 16, 7, 4, 28, 24};

  private static final int MOST_FIRST_RUNS = 10;

  private final int every;
  private final String cgroup;
  private Method scenario;
  private Class<?> known;
  private final List<String> faults = new ArrayList<>();
  private final Map<String, Integer> words = new TreeMap<>();
  private int runs;
  private int survived;

  private FaultMain(int every, String cgroup) throws ReflectiveOperationException {
    this.every = every;
    this.cgroup = cgroup;
    begin();
  }

  /// Loads the runtime anew, as in a process that has just begun.
  private void begin() throws ReflectiveOperationException {
    ClassLoader loader = new FaultLoader();
    scenario =
        loader
            .loadClass(Scenario.class.getName())
            .getDeclaredMethod("run", String.class, String.class);
    scenario.setAccessible(true);
    known = loader.loadClass("org.bpf4j.kernel.BpfException");
  }

  /// Runs all, and prints what is wrong; the last line says how much was done.
  public static void main(String[] args) throws Exception {
    FaultMain main = new FaultMain(Integer.parseInt(args[0]), args[1]);
    for (Scenario scenario : Scenario.values()) {
      if (args.length < 3 || scenario.name().equals(args[2])) {
        main.run(scenario);
      }
    }
    if (args.length < 3) {
      main.failFirst(Scenario.MAPS);
    }
    main.faults.forEach(fault -> System.out.println("fault: " + fault));
    main.words.forEach((word, count) -> System.out.println("said " + count + " times: " + word));
    System.out.printf(
        "done: %d runs, %d in spite of the error, %d faults%n",
        main.runs, main.survived, main.faults.size());
  }

  private void run(Scenario which) throws Exception {
    if (!settles(which)) {
      return;
    }
    for (int i = 0; i < ERRORS.length; i++) {
      boolean failed = true;
      for (int call = 1 + i % every; failed; call += every) {
        failed = fail(which, call, ERRORS[i]);
      }
    }
  }

  /// The first runs, in which nothing fails, open what stays open for the whole process, such as
  /// what wakes all who wait for records: only a run that has to wait needs that.
  ///
  /// @return whether it works, and leaves nothing more in the end
  private boolean settles(Scenario which) throws Exception {
    List<String> more = List.of();
    for (int i = 0; i < MOST_FIRST_RUNS; i++) {
      List<String> before = remains(which);
      Throwable first = attempt(which);
      if (first != null) {
        faults.add(which + " does not work: " + first);
        return false;
      }
      more = remains(which);
      before.forEach(more::remove);
      if (more.isEmpty() && i > 0) {
        return true;
      }
    }
    faults.add(which + " leaves " + more + " each time");
    return false;
  }

  /// Lets a call fail of those that a process makes but once: what failed goes well the next time.
  private void failFirst(Scenario which) throws Exception {
    boolean failed = true;
    for (int call = 1; failed; call += every) {
      begin();
      Injector.arm(call, ERRORS[call / every % ERRORS.length]);
      Throwable thrown = attempt(which);
      failed = Injector.disarm() >= 0;
      runs++;
      if (thrown != null && !known.isInstance(thrown) && !isDocumented(thrown)) {
        faults.add("first " + which + ", call " + call + ": " + thrown);
        thrown.printStackTrace();
      }
      Throwable again = attempt(which);
      if (again != null) {
        faults.add("second " + which + " after call " + call + " failed: " + again);
      }
    }
  }

  /// Lets one call fail.
  ///
  /// @return whether there was such a call
  private boolean fail(Scenario which, int number, int error) throws Exception {
    List<String> before = remains(which);
    Injector.arm(number, error);
    Throwable thrown = attempt(which);
    int call = Injector.disarm();
    if (call < 0) {
      if (thrown != null) {
        faults.add(which + " failed by itself: " + thrown);
      }
      return false;
    }
    runs++;
    String where = "%s, call %d (%d), errno %d".formatted(which, number, call, error);
    if (thrown == null) {
      survived++;
    } else {
      words.merge(text(thrown, call), 1, Integer::sum);
      if (!known.isInstance(thrown) && !isDocumented(thrown)) {
        faults.add(where + ": " + thrown + " at " + thrown.getStackTrace()[0]);
        thrown.printStackTrace();
      }
    }
    List<String> more = remains(which);
    before.forEach(more::remove);
    if (!more.isEmpty()) {
      faults.add(where + " left " + more + (thrown == null ? "" : " after " + thrown));
      clean();
    }
    return true;
  }

  private static String text(Throwable thrown, int call) {
    String message = String.valueOf(thrown.getMessage()).lines().findFirst().orElse("");
    return call + " " + thrown.getClass().getSimpleName() + " " + message;
  }

  /// An index beyond an array is what an update says of `E2BIG` and `ENOSPC`.
  private static boolean isDocumented(Throwable thrown) {
    return thrown instanceof IndexOutOfBoundsException
        && String.valueOf(thrown.getMessage()).contains(" of map `");
  }

  private Throwable attempt(Scenario which) throws Exception {
    try {
      scenario.invoke(null, which.name(), cgroup);
      return null;
    } catch (InvocationTargetException e) {
      return e.getCause();
    }
  }

  /// What the process holds of the kernel, and what is attached and pinned. That an interface can
  /// have filters stays: others may be about to add theirs.
  private static List<String> remains(Scenario which) throws IOException, InterruptedException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      files.forEach(file -> target(file, found));
    }
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
      lines
          .filter(line -> line.contains("anon_inode:") || line.contains("bpf"))
          .filter(line -> !line.contains(".jar"))
          .forEach(line -> found.add("memory of " + line.replaceAll(".* ", "")));
    }
    if (which != Scenario.XDP && which != Scenario.MIXED) {
      return found;
    }
    if (Files.exists(Scenario.PIN)) {
      found.add("pin");
    }
    for (String hook : List.of("ingress", "egress")) {
      Command.run("tc", "filter", "show", "dev", "v0", hook)
          .lines()
          .forEach(line -> found.add(hook + " " + line));
    }
    if (Command.run("ip", "link", "show", "v0").contains("xdp")) {
      found.add("XDP program");
    }
    return found;
  }

  private static void target(Path file, List<String> found) {
    try {
      String target = Files.readSymbolicLink(file).toString();
      if (target.startsWith("anon_inode:")
          || target.startsWith("socket:")
          || target.startsWith("/sys/")) {
        found.add(target.replaceAll("\\d+", "N"));
      }
    } catch (IOException _) {
      // it was the one by which the folder was read
    }
  }

  private static void clean() throws IOException, InterruptedException {
    Files.deleteIfExists(Scenario.PIN);
    new ProcessBuilder("tc", "qdisc", "del", "dev", "v0", "clsact").start().waitFor();
  }
}
