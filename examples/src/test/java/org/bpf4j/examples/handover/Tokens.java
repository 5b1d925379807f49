package org.bpf4j.examples.handover;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpf4j.examples.ChildJvm;

/// What a process in a user namespace of its own can do with file systems that give it leave.
public final class Tokens {

  private static final List<String> WAYS =
      List.of("without", "silent", "elsewhere", "asked", "found");

  private Tokens() {}

  /// Lets a process load [Tally] in every way, and gives it the file systems that it asks for.
  ///
  /// @param folder an empty folder
  /// @return what it said of each way
  public static Map<String, String> ask(Path folder) throws IOException, InterruptedException {
    List<String> own = List.of("unshare", "--user", "--map-root-user", "--mount");
    try (ChildJvm child = new ChildJvm(own, Delegated.class, folder.toString())) {
      String[] opened = child.await(line -> line.startsWith("opened ")).split(" ");
      FileSystems.make(child.pid(), Long.parseLong(opened[1]));
      for (int i = 2; i <= 3; i++) {
        FileSystems.make(
            child.pid(),
            Long.parseLong(opened[i]),
            "delegate_cmds",
            "delegate_maps",
            "delegate_progs",
            "delegate_attachs");
      }
      child.send("made");
      child.await(line -> line.equals("end"));
      Map<String, String> said = new LinkedHashMap<>();
      for (String way : WAYS) {
        String start = way + ": ";
        said.put(way, child.latest(line -> line.startsWith(start)).substring(start.length()));
      }
      return said;
    }
  }
}
