package org.bpf4j.examples.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bpf4j.examples.Command;
import org.bpf4j.examples.kernel.FairSchedulerBpf;
import org.bpf4j.examples.kernel.FifoSchedulerBpf;
import org.bpf4j.object.KernelVersion;

/// Schedulers, which no machine is to be left with that others use.
final class SchedulerChecks {

  /// Of the kernels here the first that is configured with it (`CONFIG_SCHED_CLASS_EXT`).
  private static final KernelVersion CONFIGURED = new KernelVersion(6, 18);

  private static final Path STATE = Path.of("/sys/kernel/sched_ext");

  static final List<Check> ALL =
      List.of(
          new Check("a scheduler schedules", CONFIGURED, SchedulerChecks::fifo),
          new Check("a scheduler keeps account of tasks", CONFIGURED, SchedulerChecks::fair));

  private SchedulerChecks() {}

  private static String fifo() throws Exception {
    try (var bpf = FifoSchedulerBpf.load()) {
      require("disabled", state());
      try (var _ = bpf.operations().attach()) {
        require("enabled", state());
        require("bpf4j_fifo", Files.readString(STATE.resolve("root/ops")).strip());
        for (int i = 0; i < 10; i++) {
          Command.run("/bin/true");
        }
      }
      require("disabled", state());
      if (bpf.queued() < 10 || bpf.run() < 10) {
        throw new IllegalStateException(bpf.queued() + " queued, " + bpf.run() + " run");
      }
      return bpf.queued() + " times queued, " + bpf.run() + " times run";
    }
  }

  private static String fair() throws Exception {
    try (var bpf = FairSchedulerBpf.load()) {
      require("disabled", state());
      try (var _ = bpf.operations().attach()) {
        require("bpf4j_fair", Files.readString(STATE.resolve("root/ops")).strip());
        for (int i = 0; i < 10; i++) {
          Command.run("/bin/true");
        }
      }
      require("disabled", state());
      if (bpf.started() < 10 || bpf.stopped() < 10 || bpf.now() == 0) {
        throw new IllegalStateException(
            bpf.started() + " started, " + bpf.stopped() + " stopped, at " + bpf.now());
      }
      return bpf.started() + " times started, after " + bpf.now() + " ns";
    }
  }

  private static String state() throws IOException {
    return Files.readString(STATE.resolve("state")).strip();
  }

  private static void require(String expected, String found) {
    if (!expected.equals(found)) {
      throw new IllegalStateException("expected " + expected + ", found " + found);
    }
  }
}
