package org.bpf4j.hooks;

import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.bpf4j.kernel.BpfException;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.KernelVersion;

/// What a kernel does and lacks, printed: a line for each check, and at the end a row for each kind
/// of program and type of map: `| @Xdp | ok |`. The other words are `needs 6.7`, `absent` for what
/// this build of the kernel leaves out, `hangs` where it stops dead, `untried` where the check
/// needs more than the kind, and `FAILED`.
final class Outcomes {

  /// A pattern that the names of checks must have.
  private static final Predicate<String> ONLY =
      Pattern.compile(System.getProperty("bpf4j.guest.check", "")).asPredicate();

  private final Map<String, String> rows = new TreeMap<>();
  private int failed;

  /// What a check does.
  interface Body {
    /// Does it, and says what was seen.
    String run() throws Throwable;
  }

  /// Does a check.
  ///
  /// @param seen what it sees at work, with the first kernels that have it
  void check(String name, Body body, Map<String, KernelVersion> seen) {
    if (!ONLY.test(name)) {
      return;
    }
    try {
      System.out.println("ok " + name + ": " + body.run());
      seen.keySet().forEach(row -> note(row, "ok"));
    } catch (BpfException | NoSuchFileException e) {
      boolean newer =
          e instanceof UnsupportedFeatureException unsupported
              && unsupported.since().filter(KernelVersion::isNewerThanRunning).isPresent();
      System.out.println((newer ? "LACKS " : "ABSENT ") + name + ": " + e);
      seen.forEach(
          (row, since) ->
              note(
                  row,
                  since.isNewerThanRunning() ? "needs " + since : newer ? "untried" : "absent"));
    } catch (Throwable e) {
      System.out.println("FAILED " + name + ": " + e);
      failed++;
      seen.keySet().forEach(row -> note(row, "FAILED"));
    }
  }

  /// Leaves out a check in which this kernel stops dead.
  void leave(String name, String why, Set<String> seen) {
    System.out.println("HANGS " + name + ": " + why);
    seen.forEach(row -> note(row, "hangs"));
  }

  /// Notes a word: a failure stays, and what was seen at work is there.
  private void note(String row, String word) {
    rows.merge(
        row,
        word,
        (old, other) ->
            old.equals("FAILED") || old.equals("ok") && !other.equals("FAILED") ? old : other);
  }

  /// Prints the rows.
  ///
  /// @return how many checks failed
  int print() {
    rows.forEach((row, word) -> System.out.println("| " + row + " | " + word + " |"));
    return failed;
  }
}
