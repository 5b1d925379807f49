package org.bpf4j.examples.fault;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bpf4j.attach.StaleAttachment;

/// A process that does the same again and again until it is killed, or takes up what such a one
/// left.
///
/// `Victim run|hold|takeUp SCENARIO CGROUP FOLDER`, where the scenario is one of [Scenario] or
/// [Lasting], and several of the latter with commas between to hold what they attached.
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
      hold(List.of(args[1].split(",")), folder);
    }
    if (args[0].equals("run")) {
      System.out.println("begun");
      while (true) {
        run(args[1], cgroup, folder);
      }
    }
    StaleAttachment.find().forEach(stale -> System.out.println("stale " + stale));
    for (String name : args[1].split(",")) {
      if (isLasting(name)) {
        Lasting.valueOf(name).takeUp(folder);
      } else {
        Scenario.run(name, cgroup.toString());
      }
    }
    StaleAttachment.find().forEach(stale -> System.out.println("left " + stale));
    System.out.println("end");
  }

  private static void hold(List<String> names, Path folder)
      throws IOException, InterruptedException {
    if (names.isEmpty()) {
      System.out.println("held");
      Thread.sleep(Long.MAX_VALUE);
    }
    Lasting.valueOf(names.getFirst())
        .run(folder, () -> hold(names.subList(1, names.size()), folder));
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
