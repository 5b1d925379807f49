package org.bpf4j.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpf4j.handle.AttachOrder;
import org.bpf4j.handle.AttachOrder.Neighbour;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Hook.Direction;
import org.bpf4j.handle.Link;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.inspect.KernelInventory;
import org.bpf4j.inventory.HookOrder;
import org.bpf4j.kernel.RealKernel;
import org.bpf4j.kernel.SyscallException;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.load.ObjectText;
import org.bpf4j.object.ProgramFamily;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.sys.NetworkNamespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/// Programs of one hook run in the order that they were given.
class AttachOrderTest {

  private interface Place {
    Hook at(AttachOrder order);
  }

  private final List<LoadedObject> objects = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();

  @BeforeEach
  void real() {
    RealKernel.use();
  }

  @AfterEach
  void close() {
    links.forEach(Link::close);
    objects.forEach(LoadedObject::close);
  }

  private Link attach(String section, Hook hook) {
    LoadedObject object = new ObjectText().program(section, "program", "r0 = 1\nexit").load();
    objects.add(object);
    Link link = object.program("program").attach(hook);
    links.add(link);
    return link;
  }

  private static List<Integer> numbers(HookOrder order) {
    return order.programs().stream().map(HookOrder.Place::programId).toList();
  }

  /// At cgroups only links can be neighbours of links.
  private static AttachOrder afterB(ProgramKind kind, Link b) {
    Neighbour program = new Neighbour.OfProgram(b.info().programId());
    return kind == ProgramKind.TC ? AttachOrder.after(program) : AttachOrder.after(b);
  }

  /// Every way to name a place, each with what is there after it.
  private void orders(String section, ProgramKind kind, Place place) {
    Hook plain = place.at(AttachOrder.ANY);
    Link b = attach(section, plain);
    HookOrder one = KernelInventory.order(kind, plain);
    Link a = attach(section, place.at(AttachOrder.first()));
    Link d = attach(section, place.at(AttachOrder.last()));
    Link c = attach(section, place.at(AttachOrder.before(d)));
    Link e = attach(section, place.at(AttachOrder.after(d)));
    Link x = attach(section, place.at(afterB(kind, b)));
    HookOrder all = KernelInventory.order(kind, plain);
    List<Integer> expected = new ArrayList<>();
    for (Link link : List.of(a, b, x, c, d, e)) {
      expected.add(link.info().programId());
    }
    assertThat(numbers(all)).isEqualTo(expected);
    assertThat(all.revision()).isEqualTo(one.revision() + 5);
    assertThatThrownBy(
            () -> attach(section, place.at(AttachOrder.first().ifRevision(one.revision()))))
        .isInstanceOf(SyscallException.class)
        .hasMessageContaining("ESTALE (116)")
        .hasMessageContaining("look at their order again");
    attach(section, place.at(AttachOrder.first().ifRevision(all.revision())));
    e.close();
    assertThatThrownBy(
            () ->
                attach(
                    section, place.at(AttachOrder.before(new Neighbour.OfLink(Integer.MAX_VALUE)))))
        .isInstanceOf(SyscallException.class)
        .hasMessageContaining("ENOENT (2)");
  }

  @Test
  void atTrafficControl() throws Exception {
    try (NetworkNamespace namespace = new NetworkNamespace()) {
      namespace.call(
          () -> {
            try (Link link = attach("tc", new Hook.Tc("v0", Direction.INGRESS))) {
              if (!link.diesWithProcess()) {
                assertThatThrownBy(
                        () ->
                            attach("tc", new Hook.Tc("v0", Direction.INGRESS, AttachOrder.first())))
                    .isInstanceOf(UnsupportedFeatureException.class)
                    .hasMessageContaining("6.6");
                return 0;
              }
            }
            orders("tc", ProgramKind.TC, order -> new Hook.Tc("v0", Direction.INGRESS, order));
            assertThat(
                    KernelInventory.order(ProgramKind.TC, new Hook.Tc("v0", Direction.EGRESS))
                        .programs())
                .isEmpty();
            return 0;
          });
    }
  }

  @Test
  void atCgroups() throws Exception {
    Path root =
        Files.readAllLines(Path.of("/proc/self/mounts")).stream()
            .map(line -> line.split(" "))
            .filter(words -> words[2].equals("cgroup2"))
            .map(words -> Path.of(words[1]))
            .findFirst()
            .orElseThrow(() -> new TestAbortedException("no cgroup2 is mounted"));
    Path group = Files.createTempDirectory(root, "bpf4j-test-");
    try {
      orders(
          "cgroup_skb/egress",
          ProgramKind.CGROUP_SKB_EGRESS,
          order -> new Hook.Cgroup(group, ProgramFamily.CGROUP_SKB, order));
      AttachOrder program = AttachOrder.after(new Neighbour.OfProgram(objects.size()));
      Hook hook = new Hook.Cgroup(group, ProgramFamily.CGROUP_SKB, program);
      assertThatThrownBy(() -> attach("cgroup_skb/egress", hook))
          .isInstanceOf(UnsupportedFeatureException.class)
          .hasMessageContaining("name the neighbour's link");
    } catch (UnsupportedFeatureException e) {
      assertThat(e.since().map(Object::toString)).contains("6.17");
    } finally {
      close();
      Files.delete(group);
    }
  }
}
