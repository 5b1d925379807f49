package org.bpf4j.cli;

import java.io.Console;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpf4j.inspect.KernelInventory;
import org.bpf4j.inspect.RunStatistics;
import org.bpf4j.inventory.ListedProgram;
import org.bpf4j.kernel.BpfException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bpf4j top`: how often and how long programs run, again and again until it is interrupted.
@Command(name = "top", description = "Shows how often and how long the kernel's programs run.")
final class TopCommand extends CliCommand {

  /// Puts the cursor at the top of an emptied terminal.
  private static final String CLEAR = "\033[H\033[2J";

  private static final int MILLISECONDS = 1_000;

  /// A day.
  private static final int MAX_SECONDS = 86_400;

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      description = "How long to count before each table (${DEFAULT-VALUE}).")
  private double interval = 1;

  @Option(names = "--count", paramLabel = "N", description = "End after so many tables.")
  private int count;

  @Option(names = "--once", description = "End after one table.")
  private boolean once;

  @Option(names = "--json", description = "Print JSON, a line for each table.")
  private boolean json;

  /// What a program did in an interval.
  ///
  /// @param runsPerSecond how often it ran
  /// @param nanosPerRun how long a run took, 0 if there was none
  /// @param cpuPercent the part of one CPU that it took
  /// @param runs how often it ran since it was loaded, while somebody counted
  record Usage(
      int id,
      String type,
      String name,
      double runsPerSecond,
      long nanosPerRun,
      double cpuPercent,
      long runs) {

    /// The difference of two looks at a program.
    static Usage of(ListedProgram before, ListedProgram now, double seconds) {
      long runs = now.activity().runs() - before.activity().runs();
      long nanos = now.activity().time().minus(before.activity().time()).toNanos();
      return new Usage(
          now.id(),
          now.type(),
          now.name(),
          round(runs / seconds),
          runs == 0 ? 0 : nanos / runs,
          round(nanos / seconds / Duration.ofSeconds(1).toNanos() * 100),
          now.activity().runs());
    }

    private static double round(double value) {
      return Math.round(value * 1000) / 1000.0;
    }
  }

  @Override
  boolean run() throws CommandFailedException {
    if (!(interval > 0 && interval <= MAX_SECONDS) || count < 0) {
      throw misused("--interval and --count must be positive, and an interval a day at the most");
    }
    try (RunStatistics _ = KernelInventory.countRuns()) {
      watch();
    } catch (BpfException e) {
      if (!RunStatistics.always()) {
        throw new CommandFailedException(
            e.getMessage() + "; `sysctl kernel.bpf_stats_enabled=1` counts for everybody");
      }
      watch();
    }
    return true;
  }

  /// Ends when the thread is interrupted; a signal ends the process, and the counting with it.
  private void watch() {
    int left = once ? 1 : count == 0 ? Integer.MAX_VALUE : count;
    boolean terminal = isTerminal() && !json && !once;
    Map<Integer, ListedProgram> before = look();
    long start = System.nanoTime();
    while (left-- > 0 && pause()) {
      Map<Integer, ListedProgram> now = look();
      long end = System.nanoTime();
      print(usages(before, now, (end - start) / 1e9), terminal);
      before = now;
      start = end;
    }
  }

  private static boolean isTerminal() {
    Optional<Console> console = Optional.ofNullable(System.console());
    return console.filter(Console::isTerminal).isPresent();
  }

  private boolean pause() {
    try {
      Thread.sleep(Math.max(1, Math.round(interval * MILLISECONDS)));
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Map<Integer, ListedProgram> look() {
    Map<Integer, ListedProgram> programs = new HashMap<>();
    KernelInventory.programsAlone().forEach(program -> programs.put(program.id(), program));
    return programs;
  }

  /// Those that were there at both times, the busiest first.
  private static List<Usage> usages(
      Map<Integer, ListedProgram> before, Map<Integer, ListedProgram> now, double seconds) {
    List<Usage> usages = new ArrayList<>();
    now.forEach(
        (id, program) -> {
          ListedProgram earlier = before.get(id);
          if (earlier != null) {
            usages.add(Usage.of(earlier, program, seconds));
          }
        });
    usages.sort(
        Comparator.comparingDouble(Usage::cpuPercent)
            .thenComparingDouble(Usage::runsPerSecond)
            .reversed()
            .thenComparingInt(Usage::id));
    return usages;
  }

  private void print(List<Usage> usages, boolean terminal) {
    if (json) {
      out().println(Json.print(usages));
      out().flush();
      return;
    }
    Table table =
        new Table(List.of("id", "type", "name", "runs/s", "ns/run", "% of a CPU", "runs"));
    for (Usage usage : usages) {
      table.row(
          List.of(
              Integer.toString(usage.id()),
              usage.type(),
              usage.name(),
              Long.toString(Math.round(usage.runsPerSecond())),
              Long.toString(usage.nanosPerRun()),
              Double.toString(usage.cpuPercent()),
              Long.toUnsignedString(usage.runs())));
    }
    if (terminal) {
      out().print(CLEAR);
    }
    table.print(out());
    if (!terminal) {
      out().println();
    }
    out().flush();
  }
}
