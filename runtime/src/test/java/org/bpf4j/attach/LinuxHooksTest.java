package org.bpf4j.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Hook.Direction;
import org.bpf4j.handle.Hook.XdpMode;
import org.bpf4j.handle.Link;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.kernel.NoSuchTargetException;
import org.bpf4j.kernel.RealKernel;
import org.bpf4j.kernel.SyscallException;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.load.ObjectText;
import org.bpf4j.object.ProgramFamily;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.NetworkNamespace;
import org.bpf4j.sys.TestPrograms;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LinuxHooksTest {

  /// Counts UDP packets to port 9; `data` and `data_end` stand at 0 and 4, or 76 and 80.
  private static final String COUNT_UDP =
      """
      r2 = *(u32 *)(r1 + %d)
      r3 = *(u32 *)(r1 + %d)
      r4 = r2
      r4 += 42
      if r4 > r3 goto +8
      r5 = *(u8 *)(r2 + 23)
      if r5 != 17 goto +6
      r5 = *(u16 *)(r2 + 36)
      if r5 != 0x900 goto +4
      r1 = data .bss 0
      r2 = 1
      lock *(u64 *)(r1 + 0) += r2
      r0 = %d
      exit
      """;

  @BeforeEach
  void real() {
    RealKernel.use();
  }

  private static LoadedObject load(String section, String lines) {
    return new ObjectText().data(".bss", "count", 0).program(section, "program", lines).load();
  }

  private static long count(LoadedObject object) {
    return object.data(".bss").segment().get(ValueLayout.JAVA_LONG, 0);
  }

  private static void exec(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
  }

  /// Others may run commands at the same time, so the count is a lower bound.
  @Test
  void countsTheExecsOfAChild() throws Exception {
    String lines =
        """
        call 14
        r1 = data .bss 0
        r2 = 1
        lock *(u64 *)(r1 + 0) += r2
        r0 = 0
        exit
        """;
    try (LoadedObject object = load("tracepoint/syscalls/sys_enter_execve", lines)) {
      exec("/bin/true");
      assertThat(count(object)).isZero();
      Link link =
          object.program("program").attach(new Hook.Tracepoint("syscalls", "sys_enter_execve"));
      assertThat(link.diesWithProcess()).isTrue();
      for (int i = 0; i < 10; i++) {
        exec("/bin/true");
      }
      long counted = count(object);
      assertThat(counted).isGreaterThanOrEqualTo(10);
      link.close();
      link.close();
    }
  }

  @Test
  void attachesToRawTracepoints() throws Exception {
    try (LoadedObject object =
        load(
            "raw_tracepoint/sys_enter",
            """
            r1 = data .bss 0
            r2 = 1
            lock *(u64 *)(r1 + 0) += r2
            r0 = 0
            exit
            """)) {
      try (Link _ = object.program("program").attach(new Hook.RawTracepoint("sys_enter"))) {
        exec("/bin/true");
      }
      assertThat(count(object)).isPositive();
    }
  }

  @ParameterizedTest
  @EnumSource(XdpMode.class)
  void dropsFramesOnAnInterface(XdpMode mode) throws Exception {
    try (NetworkNamespace namespace = new NetworkNamespace();
        LoadedObject object = load("xdp", COUNT_UDP.formatted(0, 4, 2))) {
      Link link = attach(namespace, object, new Hook.Xdp("v0", mode));
      namespace.send(7);
      assertThat(count(object)).isEqualTo(7);
      assertThat(namespace.tool("ip", "link", "show", "v0")).contains("prog/xdp");
      link.close();
      assertThat(namespace.tool("ip", "link", "show", "v0")).doesNotContain("prog/xdp");
      namespace.send(3);
      assertThat(count(object)).isEqualTo(7);
    }
  }

  private static Link attach(NetworkNamespace namespace, LoadedObject object, Hook hook)
      throws InterruptedException {
    return namespace.call(() -> object.program("program").attach(hook));
  }

  @Test
  void saysThatAnotherProgramIsThere() throws Exception {
    try (NetworkNamespace namespace = new NetworkNamespace();
        LoadedObject object = load("xdp", COUNT_UDP.formatted(0, 4, 2))) {
      Hook hook = new Hook.Xdp("v0", XdpMode.GENERIC);
      try (Link _ = attach(namespace, object, hook)) {
        assertThatThrownBy(() -> attach(namespace, object, hook))
            .isInstanceOf(SyscallException.class)
            .hasMessageContaining("EBUSY (16)");
      }
    }
  }

  @Test
  void seesPacketsInBothDirections() throws Exception {
    try (NetworkNamespace namespace = new NetworkNamespace();
        LoadedObject in = load("tc", COUNT_UDP.formatted(76, 80, 0));
        LoadedObject out = load("tc", COUNT_UDP.formatted(76, 80, 0))) {
      Link ingress = attach(namespace, in, new Hook.Tc("v0", Direction.INGRESS));
      Link egress = attach(namespace, out, new Hook.Tc("v0", Direction.EGRESS));
      namespace.send(4);
      assertThat(count(in)).isEqualTo(4);
      assertThat(count(out)).isZero();
      ingress.close();
      egress.close();
      namespace.send(4);
      assertThat(count(in)).isEqualTo(4);
    }
  }

  /// What kernels before 6.6 get.
  @Test
  void attachesFiltersByNetlink() throws Exception {
    try (NetworkNamespace namespace = new NetworkNamespace();
        LoadedObject object = load("tc", COUNT_UDP.formatted(76, 80, -1))) {
      Hook.Tc hook = new Hook.Tc("v0", Direction.INGRESS);
      Descriptor program = TestPrograms.descriptor(object, "program");
      Callable<Link> attach =
          () -> FilterAttachment.attach(program, "program", hook, NetworkInterfaces.index("v0"));
      Link first = namespace.call(attach);
      Link second = namespace.call(attach);
      assertThat(first.diesWithProcess()).isFalse();
      assertThatThrownBy(() -> first.pin(Path.of("/nowhere")))
          .isInstanceOf(UnsupportedFeatureException.class);
      namespace.send(5);
      assertThat(count(object)).isEqualTo(10);
      String tag = "bpf4j:" + ProcessHandle.current().pid() + ":program";
      assertThat(namespace.tool("tc", "filter", "show", "dev", "v0", "ingress")).contains(tag);
      first.close();
      namespace.send(1);
      assertThat(count(object)).isEqualTo(11);
      second.close();
      second.close();
      assertThat(namespace.tool("tc", "filter", "show", "dev", "v0", "ingress")).isEmpty();
    }
  }

  @Test
  void namesTheInterfacesThatThereAre() throws Exception {
    try (NetworkNamespace namespace = new NetworkNamespace();
        LoadedObject object = load("xdp", COUNT_UDP.formatted(0, 4, 2))) {
      assertThatThrownBy(() -> attach(namespace, object, new Hook.Xdp("nothere", XdpMode.ANY)))
          .isInstanceOf(NoSuchTargetException.class)
          .hasMessageStartingWith("there is no network interface \"nothere\"; there is")
          .hasMessageContaining("v0");
      assertThatThrownBy(
              () -> attach(namespace, object, new Hook.Xdp("n".repeat(100), XdpMode.ANY)))
          .isInstanceOf(NoSuchTargetException.class);
    }
  }

  @Test
  void namesTracepointsLikeTheOneThatIsMissing() {
    try (LoadedObject object = load("tracepoint/syscalls/sys_enter_execve", "r0 = 0\nexit")) {
      assertThatThrownBy(
              () ->
                  object
                      .program("program")
                      .attach(new Hook.Tracepoint("syscalls", "sys_entry_execve")))
          .isInstanceOf(NoSuchTargetException.class)
          .hasMessageContaining("tracepoint syscalls/sys_entry_execve")
          .hasMessageContaining("sys_enter_execve");
      assertThatThrownBy(
              () -> object.program("program").attach(new Hook.Tracepoint("..", "events")))
          .isInstanceOf(NoSuchTargetException.class);
    }
  }

  /// A mistake in a name is answered with the names that may have been meant.
  @Test
  void namesWhatMayHaveBeenMeant() throws Exception {
    assertThatThrownBy(() -> load("fentry/tcp_v4_conect", "r0 = 0\nexit"))
        .isInstanceOf(NoSuchTargetException.class)
        .hasMessageContaining("tcp_v4_connect");
    assertThatThrownBy(() -> load("lsm/file_opn", "r0 = 0\nexit"))
        .isInstanceOf(NoSuchTargetException.class)
        .hasMessageContaining("; there is file_open");
    assertThatThrownBy(() -> load("tp_btf/sched_swich", "r0 = 0\nexit"))
        .isInstanceOf(NoSuchTargetException.class)
        .hasMessageContaining("sched_switch");
    try (LoadedObject object = load("raw_tracepoint/sys_enter", "r0 = 0\nexit")) {
      assertThatThrownBy(
              () -> object.program("program").attach(new Hook.RawTracepoint("sched_swich")))
          .isInstanceOf(NoSuchTargetException.class)
          .hasMessageContaining("sched_switch");
    }
    try (LoadedObject object = load("tracepoint/syscalls/sys_enter_execve", "r0 = 0\nexit")) {
      assertThatThrownBy(
              () -> object.program("program").attach(new Hook.Tracepoint("task", "sched_switch")))
          .isInstanceOf(NoSuchTargetException.class)
          .hasMessageContaining("sched/sched_switch");
    }
    try (NetworkNamespace namespace = new NetworkNamespace();
        LoadedObject object = load("xdp", COUNT_UDP.formatted(0, 4, 2))) {
      assertThatThrownBy(() -> attach(namespace, object, new Hook.Xdp("v00", XdpMode.ANY)))
          .isInstanceOf(NoSuchTargetException.class)
          .hasMessageContaining("there is v0");
    }
    try (LoadedObject object = load("cgroup_skb/egress", "r0 = 1\nexit")) {
      Hook nowhere = new Hook.Cgroup(Path.of("/nowhere/group"), ProgramFamily.CGROUP_SKB);
      assertThatThrownBy(() -> object.program("program").attach(nowhere))
          .isInstanceOf(NoSuchTargetException.class)
          .hasMessageContaining("cgroup (version 2) /nowhere/group");
    }
  }

  @Test
  void refusesHooksOfAnotherKind() {
    try (LoadedObject object = load("xdp", "r0 = 2\nexit")) {
      assertThatThrownBy(() -> object.program("program").attach(new Hook.RawTracepoint("x")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is of kind XDP");
    }
  }

  /// Attaches where the kernel can, and says why it cannot elsewhere.
  @Test
  void probesKernelFunctions() throws Exception {
    String lines =
        """
        r1 = data .bss 0
        r2 = 1
        lock *(u64 *)(r1 + 0) += r2
        r0 = 0
        exit
        """;
    try (LoadedObject object = load("kprobe/do_nanosleep", lines)) {
      Hook missing = new Hook.Kprobe("no_such_function", false);
      assertThatThrownBy(() -> object.program("program").attach(missing))
          .isInstanceOfAny(NoSuchTargetException.class, UnsupportedFeatureException.class);
      try (Link _ = object.program("program").attach(new Hook.Kprobe("do_nanosleep", false))) {
        exec("sleep", "0.01");
        assertThat(count(object)).isPositive();
      } catch (UnsupportedFeatureException e) {
        assertThat(e.feature()).contains("kprobes");
        assertThat(Path.of("/sys/bus/event_source/devices/kprobe")).doesNotExist();
      }
    }
  }

  @Test
  void keepsLinksOfAClosedObject() throws Exception {
    try (NetworkNamespace namespace = new NetworkNamespace()) {
      LoadedObject object = load("xdp", COUNT_UDP.formatted(0, 4, 2));
      Link link = attach(namespace, object, new Hook.Xdp("v0", XdpMode.GENERIC));
      object.close();
      assertThat(namespace.tool("ip", "link", "show", "v0")).contains("prog/xdp");
      link.close();
      assertThat(namespace.tool("ip", "link", "show", "v0")).doesNotContain("prog/xdp");
    }
  }
}
