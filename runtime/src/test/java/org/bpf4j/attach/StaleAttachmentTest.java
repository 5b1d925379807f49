package org.bpf4j.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Hook.Direction;
import org.bpf4j.handle.Link;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.kernel.RealKernel;
import org.bpf4j.load.ObjectText;
import org.bpf4j.object.MapKind;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Netlink;
import org.bpf4j.sys.NetworkNamespace;
import org.bpf4j.sys.OwnerTag;
import org.bpf4j.sys.TestPrograms;
import org.junit.jupiter.api.Test;

class StaleAttachmentTest {

  private static OwnerTag dead() throws Exception {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    OwnerTag own = OwnerTag.own("left");
    return new OwnerTag(process.pid(), "left", own.start(), own.namespace());
  }

  @Test
  void readsWhatItWrites() {
    OwnerTag own = OwnerTag.own("program");
    assertThat(OwnerTag.find("\1\2" + own + "\0")).contains(own);
    assertThat(OwnerTag.find("bpf4j:12:program")).isEmpty();
    assertThat(own.isStale()).isFalse();
  }

  @Test
  void knowsAProcessFromALaterOneOfThatNumber() {
    OwnerTag own = OwnerTag.own("program");
    OwnerTag earlier = new OwnerTag(own.process(), "program", "1", own.namespace());
    assertThat(earlier.isStale()).isTrue();
    OwnerTag elsewhere = new OwnerTag(own.process(), "program", "1", "12");
    assertThat(elsewhere.isStale()).isFalse();
  }

  @Test
  void removesFiltersOfProcessesThatAreGone() throws Exception {
    RealKernel.use();
    try (NetworkNamespace namespace = new NetworkNamespace();
        LoadedObject object = new ObjectText().program("tc", "program", "r0 = -1\nexit").load()) {
      Descriptor program = TestPrograms.descriptor(object, "program");
      Hook.Tc hook = new Hook.Tc("v0", Direction.INGRESS);
      Link alive =
          namespace.call(
              () -> FilterAttachment.attach(program, "alive", hook, NetworkInterfaces.index("v0")));
      String tag = dead().toString();
      namespace.call(
          () -> {
            try (Descriptor socket = Netlink.open()) {
              int index = NetworkInterfaces.index("v0");
              assertThat(Netlink.addFilter(socket, index, true, 77, program, tag)).isZero();
              assertThat(Netlink.addFilter(socket, index, false, 78, program, tag)).isZero();
              return index;
            }
          });
      List<StaleAttachment> found = namespace.call(StaleAttachment::find);
      assertThat(found)
          .extracting(StaleAttachment::toString)
          .allMatch(text -> text.contains("of program left of process "))
          .anyMatch(text -> text.startsWith("filter at ingress of v0, "))
          .anyMatch(text -> text.startsWith("filter at egress of v0, "))
          .hasSize(2);
      namespace.call(
          () -> {
            found.forEach(StaleAttachment::remove);
            found.forEach(StaleAttachment::remove);
            return 0;
          });
      assertThat(namespace.call(StaleAttachment::find)).isEmpty();
      assertThat(namespace.tool("tc", "filter", "show", "dev", "v0", "ingress")).contains(":alive");
      alive.close();
    }
  }

  @Test
  void removesPinsOfProcessesThatAreGone() throws Exception {
    RealKernel.use();
    Path folder = Path.of("/sys/fs/bpf", dead().toString());
    try (LoadedObject object = new ObjectText().map("some", MapKind.ARRAY, 4, 4, 1).load()) {
      Files.createDirectory(folder);
      object.map("some").pin(folder.resolve("some"));
      StaleAttachment found =
          StaleAttachment.find().stream()
              .filter(stale -> stale.toString().contains(folder.toString()))
              .findFirst()
              .orElseThrow();
      assertThat(found).asString().startsWith("folder of pins " + folder + ", of program left");
      found.remove();
      assertThat(folder).doesNotExist();
    } finally {
      Files.deleteIfExists(folder.resolve("some"));
      Files.deleteIfExists(folder);
    }
  }

