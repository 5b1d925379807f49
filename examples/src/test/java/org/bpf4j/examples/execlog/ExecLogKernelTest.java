package org.bpf4j.examples.execlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bpf4j.examples.ChildJvm;
import org.bpf4j.examples.Command;
import org.bpf4j.examples.HeldByProcess;
import org.bpf4j.examples.RealKernel;
import org.bpf4j.examples.execlog.ExecLog.Exec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real execs of a program whose path nobody else knows.
class ExecLogKernelTest {

  @TempDir private Path directory = Path.of("");

  @BeforeEach
  void real() {
    RealKernel.use();
  }

  private String program() throws Exception {
    return Files.copy(Path.of("/bin/true"), directory.resolve("started-by-test")).toString();
  }

  @Test
  void logsARealExec() throws Exception {
    String program = program();
    try (ExecLogBpf log = ExecLogBpf.load()) {
      log.attachAll();
      Process process = new ProcessBuilder(program).start();
      Exec exec = find(log, program);
      assertThat(process.waitFor()).isZero();
      assertThat(exec.pid).isEqualTo((int) process.pid());
      assertThat(exec.comm.text()).isEqualTo("started-by-test");
      assertThat(exec.startedNs).isBetween(0L, System.nanoTime());
      assertThat(exec.uid).isEqualTo(Integer.parseInt(Command.run("id", "-u").strip()));
    }
  }

  private static Exec find(ExecLogBpf log, String path) throws InterruptedException {
    List<Exec> found = new ArrayList<>();
    for (int i = 0; i < 100 && found.isEmpty(); i++) {
      log.events()
          .poll(
              Duration.ofMillis(100),
              exec -> {
                if (exec.path.contentEquals(path)) {
                  found.add(exec);
                }
              });
    }
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  @Test
  void knowsTheParent() throws Exception {
    String program = program();
    try (ExecLogBpf log = ExecLogBpf.load()) {
      log.attachAll();
      Process shell =
          new ProcessBuilder("/bin/sh", "-c", "echo $$; \"$0\"; exit 0", program).start();
      byte[] printed = shell.getInputStream().readAllBytes();
      int parent = Integer.parseInt(new String(printed, StandardCharsets.US_ASCII).strip());
      assertThat(find(log, program).parent).isEqualTo(parent);
    }
  }

  @Test
  void printsAndLeavesNothing() throws Exception {
    String program = program();
    try (ChildJvm child = new ChildJvm(List.of(), ExecLog.class, "--seconds", "6")) {
      child.await(line -> line.contains("PARENT"));
      HeldByProcess held = HeldByProcess.of(child.pid());
      assertThat(held.ofKind("prog")).hasSize(1);
      Command.run(program);
      String line = child.await(text -> text.endsWith(" " + program));
      assertThat(line).contains("started-by-test");
      child.await("lost: 0"::equals);
      assertThat(child.await()).isZero();
      assertThat(held.remaining()).isEmpty();
    }
  }

  @Test
  void leavesNothingWhenKilled() throws Exception {
    try (ChildJvm child = new ChildJvm(List.of(), ExecLog.class)) {
      child.await(line -> line.contains("PARENT"));
      HeldByProcess held = HeldByProcess.of(child.pid());
      assertThat(held.objects()).isNotEmpty();
      child.kill();
      assertThat(held.remaining()).isEmpty();
    }
  }
}
