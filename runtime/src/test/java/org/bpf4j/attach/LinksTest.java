package org.bpf4j.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bpf4j.handle.BinaryPlace;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Hook.Direction;
import org.bpf4j.handle.Hook.NetfilterPoint;
import org.bpf4j.handle.Hook.XdpMode;
import org.bpf4j.handle.Link;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.handle.LoadedProgram;
import org.bpf4j.inspect.KernelInventory;
import org.bpf4j.inventory.LinkTarget;
import org.bpf4j.inventory.ListedLink;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.kernel.NoSuchTargetException;
import org.bpf4j.kernel.RealKernel;
import org.bpf4j.kernel.SyscallException;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.load.ObjectText;
import org.bpf4j.object.ProgramFamily;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.NetworkNamespace;
import org.bpf4j.sys.TestPrograms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/// What can be done with attachments once they are made.
class LinksTest {

  /// Counts its runs, and lets pass what comes.
  private static final String COUNT =
      """
      r1 = data .bss 0
      r2 = 1
      lock *(u64 *)(r1 + 0) += r2
      r0 = %d
      exit
      """;

  private final Path pins = Path.of("/sys/fs/bpf/bpf4j-links-" + ProcessHandle.current().pid());

  @BeforeEach
  void real() throws Exception {
    RealKernel.use();
    if (!Files.isDirectory(pins.getParent())) {
      throw new TestAbortedException("there is no BPF file system");
    }
    Files.createDirectory(pins);
  }

  @AfterEach
  void removePins() throws Exception {
    if (Files.isDirectory(pins)) {
      try (var files = Files.list(pins)) {
        for (Path pin : files.toList()) {
          Files.delete(pin);
        }
      }
      Files.delete(pins);
    }
  }

  private static LoadedObject load(String section, int result) {
    return new ObjectText()
        .data(".bss", "count", 0)
        .program(section, "program", COUNT.formatted(result))
        .load();
  }

  private static LoadedProgram program(LoadedObject object) {
    return object.program("program");
  }

  private static long count(LoadedObject object) {
    return object.data(".bss").segment().get(ValueLayout.JAVA_LONG, 0);
  }

  private static int id(LoadedObject object) {
    return KernelInventory.describe(program(object)).id();
  }

  private static Link attach(NetworkNamespace namespace, LoadedObject object, Hook hook)
      throws InterruptedException {
    return namespace.call(() -> program(object).attach(hook));
  }

