package org.bpf4j.examples.execlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bpf4j.examples.execlog.ExecLog.Exec;
import org.bpf4j.handle.Layout;
import org.bpf4j.junit.BpfTest;
import org.bpf4j.sim.SimulatedKernel;
import org.bpf4j.sim.Task;
import org.junit.jupiter.api.Test;

/// The structs of the kernel are those that the program declares, laid out as its object says.
@BpfTest
class ExecLogTest {

  private static final String TASK = "task_struct___bpf4j1";
  private static final String ARGUMENTS = "trace_event_raw_sched_process_exec___bpf4j1";

  @Test
  void logsWhoStartedWhat(SimulatedKernel kernel) {
    try (ExecLogBpf log = ExecLogBpf.load(kernel)) {
      log.attachAll();
      kernel.task(Task.of(4711, "make").ownedBy(1001, 100));
      child(kernel, log, 42);
      exec(kernel, log, "/usr/bin/make");

      Exec exec = events(log).getFirst();
      assertThat(exec.pid).isEqualTo(4711);
      assertThat(exec.parent).isEqualTo(42);
      assertThat(exec.uid).isEqualTo(1001);
      assertThat(exec.startedNs).isEqualTo(kernel.clock().nanos());
      assertThat(exec.comm.text()).isEqualTo("make");
      assertThat(exec.path.text()).isEqualTo("/usr/bin/make");
    }
  }

  @Test
  void cutsWhatIsTooLong(SimulatedKernel kernel) {
    try (ExecLogBpf log = ExecLogBpf.load(kernel)) {
      log.attachAll();
      child(kernel, log, 1);
      exec(kernel, log, "/" + "x".repeat(400));
      assertThat(events(log).getFirst().path.text()).isEqualTo("/" + "x".repeat(254));
    }
  }

  @Test
  void logsOneUserIfConfigured(SimulatedKernel kernel) {
    try (ExecLogBpf log = ExecLogBpf.configure().onlyUid(7).load(kernel)) {
      log.attachAll();
      child(kernel, log, 1);
      kernel.task(Task.of(1, "a").ownedBy(6, 6));
      exec(kernel, log, "/bin/a");
      kernel.task(Task.of(2, "b").ownedBy(7, 7));
      exec(kernel, log, "/bin/b");
      assertThat(events(log)).extracting(exec -> exec.comm.text()).containsExactly("b");
    }
  }

  @Test
  void countsWhatIsLost(SimulatedKernel kernel) {
    try (ExecLogBpf log =
        ExecLogBpf.configure().events(ring -> ring.maxEntries(4096)).load(kernel)) {
      log.attachAll();
      child(kernel, log, 1);
      for (int i = 0; i < 20; i++) {
        exec(kernel, log, "/bin/true");
      }
      int logged = events(log).size();
      assertThat(logged).isBetween(1, 19);
      assertThat(log.events().lost()).isEqualTo(20 - logged);
    }
  }

  /// Makes the current task one whose parent has that number.
  private static void child(SimulatedKernel kernel, ExecLogBpf log, int parent) {
    Layout layout = Layout.of(log.loaded().object().btf(), TASK);
    int tgid = (int) layout.offset("tgid");
    ByteBuffer above = allocate(layout.bytes()).putInt(tgid, parent);
    long address = kernel.kernelMemory(above.array());
    int realParent = (int) layout.offset("real_parent");
    kernel.taskStruct(allocate(layout.bytes()).putLong(realParent, address).array());
  }

  /// Hits the tracepoint with a dynamic string: its length in the upper half, its place below.
  private static void exec(SimulatedKernel kernel, ExecLogBpf log, String path) {
    Layout layout = Layout.of(log.loaded().object().btf(), ARGUMENTS);
    byte[] text = (path + "\0").getBytes(StandardCharsets.UTF_8);
    ByteBuffer arguments = allocate(layout.bytes() + text.length);
    int at = (int) layout.offset("__data_loc_filename");
    arguments.putInt(at, text.length << 16 | layout.bytes()).put(layout.bytes(), text);
    assertThat(kernel.tracepoint("sched", "sched_process_exec", arguments.array())).isOne();
  }

  private static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static List<Exec> events(ExecLogBpf log) {
    List<Exec> events = new ArrayList<>();
    log.events().consume(events::add);
    return events;
  }
}
