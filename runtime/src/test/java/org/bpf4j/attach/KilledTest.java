package org.bpf4j.attach;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Hook.Direction;
import org.bpf4j.handle.Link;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.inspect.KernelInventory;
import org.bpf4j.kernel.RealKernel;
import org.bpf4j.load.ObjectText;
import org.bpf4j.sys.NetworkNamespace;
import org.bpf4j.sys.TestPrograms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Processes are killed at any point of loading, attaching and using: what are links goes with
/// them, and a filter, which is none, goes with the next attachment of the same program.
///
/// `-Dbpf4j.fault.kills` says how often.
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KilledTest {

  private static final int KILLS = Integer.getInteger("bpf4j.fault.kills", 6);
  private static final long SEED = Long.getLong("bpf4j.fault.first", 1);

  /// How long a process runs at most after it has begun, ms.
  private static final int MOST_MILLISECONDS = 1_500;

  private static final String TC = KilledMain.PREFIX + "tc";

  @Test
  void nothingStaysOrItIsReclaimed() throws Exception {
    RealKernel.use();
    Random random = new Random(SEED);
    int filters = 0;
    try (NetworkNamespace namespace = new NetworkNamespace()) {
      for (int kill = 0; kill < KILLS; kill++) {
        runAndKill(namespace, SEED + kill, random.nextInt(MOST_MILLISECONDS));
        List<StaleAttachment> stale =
            namespace.call(StaleAttachment::find).stream()
                .filter(left -> left.toString().startsWith("filter"))
                .toList();
        assertThat(stale).allMatch(left -> left.toString().contains(TC));
        assertThat(stale).hasSizeLessThanOrEqualTo(1);
        filters += stale.size();
        if (!stale.isEmpty()) {
          reclaim(namespace);
        }
        assertNothingIsLeft(namespace);
      }
    }
    System.out.println(KILLS + " processes killed, " + filters + " filters reclaimed");
  }

  private static void runAndKill(NetworkNamespace namespace, long seed, int milliseconds)
      throws Exception {
    List<String> command = new ArrayList<>(namespace.command());
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-classpath",
            System.getProperty("java.class.path"),
            KilledMain.class.getName(),
            Long.toString(seed)));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(reader.readLine()).isEqualTo("begun");
      Thread.sleep(milliseconds);
      assertThat(process.isAlive()).as("what the process says at its end").isTrue();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /// The next process that attaches a program of that name, here in both directions.
  private static void reclaim(NetworkNamespace namespace) throws Exception {
    try (LoadedObject object = new ObjectText().program("tc", TC, "r0 = -1\nexit").load()) {
      for (Direction direction : Direction.values()) {
        Link link =
            namespace.call(
                () ->
                    FilterAttachment.attach(
                        TestPrograms.descriptor(object, TC),
                        TC,
                        new Hook.Tc("v0", direction),
                        NetworkInterfaces.index("v0")));
        link.close();
      }
    }
  }

  /// The kernel frees what nobody holds a moment later.
  private static void assertNothingIsLeft(NetworkNamespace namespace) throws Exception {
    for (String hook : List.of("ingress", "egress")) {
      assertThat(namespace.tool("tc", "filter", "show", "dev", "v0", hook)).isEmpty();
    }
    List<String> left = programs();
    for (int tries = 0; tries < 100 && !left.isEmpty(); tries++) {
      Thread.sleep(50);
      left = programs();
    }
    assertThat(left).isEmpty();
    assertThat(namespace.tool("ip", "link", "show", "v0")).doesNotContain("xdp");
  }

  private static List<String> programs() {
    return KernelInventory.programsAlone().stream()
        .map(program -> program.name())
        .filter(name -> name.startsWith(KilledMain.PREFIX))
        .toList();
  }
}
