package org.bpf4j.examples.fault;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bpf4j.examples.ChildJvm;
import org.bpf4j.examples.firewall.VethPair;

/// A process that is killed while something of it is attached that does not go with it, and the
/// next one, which finds it and attaches the same in its place.
public final class Killed {

  private Killed() {}

  /// Kills one that holds a route, a filter and a struct.
  ///
  /// @return what the next process found
  public static List<String> all() throws IOException, InterruptedException {
    return takenUp("ROUTE,FILTER,STRUCT");
  }

  /// @param names of [Lasting], with commas between
  /// @return what the next process found: what it is, and whose it was
  static List<String> takenUp(String names) throws IOException, InterruptedException {
    try (VethPair pair = new VethPair()) {
      String whose;
      try (ChildJvm victim = start(pair, "hold", names)) {
        victim.await(line -> line.equals("held"));
        whose = " of process " + victim.pid();
        victim.kill();
      }
      try (ChildJvm next = start(pair, "takeUp", names)) {
        int status = next.await();
        List<String> left = next.all(line -> line.startsWith("left "));
        List<String> stale = next.all(line -> line.startsWith("stale "));
        if (status != 0 || !left.isEmpty() || !stale.stream().allMatch(l -> l.endsWith(whose))) {
          throw new IllegalStateException(
              "status " + status + ", " + left + ", " + stale + ", " + next.latest(_ -> true));
        }
        return stale;
      }
    }
  }

  private static ChildJvm start(VethPair pair, String what, String names) throws IOException {
    return new ChildJvm(pair.enter(), Victim.class, what, names, "", Path.of("").toString());
  }
}
