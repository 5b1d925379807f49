package org.bpf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class DoctorCommandTest {

  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

  private static void real() {
    if (!System.getProperty("bpf4j.kernel", "off").equals("require")) {
      throw new TestAbortedException("the real kernel is off: -Dbpf4j.kernel=require");
    }
  }

  @Test
  void findsNothingMissingHere() {
    real();
    CommandRun run = CommandRun.of("doctor");
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("ok      kernel: Linux ", "ok      bpf(2): ", "programs can be loaded");
    assertThat(CommandRun.of("doctor", "--json").out())
        .startsWith("{\"ok\":true,\"findings\":[{\"topic\":\"kernel\",\"grade\":\"ok\",");
  }

  @Test
  void listsFeatures() {
    real();
    assertThat(CommandRun.of("doctor", "--features").out())
        .contains("programs: socket_filter kprobe sched_cls", "maps: hash array ")
        .containsPattern("instructions: up to v[34]");
  }

  /// A process of the test's own, which gave up its privileges.
  @Test
  void saysWhatIsMissing() throws Exception {
    real();
    if (!Files.isExecutable(SETPRIV)) {
      throw new TestAbortedException("there is no setpriv to give up privileges by");
    }
    List<String> command = new ArrayList<>();
    command.add(SETPRIV.toString());
    command.addAll(List.of("--bounding-set=-all", "--inh-caps=-all"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Main.class.getName(), "doctor"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isOne();
    assertThat(out)
        .contains(
            "MISSING bpf(2): map refused, program refused",
            "this process lacks CAP_BPF (or CAP_SYS_ADMIN)",
            "limited CAP_BPF: no",
            "programs cannot be loaded");
  }
}
