package org.bpf4j.examples.network;

import java.net.URISyntaxException;
import java.nio.file.Path;
import org.bpf4j.examples.Command;

/// Sends data by congestion controls of ours, in network namespaces of their own.
public final class GentleConnections {

  /// The namespace is the command's, and goes with it. A queue that is short and slow loses
  /// packets, where the kernel has such.
  private static final String WITH_CONTROL =
      """
      ip link set lo mtu 1500 up && echo $0 > /proc/sys/net/ipv4/tcp_congestion_control &&
      { tc qdisc add dev lo root tbf rate 200mbit burst 20kb limit 60kb > /dev/null 2>&1 || true; } &&
      cat /proc/sys/net/ipv4/tcp_congestion_control && exec "$@"
      """;

  /// Packets: more than the ten of a new connection (`TCP_INIT_CWND`), and few of what is sent.
  private static final int FIRST_THRESHOLD = 16;

  private GentleConnections() {}

  private static Path location() throws URISyntaxException {
    return Path.of(Transfer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /// Sends by the control of that name.
  private static void send(String control) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String printed =
        Command.run(
            "unshare",
            "-n",
            "sh",
            "-c",
            WITH_CONTROL,
            control,
            java,
            "-XX:TieredStopAtLevel=1",
            "-classpath",
            location().toString(),
            Transfer.class.getName());
    if (!printed.equals(control + "\narrived 1048576\n")) {
      throw new IllegalStateException(printed);
    }
  }

  /// Attaches, sends, detaches.
  ///
  /// @return what was seen
  public static String run() throws Exception {
    try (GentleCongestionBpf bpf = GentleCongestionBpf.load()) {
      try (var _ = bpf.operations().attach()) {
        send("bpf4j_gentle");
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

  /// Sends by one that doubles and halves its window.
  public static String reno() throws Exception {
    try (RenoCongestionBpf bpf = RenoCongestionBpf.load()) {
      try (var _ = bpf.operations().attach()) {
        send("bpf4j_reno");
      }
      if (bpf.slow() == 0 || bpf.widest() <= 10) {
        throw new IllegalStateException(bpf.slow() + " doublings, window " + bpf.widest());
      }
      return "window "
          + bpf.widest()
          + ", "
          + bpf.slow()
          + " and "
          + bpf.avoiding()
          + " steps, "
          + bpf.losses()
          + " losses";
    }
  }

  /// Sends by one whose window grows as a cube of the time, from a size on that so much data
  /// reaches with losses and without: whether and when packets are lost is the kernel's affair.
  public static String cubic() throws Exception {
    try (CubicCongestionBpf bpf =
        CubicCongestionBpf.configure().firstThreshold(FIRST_THRESHOLD).load()) {
      try (var _ = bpf.operations().attach()) {
        send("bpf4j_cubic");
      }
      if (bpf.widest() <= 10 || bpf.plateaus() == 0) {
        throw new IllegalStateException(
            "window " + bpf.widest() + ", " + bpf.losses() + " losses, " + bpf.plateaus());
      }
      return "window "
          + bpf.widest()
          + ", "
          + bpf.grown()
          + " steps, "
          + bpf.losses()
          + " losses, "
          + bpf.plateaus()
          + " plateaus";
    }
  }
}
