package org.bpf4j.cases;

import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.function.Executable;
import org.opentest4j.TestAbortedException;

/// The known bugs: tests that fail, by name, in `not-yet.txt` among the cases; the list may only
/// shrink.
///
/// Each still runs. While it fails it is reported as aborted, never as passed; when it no longer
/// does, that is a failure until its line is gone.
final class NotYet {

  private static final List<String> NAMES =
      Case.text(Case.ROOT.resolve("not-yet.txt"))
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();

  private NotYet() {}

  /// Whether the test of that name is known to fail.
  static boolean lists(String name) {
    return NAMES.contains(name);
  }

  /// Runs a test that is known to fail.
  static void check(String name, Executable test) {
    try {
      test.execute();
    } catch (TestAbortedException aborted) {
      throw aborted;
    } catch (Throwable known) {
      Assumptions.abort("known bug, see not-yet.txt: " + known);
    }
    throw new AssertionError(name + " passes: take it out of not-yet.txt");
  }
}
