package org.bpf4j.examples.fault;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.bpf4j.attach.StaleAttachment;

/// A process that does the same again and again until it is killed, or takes up what such a one
/// left.
///
/// `Victim run|hold|takeUp SCENARIO CGROUP FOLDER`, where the scenario is one of [Scenario] or
/// [Lasting], and one of the latter to hold what it attached.
final class Victim {

  /// How long something is used, ms: about as long as it takes to load it.
  private static final int USE = 20;

  private Victim() {}

  /// Says `begun`, or `held` when something is attached, or what a killed process left: `stale …`
  /// before it is taken up, `left …` after that.
  public static void main(String[] args) throws IOException, InterruptedException {
    Path cgroup = Path.of(args[2]);
    Path folder = Path.of(args[3]);
    if (args[0].equals("hold")) {
      Lasting.valueOf(args[1]).run(folder, Victim::hold);
    }
    if (args[0].equals("run")) {
      System.out.println("begun");
      while (true) {
        run(args[1], cgroup, folder);
      }
    }
    StaleAttachment.find().forEach(stale -> System.out.println("stale " + stale));
    if (isLasting(args[1])) {
      Lasting.valueOf(args[1]).takeUp(folder);
    } else {
      Scenario.run(args[1], cgroup.toString());
    }
    StaleAttachment.find().forEach(stale -> System.out.println("left " + stale));
    System.out.println("end");
  }

  private static void hold() throws InterruptedException {
    System.out.println("held");
    Thread.sleep(Long.MAX_VALUE);
  }

  private static void run(String name, Path cgroup, Path folder)
      throws IOException, InterruptedException {
    if (isLasting(name)) {
      Lasting.valueOf(name).run(folder, () -> Thread.sleep(USE));
    } else {
      Scenario.run(name, cgroup.toString());
    }
  }

  private static boolean isLasting(String name) {
    return Stream.of(Lasting.values()).anyMatch(lasting -> lasting.name().equals(name));
  }
}
