package org.bpf4j.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bpf4j.handle.ListScope;
import org.bpf4j.object.ProgramKind;
import org.junit.jupiter.api.Test;

/// Iterators over every list of the kernel: each is read, and has what the test put there.
class ListHooksTest {

  /// Lists that always have something, with the programs that write them.
  private static final Map<String, String> FULL =
      Map.of(
          "task", "task",
          "taskFile", "task_file",
          "taskVma", "task_vma",
          "bpfMap", "bpf_map",
          "bpfProg", "bpf_prog",
          "tcp", "tcp",
          "netlink", "netlink",
          "ksym", "ksym",
          "kmemCache", "kmem_cache");

  /// Lists that may be empty on a machine: of links, sockets, routes and buffers.
  private static final List<String> PERHAPS_EMPTY =
      List.of("bpfLink", "udp", "unix", "ipv6Route", "dmabuf");

  @Test
  @Fires(ProgramKind.ITER)
  void listsOfTheKernel() throws Exception {
    try (LiveCase lists = LiveCase.load("tracing/lists-of-everything");
        ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      assertThat(server.isBound()).isTrue();
      ListScope.OfProcess own = new ListScope.OfProcess(ProcessHandle.current().pid());
      new TreeMap<>(FULL)
          .forEach(
              (program, word) -> {
                ListScope scope = program.startsWith("task") ? own : new ListScope.All();
                assertThat(lists.program(program).list(scope)).as(program).startsWith(word + " ");
              });
      for (String program : PERHAPS_EMPTY) {
        assertThat(lists.program(program).list(new ListScope.All()))
            .as(program)
            .matches("(\\w+ \\d+\n)*");
      }
    }
  }

  @Test
  @Does(value = "the files of one process are listed", since = "6.1")
  void listsOfOneProcess() throws Exception {
    try (LiveCase lists = LiveCase.load("tracing/lists-of-everything")) {
      ListScope own = new ListScope.OfProcess(ProcessHandle.current().pid());
      assertThat(lists.program("taskFile").list(own)).startsWith("task_file ");
    }
  }

  /// The program runs for what is read: a reader that leaves early frees the reading.
  @Test
  void listsAreReadAsFarAsSomebodyReads() throws Exception {
    try (LiveCase lists = LiveCase.load("tracing/lists-of-everything")) {
      InputStream tasks = lists.program("task").listing(new ListScope.All());
      try (tasks) {
        assertThat(new String(tasks.readNBytes(5), StandardCharsets.UTF_8)).isEqualTo("task ");
        assertThat(tasks.read()).isBetween((int) '0', (int) '9');
      }
      assertThatThrownBy(tasks::read)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("closed");
      tasks.close();
    }
  }

  @Test
  @Does(value = "control groups are listed", since = "6.1")
  void controlGroups() throws Exception {
    try (TestCgroup cgroup = TestCgroup.create();
        LiveCase lists = LiveCase.load("tracing/lists-of-everything")) {
      ListScope self = new ListScope.OfCgroup(cgroup.directory(), ListScope.Order.SELF);
      assertThat(lists.program("cgroup").list(self)).isEqualTo("cgroup 1\n");
      ListScope up = new ListScope.OfCgroup(cgroup.directory(), ListScope.Order.UP);
      assertThat(lists.program("cgroup").list(up).lines().count()).isGreaterThan(1);
    }
  }
}
