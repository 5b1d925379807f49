package org.bpf4j.examples.firewall;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpf4j.examples.Command;

/// Two network namespaces and a cable between them: `v0`, 10.123.0.1, in the one and `v1`,
/// 10.123.0.2, in the other.
public final class VethPair implements AutoCloseable {

  private static final Pattern ADDRESS = Pattern.compile("link/ether (\\S+)");

  private final String near = "bpf4j-example-" + ProcessHandle.current().pid();
  private final String far = near + "-far";

  /// Makes both.
  public VethPair() throws IOException, InterruptedException {
    try {
      Command.run("ip", "netns", "add", near);
      Command.run("ip", "netns", "add", far);
      ip(near, "link", "add", "v0", "type", "veth", "peer", "name", "v1", "netns", far);
      ip(near, "addr", "add", "10.123.0.1/24", "dev", "v0");
      ip(far, "addr", "add", "10.123.0.2/24", "dev", "v1");
      ip(near, "link", "set", "v0", "up");
      ip(far, "link", "set", "v1", "up");
      ip(far, "neigh", "replace", "10.123.0.1", "lladdr", macOf("v0"), "dev", "v1");
    } catch (IOException | InterruptedException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private static String ip(String namespace, String... arguments)
      throws IOException, InterruptedException {
    String[] command = new String[arguments.length + 3];
    command[0] = "ip";
    command[1] = "-n";
    command[2] = namespace;
    System.arraycopy(arguments, 0, command, 3, arguments.length);
    return Command.run(command);
  }

  private String macOf(String device) throws IOException, InterruptedException {
    Matcher address = ADDRESS.matcher(show(device));
    if (!address.find()) {
      throw new IOException("no address of " + device);
    }
    return address.group(1);
  }

  /// What `ip link` says of an interface of the near namespace.
  String show(String device) throws IOException, InterruptedException {
    return ip(near, "link", "show", device);
  }

  /// What to write before a command that is to run in the network of the near namespace, with all
  /// else as it is here: `ip netns exec` would hide the BPF file system.
  public List<String> join() {
    return List.of("nsenter", "--net=/run/netns/" + near);
  }

  /// The same for the far namespace.
  public List<String> joinFar() {
    return List.of("nsenter", "--net=/run/netns/" + far);
  }

  /// What to write before a command that is to run in the near namespace.
  public List<String> enter() {
    return List.of("nsenter", "--net=/run/netns/" + near);
  }

  /// Sends UDP packets of two bytes to port 9, from `v1` to `v0`.
  void send(int packets) throws IOException, InterruptedException {
    String loop = "for i in $(seq " + packets + "); do echo x > /dev/udp/10.123.0.1/9; done";
    Command.run("ip", "netns", "exec", far, "bash", "-c", loop);
  }

  @Override
  public void close() throws IOException {
    try {
      for (String namespace : List.of(near, far)) {
        if (Files.exists(Path.of("/run/netns", namespace))) {
          Command.run("ip", "netns", "del", namespace);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while namespaces were deleted", e);
    }
  }
}