  /// Everything that a link of bpf(2) with updates can do.
  private void updates(Callable<Link> attach, LoadedObject first, LoadedObject second)
      throws Exception {
    Path pin = pins.resolve("link");
    try (Link link = attach.call()) {
      int id = link.info().id();
      assertThat(link.info().programId()).isEqualTo(id(first));
      assertThat(link.replace(program(second), program(first))).isFalse();
      assertThat(link.info().programId()).isEqualTo(id(first));
      link.update(program(second));
      assertThat(link.info().programId()).isEqualTo(id(second));
      assertThat(link.replace(program(second), program(first))).isTrue();
      assertThat(link.replace(id(second), program(second))).isFalse();
      assertThat(link.replace(id(first), program(second))).isTrue();
      assertThat(link.info().programId()).isEqualTo(id(second));
      assertThat(link.isPinned()).isFalse();
      assertThat(link.diesWithProcess()).isTrue();
      link.pin(pin);
      assertThat(link.isPinned()).isTrue();
      assertThat(link.diesWithProcess()).isFalse();
      assertThatThrownBy(() -> link.pin(pin))
          .isInstanceOf(SyscallException.class)
          .hasMessageContaining("something is there already");
      link.close();
      assertThatThrownBy(link::info).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> link.update(program(first)))
          .isInstanceOf(IllegalStateException.class);
      try (Link opened = Kernel.local().openLink(pin);
          Link numbered = Kernel.local().openLink(id)) {
        assertThat(opened.hook()).isEqualTo(Optional.empty());
        assertThat(opened.isPinned()).isTrue();
        assertThat(numbered.isPinned()).isFalse();
        assertThat(opened.info()).isEqualTo(numbered.info());
        opened.update(program(first));
        assertThat(numbered.info().programId()).isEqualTo(id(first));
        opened.unpin();
        opened.unpin();
        assertThat(opened.isPinned()).isFalse();
        assertThat(pin).doesNotExist();
        numbered.detach();
        assertThatThrownBy(() -> opened.update(program(second)))
            .isInstanceOf(SyscallException.class)
            .hasMessageContaining("ENOLINK (67)");
      }
    }
  }

  @Test
  void linksToXdpAreUpdated() throws Exception {
    try (NetworkNamespace namespace = new NetworkNamespace();
        LoadedObject first = load("xdp", 2);
        LoadedObject second = load("xdp", 2)) {
      Hook hook = new Hook.Xdp("v0", XdpMode.GENERIC);
      updates(() -> attach(namespace, first, hook), first, second);
      assertThat(namespace.tool("ip", "link", "show", "v0")).doesNotContain("prog/xdp");
    }
  }

  @Test
  void linksToTrafficControlAreUpdated() throws Exception {
    try (NetworkNamespace namespace = new NetworkNamespace();
        LoadedObject first = load("tc", -1);
        LoadedObject second = load("tc", -1)) {
      Hook hook = new Hook.Tc("v0", Direction.INGRESS);
      try (Link link = attach(namespace, first, hook)) {
        if (!link.diesWithProcess()) {
          throw new TestAbortedException("this kernel has no tcx");
        }
      }
      updates(() -> attach(namespace, first, hook), first, second);
    }
  }

  @Test
  void linksToNamespacesAreUpdated() throws Exception {
    Path own = Path.of("/proc/thread-self/ns/net");
    try (NetworkNamespace namespace = new NetworkNamespace();
        LoadedObject first = load("sk_lookup", 1);
        LoadedObject second = load("sk_lookup", 1)) {
      Hook hook = new Hook.Namespace(own, ProgramFamily.SK_LOOKUP);
      updates(() -> attach(namespace, first, hook), first, second);
    }
    try (NetworkNamespace namespace = new NetworkNamespace();
        LoadedObject first = load("flow_dissector", 0);
        LoadedObject second = load("flow_dissector", 0)) {
      Hook hook = new Hook.Namespace(own, ProgramFamily.FLOW_DISSECTOR);
      updates(() -> attach(namespace, first, hook), first, second);
    }
  }

  private static Path cgroup() throws Exception {
    for (String line : Files.readAllLines(Path.of("/proc/self/mounts"))) {
      String[] words = line.split(" ");
      if (words[2].equals("cgroup2")) {
        return Files.createTempDirectory(Path.of(words[1]), "bpf4j-test-");
      }
    }
    throw new TestAbortedException("no cgroup2 is mounted");
  }

  @Test
  void linksToCgroupsAreUpdated() throws Exception {
    Path group = cgroup();
    try (LoadedObject first = load("cgroup_skb/egress", 1);
        LoadedObject second = load("cgroup_skb/egress", 1);
        LoadedObject other = load("cgroup_skb/ingress", 1)) {
      Hook hook = new Hook.Cgroup(group, ProgramFamily.CGROUP_SKB);
      updates(() -> program(first).attach(hook), first, second);
      try (Link link = program(first).attach(hook)) {
        LinkTarget.Cgroup target = (LinkTarget.Cgroup) link.info().target();
        assertThat(target.cgroup()).isEqualTo(Files.getAttribute(group, "unix:ino"));
        assertThatThrownBy(() -> link.update(program(other)))
            .isInstanceOf(IllegalArgumentException.class);
        try (Link opened = Kernel.local().openLink(link.info().id())) {
          assertThatThrownBy(() -> opened.update(program(other)))
              .isInstanceOf(IllegalArgumentException.class);
        }
      }
    } finally {
      Files.delete(group);
    }
  }

  @Test
  void linksOfTheWrongKindAreRefused() throws Exception {
    try (NetworkNamespace namespace = new NetworkNamespace();
        LoadedObject first = load("xdp", 2);
        LoadedObject other = load("tc", -1)) {
      try (Link link = attach(namespace, first, new Hook.Xdp("v0", XdpMode.GENERIC));
          Link opened = Kernel.local().openLink(link.info().id())) {
        assertThatThrownBy(() -> link.update(program(other)))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("is of kind TC");
        assertThatThrownBy(() -> opened.update(program(other)))
            .isInstanceOf(SyscallException.class)
            .hasMessageContaining("of another type than what is there");
      }
    }
  }

  /// Detaching is for all who hold the link; the device is free for others then.
  @Test
  void detachedLinksStayToBeLookedAt() throws Exception {
    try (NetworkNamespace namespace = new NetworkNamespace();
        LoadedObject object = load("xdp", 2)) {
      Hook hook = new Hook.Xdp("v0", XdpMode.GENERIC);
      try (Link link = attach(namespace, object, hook)) {
        link.pin(pins.resolve("held"));
        link.detach();
        assertThat(link.info().programId()).isEqualTo(id(object));
        assertThat(((LinkTarget.Xdp) link.info().target()).networkInterface()).isZero();
        attach(namespace, object, hook).close();
        link.unpin();
      }
    }
  }

  /// Neither is in the kernel's power: what to do instead is said.
  @Test
  void linksToEventsAreNotUpdated() throws Exception {
    try (LoadedObject object = load("tracepoint/syscalls/sys_enter_execve", 0);
        Link link = program(object).attach(new Hook.Tracepoint("syscalls", "sys_enter_execve"))) {
      assertThatThrownBy(() -> link.update(program(object)))
          .isInstanceOf(UnsupportedFeatureException.class)
          .hasMessageContaining("attach it, then close this link");
      assertThatThrownBy(() -> link.replace(program(object), program(object)))
          .isInstanceOf(UnsupportedFeatureException.class);
      assertThat(link.info().programId()).isEqualTo(id(object));
      assertThatThrownBy(link::detach)
          .isInstanceOf(UnsupportedFeatureException.class)
          .hasMessageContaining("by unpin() and close()");
      link.pin(pins.resolve("event"));
      link.close();
      new ProcessBuilder("/bin/true").start().waitFor();
      assertThat(count(object)).isPositive();
      try (Link opened = Kernel.local().openLink(pins.resolve("event"))) {
        opened.unpin();
        assertThatThrownBy(() -> opened.update(program(object)))
            .isInstanceOf(UnsupportedFeatureException.class);
      }
    }
  }

  @Test
  void linksOfRawTracepointsArePinned() throws Exception {
    try (LoadedObject object = load("raw_tracepoint/sys_enter", 0);
        Link link = program(object).attach(new Hook.RawTracepoint("sys_enter"))) {
      assertThat(link.info().target())
          .isInstanceOfSatisfying(
              LinkTarget.RawTracepoint.class, raw -> assertThat(raw.name()).isEqualTo("sys_enter"));
      link.pin(pins.resolve("raw"));
      assertThat(link.isPinned()).isTrue();
      assertThatThrownBy(() -> link.update(program(object)))
          .isInstanceOf(UnsupportedFeatureException.class);
    }
  }

  @Test
  void linksOfTheFilterAreDetachedButNotUpdated() throws Exception {
    try (NetworkNamespace namespace = new NetworkNamespace();
        LoadedObject object = load("netfilter", 1)) {
      Hook hook = new Hook.Netfilter(false, NetfilterPoint.LOCAL_IN, 7);
      try (Link link = attach(namespace, object, hook)) {
        assertThat(link.info().target()).isEqualTo(new LinkTarget.Netfilter(2, 1, 7, 0));
        assertThatThrownBy(() -> link.update(program(object)))
            .isInstanceOf(UnsupportedFeatureException.class);
        link.detach();
      }
    }
  }

  @Test
  void linksOfUprobesTellTheirFile() throws Exception {
    try (LoadedObject object = load("uprobe", 0);
        Link link =
            program(object)
                .attach(
                    new Hook.Uprobe(
                        BinaryPlace.parse("libc.so.6:getpid"),
                        ProcessHandle.current().pid(),
                        false))) {
      assertThat(link.info().target())
          .isInstanceOfSatisfying(
              LinkTarget.Uprobe.class, probe -> assertThat(probe.file()).endsWith("libc.so.6"));
    }
  }

  /// Filters of kernels before 6.6 take turns as well, without a gap.
  @Test
  void filtersAreReplaced() throws Exception {
    try (NetworkNamespace namespace = new NetworkNamespace();
        LoadedObject first = load("tc", -1);
        LoadedObject second = load("tc", -1)) {
      Hook.Tc hook = new Hook.Tc("v0", Direction.INGRESS);
      Descriptor descriptor = TestPrograms.descriptor(first, "program");
      Link link =
          namespace.call(
              () ->
                  FilterAttachment.attach(
                      descriptor, "program", hook, NetworkInterfaces.index("v0")));
      namespace.send(3);
      long before = count(first);
      assertThat(before).isGreaterThanOrEqualTo(3);
      link.update(program(second));
      namespace.send(2);
      assertThat(count(second)).isGreaterThanOrEqualTo(2);
      String shown = namespace.tool("tc", "filter", "show", "dev", "v0", "ingress");
      assertThat(shown.split("bpf4j:", -1)).hasSize(2);
      assertThatThrownBy(() -> link.replace(program(first), program(second)))
          .isInstanceOf(UnsupportedFeatureException.class)
          .hasMessageContaining("6.6");
      link.detach();
      assertThat(namespace.tool("tc", "filter", "show", "dev", "v0", "ingress")).isEmpty();
      assertThatThrownBy(() -> link.update(program(first)))
          .isInstanceOf(IllegalStateException.class);
      assertThat(count(first)).isEqualTo(before);
    }
  }

  @Test
  void routesAreReplaced() throws Exception {
    try (NetworkNamespace namespace = new NetworkNamespace();
        LoadedObject first = load("lwt_xmit", 0);
        LoadedObject second = load("lwt_xmit", 0)) {
      for (String destination : new String[] {"10.77.0.0/16", "2001:db8:7::/48"}) {
        try (Link link = attach(namespace, first, new Hook.Route(destination, "v0"))) {
          link.update(program(second));
          assertThat(KernelInventory.describe(program(second)).id()).isPositive();
          String family = destination.contains(":") ? "-6" : "-4";
          String shown = namespace.tool("ip", family, "route", "show", destination);
          assertThat(shown.lines()).hasSize(1);
        }
      }
      assertThat(namespace.tool("ip", "route", "show")).doesNotContain("10.77.0.0");
    }
  }

  @Test
  void pinsSayWhatIsWrong() throws Exception {
    try (LoadedObject object = load("raw_tracepoint/sys_enter", 0);
        Link link = program(object).attach(new Hook.RawTracepoint("sys_enter"))) {
      Path elsewhere = Files.createTempDirectory("bpf4j-no-pins");
      assertThatThrownBy(() -> link.pin(elsewhere.resolve("x")))
          .isInstanceOf(SyscallException.class)
          .hasMessageContaining(elsewhere + " is in no BPF file system");
      Files.delete(elsewhere);
      assertThatThrownBy(() -> link.pin(pins.resolve("none/x")))
          .isInstanceOf(SyscallException.class)
          .hasMessageContaining("there is no folder " + pins.resolve("none"));
      assertThatThrownBy(() -> Kernel.local().openLink(pins.resolve("missing")))
          .isInstanceOf(NoSuchTargetException.class)
          .hasMessageContaining("link pinned at " + pins.resolve("missing"));
      assertThatThrownBy(() -> Kernel.local().openLink(Integer.MAX_VALUE))
          .isInstanceOf(NoSuchTargetException.class);
      assertThatThrownBy(() -> Kernel.local().openLink(Path.of("/etc/passwd")))
          .isInstanceOf(NoSuchTargetException.class);
    }
  }

  /// Eight threads use a link while it is closed, and none reaches what has its number next.
  @Test
  void closingWaitsForCalls() throws Exception {
    try (NetworkNamespace namespace = new NetworkNamespace();
        LoadedObject first = load("xdp", 2);
        LoadedObject second = load("xdp", 2)) {
      for (int round = 0; round < 20; round++) {
        Link link = attach(namespace, first, new Hook.Xdp("v0", XdpMode.GENERIC));
        Thread[] threads = new Thread[8];
        Throwable[] thrown = new Throwable[threads.length];
        for (int i = 0; i < threads.length; i++) {
          int number = i;
          threads[i] =
              Thread.ofPlatform()
                  .start(
                      () -> {
                        try {
                          while (true) {
                            link.update(program(number % 2 == 0 ? first : second));
                            ListedLink info = link.info();
                            assertThat(info.programId()).isIn(id(first), id(second));
                          }
                        } catch (IllegalStateException _) {
                          // closed, as it should be
                        } catch (Throwable e) {
                          thrown[number] = e;
                        }
                      });
        }
        Thread.sleep(2);
        link.close();
        for (Thread thread : threads) {
          thread.join();
        }
        assertThat(thrown).containsOnlyNulls();
      }
      assertThat(namespace.tool("ip", "link", "show", "v0")).doesNotContain("prog/xdp");
    }
  }
}
