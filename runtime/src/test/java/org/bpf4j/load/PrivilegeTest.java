package org.bpf4j.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpf4j.kernel.RealKernel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/// What processes are told that gave up privileges.
class PrivilegeTest {

  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
  private static final Path UNSHARE = Path.of("/usr/bin/unshare");

  @BeforeEach
  void real() {
    RealKernel.use();
    if (!Files.isExecutable(SETPRIV) || !Files.isExecutable(UNSHARE)) {
      throw new TestAbortedException("there is no setpriv or unshare to give up privileges by");
    }
  }

  /// Where control groups are.
  private static String groups() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/mounts")).stream()
        .map(line -> line.split(" "))
        .filter(words -> words[2].equals("cgroup2"))
        .map(words -> words[1])
        .findFirst()
        .orElseThrow(() -> new TestAbortedException("no mounted cgroup2"));
  }

  /// As another user than the superuser, with no more than these.
  private static Map<String, String> only(String... capabilities) throws Exception {
    String list = "-all,+" + String.join(",+", capabilities);
    return attempts(
        "--reuid=65534",
        "--clear-groups",
        "--inh-caps=" + list,
        "--ambient-caps=" + list,
        "--bounding-set=" + list);
  }

  @Test
  void networksTakeTwo() throws Exception {
    Map<String, String> attempts = only("bpf", "net_admin");
    assertThat(attempts)
        .containsEntry("map", "done")
        .containsEntry("device", "done")
        .containsEntry("traffic", "done")
        .containsEntry("group", "done")
        .containsEntry("ring", "done")
        .containsEntry("features", "done");
    assertThat(attempts.get("length"))
        .contains("pointer prohibited", "; perhaps since this process lacks CAP_PERFMON");
    for (String tracing : List.of("raw", "typed", "event", "uprobe", "uprobes", "samples")) {
      assertThat(attempts.get(tracing)).as(tracing).contains("lacks CAP_PERFMON (or");
    }
  }

  @Test
  void tracingTakesTwo() throws Exception {
    Map<String, String> attempts = only("bpf", "perfmon");
    assertThat(attempts)
        .containsEntry("map", "done")
        .containsEntry("raw", "done")
        .containsEntry("typed", "done")
        .containsEntry("uprobes", "done")
        .containsEntry("samples", "done")
        .containsEntry("features", "done");
    for (String network : List.of("device", "traffic", "group", "ring", "length")) {
      assertThat(attempts.get(network)).as(network).contains("lacks CAP_NET_ADMIN (or");
    }
    assertThat(attempts.get("uprobe"))
        .satisfiesAnyOf(
            done -> assertThat(done).isEqualTo("done"),
            refused -> assertThat(refused).endsWith("this process lacks CAP_SYS_ADMIN"));
    assertThat(attempts.get("event"))
        .satisfiesAnyOf(
            done -> assertThat(done).isEqualTo("done"),
            refused -> assertThat(refused).contains("CAP_DAC_READ_SEARCH", "mount -o remount"));
  }

  /// What [Attempts] prints, by attempt.
  private static Map<String, String> attempts(String... privileges) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(UNSHARE.toString(), "--net", SETPRIV.toString()));
    command.addAll(List.of(privileges));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Attempts.class.getName());
    command.add(groups());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    if (out.contains("Could not find or load main class")) {
      throw new TestAbortedException("the classes are not for other users to read: " + out);
    }
    assertThat(status).as(out).isZero();
    Map<String, String> attempts = new HashMap<>();
    out.lines()
        .filter(line -> line.contains(": "))
        .forEach(
            line ->
                attempts.put(
                    line.substring(0, line.indexOf(": ")), line.substring(line.indexOf(": ") + 2)));
    return attempts;
  }

  @Test
  void namesCapBpf() throws Exception {
    Map<String, String> attempts = attempts("--bounding-set=-bpf,-sys_admin");
    assertThat(attempts.get("map"))
        .startsWith("NotPermittedException: BPF_MAP_CREATE of HASH `table`")
        .contains("this process lacks CAP_BPF (or CAP_SYS_ADMIN)")
        .contains("kernel.unprivileged_bpf_disabled is ");
    assertThat(attempts.get("xdp")).contains("lacks CAP_BPF (or CAP_SYS_ADMIN)");
  }

  @Test
  void namesCapPerfmon() throws Exception {
    Map<String, String> attempts = attempts("--bounding-set=-perfmon,-sys_admin");
    assertThat(attempts).containsEntry("map", "done").containsEntry("xdp", "done");
    assertThat(attempts.get("tracepoint"))
        .startsWith("NotPermittedException: BPF_PROG_LOAD of TRACEPOINT `program`")
        .contains("lacks CAP_PERFMON (or CAP_SYS_ADMIN); kernel.perf_event_paranoid is ");
    assertThat(attempts.get("leak"))
        .startsWith("RejectedException: ")
        .contains("leaks addr", "; perhaps since this process lacks CAP_PERFMON");
  }

  @Test
  void namesCapNetAdmin() throws Exception {
    Map<String, String> attempts = attempts("--bounding-set=-net_admin,-sys_admin");
    assertThat(attempts.get("xdp"))
        .startsWith("NotPermittedException: BPF_PROG_LOAD of XDP `program`")
        .contains("lacks CAP_NET_ADMIN (or CAP_SYS_ADMIN)")
        .doesNotContain("CAP_BPF", "CAP_PERFMON");
    assertThat(attempts).containsEntry("map", "done").containsEntry("raw", "done");
  }

  @Test
  void namesCapSysAdmin() throws Exception {
    Map<String, String> attempts = attempts("--bounding-set=-sys_admin");
    assertThat(attempts.get("list"))
        .startsWith("NotPermittedException: listing what is in the kernel")
        .endsWith("this process lacks CAP_SYS_ADMIN");
    assertThat(attempts.get("count")).contains("BPF_ENABLE_STATS", "lacks CAP_SYS_ADMIN");
    attempts.keySet().removeAll(Set.of("list", "count", "uprobe"));
    assertThat(attempts).hasSizeGreaterThan(12);
    assertThat(attempts.values()).containsOnly("done");
  }

  /// Another user, without any privilege.
  @Test
  void namesAllThatAnOrdinaryUserLacks() throws Exception {
    Map<String, String> attempts =
        attempts("--reuid=65534", "--clear-groups", "--bounding-set=-all", "--inh-caps=-all");
    assertThat(attempts.get("xdp")).contains("lacks CAP_NET_ADMIN, CAP_BPF (or CAP_SYS_ADMIN)");
    assertThat(attempts.get("tracepoint"))
        .contains("lacks CAP_PERFMON, CAP_BPF (or CAP_SYS_ADMIN)");
    assertThat(attempts.get("list")).contains("lacks CAP_SYS_ADMIN");
  }
}
