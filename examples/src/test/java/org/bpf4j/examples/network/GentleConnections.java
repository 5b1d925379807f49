package org.bpf4j.examples.network;

import java.net.URISyntaxException;
import java.nio.file.Path;
import org.bpf4j.examples.Command;

/// Sends data by a congestion control of ours, in a network namespace of its own.
public final class GentleConnections {

  /// The namespace is the command's, and goes with it.
  private static final String WITH_CONTROL =
      """
      ip link set lo up && echo bpf4j_gentle > /proc/sys/net/ipv4/tcp_congestion_control &&
      cat /proc/sys/net/ipv4/tcp_congestion_control && exec "$@"
      """;

  private GentleConnections() {}

  private static Path location() throws URISyntaxException {
    return Path.of(Transfer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /// Attaches, sends, detaches.
  ///
  /// @return what was seen
  public static String run() throws Exception {
    try (GentleCongestionBpf bpf = GentleCongestionBpf.load()) {
      try (var _ = bpf.operations().attach()) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String printed =
            Command.run(
                "unshare",
                "-n",
                "sh",
                "-c",
                WITH_CONTROL,
                "sh",
                java,
                "-XX:TieredStopAtLevel=1",
                "-classpath",
                location().toString(),
                Transfer.class.getName());
        if (!printed.equals("bpf4j_gentle\narrived 1048576\n")) {
          throw new IllegalStateException(printed);
        }
      }
      if (bpf.begun() < 2 || bpf.acknowledged() == 0 || bpf.window() < 1) {
        throw new IllegalStateException(
            bpf.begun()
                + " begun, "
                + bpf.acknowledged()
                + " acknowledged, window "
                + bpf.window());
      }
      return bpf.begun() + " sockets, " + bpf.acknowledged() + " packets acknowledged";
    }
  }
}
