package org.bpf4j.sys;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

/// A network namespace of a test's own, with one end of a veth pair, `v0`; the other end, `v1`, is
/// in a namespace beside it.
public final class NetworkNamespace implements AutoCloseable {

  /// `CLONE_NEWNET`.
  private static final int NETWORK = 0x40000000;

  private static final AtomicInteger MADE = new AtomicInteger();

  private final String name =
      "bpf4j-" + ProcessHandle.current().pid() + "-" + MADE.incrementAndGet();
  private final String peer = name + "p";

  /// Makes both.
  public NetworkNamespace() throws IOException, InterruptedException {
    try {
      exec("ip", "netns", "add", name);
      exec("ip", "netns", "add", peer);
      exec(
          "ip", "-n", name, "link", "add", "v0", "type", "veth", "peer", "name", "v1", "netns",
          peer);
      exec("ip", "-n", name, "addr", "add", "10.123.0.1/24", "dev", "v0");
      exec("ip", "-n", peer, "addr", "add", "10.123.0.2/24", "dev", "v1");
      exec("ip", "-n", name, "link", "set", "v0", "up");
      exec("ip", "-n", peer, "link", "set", "v1", "up");
      exec("ip", "-n", peer, "neigh", "replace", "10.123.0.1", "lladdr", address(), "dev", "v1");
    } catch (IOException | InterruptedException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private String address() throws IOException, InterruptedException {
    String shown = exec("ip", "-n", name, "-o", "link", "show", "v0");
    String after = shown.substring(shown.indexOf("link/ether ") + "link/ether ".length());
    return after.substring(0, after.indexOf(' '));
  }

  /// Sends UDP packets from `v1` to `v0`.
  public void send(int packets) throws IOException, InterruptedException {
    exec(
        "ip",
        "netns",
        "exec",
        peer,
        "bash",
        "-c",
        "for i in $(seq " + packets + "); do echo x > /dev/udp/10.123.0.1/9; done");
  }

  /// What `ip` or `tc` prints in this namespace.
  public String tool(String tool, String... arguments) throws IOException, InterruptedException {
    String[] command = new String[arguments.length + 3];
    command[0] = tool;
    command[1] = "-n";
    command[2] = name;
    System.arraycopy(arguments, 0, command, 3, arguments.length);
    return exec(command);
  }

  /// Runs something in a thread that has entered this namespace.
  public <T> T call(Callable<T> body) throws InterruptedException {
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              enter();
              return body.call();
            });
    Thread.ofPlatform().start(task);
    try {
      return task.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  /// What to write before a command that is to run in this namespace, as the same process.
  public List<String> command() {
    return List.of("nsenter", "--net=/run/netns/" + name);
  }

  private void enter() {
    try (Arena arena = Arena.ofConfined()) {
      long path = arena.allocateFrom("/run/netns/" + name).address();
      try (Descriptor file =
          Descriptor.of(Native.call(SystemCall.OPENAT, -100, path, 0, 0, 0, 0), "open")) {
        Failure.check(Native.call(SystemCall.SETNS, file.number(), NETWORK, 0, 0, 0, 0), "setns");
      }
    }
  }

  @Override
  public void close() throws IOException {
    try {
      new ProcessBuilder("ip", "netns", "del", name).start().waitFor();
      new ProcessBuilder("ip", "netns", "del", peer).start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while deleting " + name, e);
    }
  }

  private static String exec(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + output);
    }
    return output;
  }
}