  @Test
  void theNextAttachmentOfTheSameNameReclaimsFilters() throws Exception {
    RealKernel.use();
    try (NetworkNamespace namespace = new NetworkNamespace();
        LoadedObject object = new ObjectText().program("tc", "program", "r0 = -1\nexit").load()) {
      Descriptor program = TestPrograms.descriptor(object, "program");
      String tag = dead().toString();
      namespace.call(
          () -> {
            int index = NetworkInterfaces.index("v0");
            try (Descriptor socket = Netlink.open()) {
              assertThat(Netlink.addClsact(socket, index)).isZero();
              assertThat(Netlink.addFilter(socket, index, true, 1, program, tag)).isZero();
              assertThat(Netlink.addFilter(socket, index, true, 5, program, tag)).isZero();
              assertThat(Netlink.addFilter(socket, index, false, 1, program, tag)).isZero();
            }
            Hook.Tc hook = new Hook.Tc("v0", Direction.INGRESS);
            FilterAttachment.attach(program, "other", hook, index).close();
            assertThat(StaleAttachment.find()).as("of another name").hasSize(3);
            Link link = FilterAttachment.attach(program, "left", hook, index);
            assertThat(StaleAttachment.find())
                .extracting(StaleAttachment::toString)
                .singleElement()
                .asString()
                .startsWith("filter at egress of v0");
            link.close();
            return index;
          });
      assertThat(namespace.tool("tc", "filter", "show", "dev", "v0", "ingress")).isEmpty();
    }
  }

  @Test
  void theNextAttachmentOfTheSameNameTakesARouteOver() throws Exception {
    RealKernel.use();
    try (NetworkNamespace namespace = new NetworkNamespace();
        LoadedObject object = new ObjectText().program("lwt_xmit", "left", "r0 = 0\nexit").load()) {
      Descriptor program = TestPrograms.descriptor(object, "left");
      Netlink.Route route = new Netlink.Route(new byte[] {10, 77, 0, 0}, 16, 0);
      String tag = dead().toString();
      namespace.call(
          () -> {
            int index = NetworkInterfaces.index("v0");
            try (Descriptor socket = Netlink.open()) {
              Netlink.Route there = new Netlink.Route(route.network(), route.bits(), index);
              assertThat(Netlink.putRoute(socket, there, 3, program, tag, false)).isZero();
            }
            Hook.Route hook = new Hook.Route("10.77.0.0/16", "v0");
            assertThatThrownBy(
                    () -> RouteAttachment.attach(program, ProgramKind.LWT_XMIT, "other", hook))
                .hasMessageContaining("EEXIST");
            Link link = RouteAttachment.attach(program, ProgramKind.LWT_XMIT, "left", hook);
            assertThat(StaleAttachment.find()).isEmpty();
            link.close();
            return index;
          });
      assertThat(namespace.tool("ip", "route", "show")).doesNotContain("10.77.0.0");
    }
  }

  @Test
  void removesRoutesOfProcessesThatAreGone() throws Exception {
    RealKernel.use();
    try (NetworkNamespace namespace = new NetworkNamespace();
        LoadedObject object =
            new ObjectText().program("lwt_xmit", "program", "r0 = 0\nexit").load()) {
      Descriptor program = TestPrograms.descriptor(object, "program");
      byte[] network = {10, 77, 0, 0};
      String tag = dead().toString();
      namespace.call(
          () -> {
            try (Descriptor socket = Netlink.open()) {
              int index = NetworkInterfaces.index("v0");
              Netlink.Route route = new Netlink.Route(network, 16, index);
              assertThat(Netlink.putRoute(socket, route, 3, program, tag, false)).isZero();
              return index;
            }
          });
      List<StaleAttachment> found = namespace.call(StaleAttachment::find);
      assertThat(found)
          .extracting(StaleAttachment::toString)
          .singleElement()
          .asString()
          .startsWith("route to 10.77.0.0/16, of program left");
      namespace.call(
          () -> {
            found.forEach(StaleAttachment::remove);
            return 0;
          });
      assertThat(namespace.tool("ip", "route", "show")).doesNotContain("10.77.0.0");
    }
  }
}
