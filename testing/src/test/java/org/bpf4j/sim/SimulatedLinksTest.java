package org.bpf4j.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.bpf4j.handle.AttachOrder;
import org.bpf4j.handle.AttachOrder.Neighbour;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Hook.Direction;
import org.bpf4j.handle.Hook.XdpMode;
import org.bpf4j.handle.Link;
import org.bpf4j.handle.LoadedProgram;
import org.bpf4j.inventory.LinkTarget;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.kernel.NoSuchTargetException;
import org.bpf4j.kernel.SyscallException;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.sim.Reception.Verdict;
import org.junit.jupiter.api.Test;

/// What can be done with attachments once they are made.
class SimulatedLinksTest {

  private static final Path PIN = Path.of("/sys/fs/bpf/filter");

  private final SimulatedKernel kernel = SimulatedKernel.create();
  private final LoadedProgram drop = program("xdp", 1);
  private final LoadedProgram pass = program("xdp", 2);
  private final Hook hook = new Hook.Xdp("eth0", XdpMode.ANY);

  private LoadedProgram program(String section, int result) {
    Assembled object = Assembled.program(section, "p", "mov %r0, " + result + "\nexit\n");
    return kernel.load(LoadRequest.of(object.object(), SimulatedLinksTest.class)).program("p");
  }

  private Verdict verdict() {
    return kernel.receive("eth0", () -> new byte[60]).verdict();
  }

  @Test
  void oneProgramTakesThePlaceOfAnother() {
    try (Link link = drop.attach(hook)) {
      assertThat(verdict()).isEqualTo(Verdict.DROPPED);
      link.update(pass);
      assertThat(verdict()).isEqualTo(Verdict.PASSED);
      assertThat(link.replace(drop, pass)).isFalse();
      assertThat(link.replace(pass, drop)).isTrue();
      assertThat(verdict()).isEqualTo(Verdict.DROPPED);
      assertThatThrownBy(() -> link.update(program("tc", 0)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(verdict()).isEqualTo(Verdict.PASSED);
  }

  @Test
  void pinsHoldIt() {
    Link link = drop.attach(hook);
    link.pin(PIN);
    assertThat(link.diesWithProcess()).isFalse();
    assertThatThrownBy(() -> link.pin(PIN)).isInstanceOf(SyscallException.class);
    link.close();
    link.close();
    assertThatThrownBy(() -> link.update(pass)).isInstanceOf(IllegalStateException.class);
    assertThat(verdict()).isEqualTo(Verdict.DROPPED);
    Link opened = kernel.openLink(PIN);
    assertThat(opened.hook()).isEmpty();
    opened.update(pass);
    assertThat(verdict()).isEqualTo(Verdict.PASSED);
    opened.update(drop);
    opened.unpin();
    assertThat(opened.isPinned()).isFalse();
    assertThat(verdict()).isEqualTo(Verdict.DROPPED);
    opened.close();
    assertThat(verdict()).isEqualTo(Verdict.PASSED);
    assertThatThrownBy(() -> kernel.openLink(PIN)).isInstanceOf(NoSuchTargetException.class);
  }

  @Test
  void detachingIsForAllWhoHoldIt() {
    try (Link link = drop.attach(hook)) {
      link.pin(PIN);
      try (Link opened = kernel.openLink(PIN)) {
        opened.detach();
        assertThat(verdict()).isEqualTo(Verdict.PASSED);
        assertThatThrownBy(() -> link.update(pass))
            .isInstanceOf(SyscallException.class)
            .hasMessageContaining("ENOLINK");
        try (Link _ = drop.attach(hook)) {
          assertThat(verdict()).isEqualTo(Verdict.DROPPED);
        }
      }
      link.unpin();
    }
  }

  @Test
  void tracepointsHaveNoUpdates() {
    LoadedProgram program = program("tracepoint/a/b", 0);
    try (Link link = program.attach(new Hook.Tracepoint("a", "b"))) {
      assertThatThrownBy(() -> link.update(program))
          .isInstanceOf(UnsupportedFeatureException.class);
    }
  }

  /// The first verdict at traffic control is what counts.
  @Test
  void programsRunInTheOrderThatTheyWereGiven() {
    LoadedProgram shot = program("tc", 2);
    LoadedProgram fine = program("tc", 0);
    LoadedProgram next = program("tc", -1);
    Direction in = Direction.INGRESS;
    try (Link first = next.attach(new Hook.Tc("eth0", in));
        Link last = shot.attach(new Hook.Tc("eth0", in))) {
      assertThat(verdict()).isEqualTo(Verdict.DROPPED);
      try (Link _ = fine.attach(new Hook.Tc("eth0", in, AttachOrder.before(last)))) {
        assertThat(verdict()).isEqualTo(Verdict.PASSED);
      }
      try (Link _ = fine.attach(new Hook.Tc("eth0", in, AttachOrder.last()))) {
        assertThat(verdict()).isEqualTo(Verdict.DROPPED);
      }
      int program = first.info().programId();
      Neighbour neighbour = new Neighbour.OfProgram(program);
      try (Link _ = fine.attach(new Hook.Tc("eth0", in, AttachOrder.after(neighbour)))) {
        assertThat(verdict()).isEqualTo(Verdict.PASSED);
      }
      assertThat(first.replace(program + 99, fine)).isFalse();
      assertThat(first.replace(program, fine)).isTrue();
      assertThat(verdict()).isEqualTo(Verdict.PASSED);
      AttachOrder elsewhere = AttachOrder.before(drop.attach(hook));
      assertThatThrownBy(() -> fine.attach(new Hook.Tc("eth0", in, elsewhere)))
          .isInstanceOf(SyscallException.class)
          .hasMessageContaining("ENOENT");
    }
  }

  @Test
  void linksTellWhereTheyAre() {
    try (Link link = drop.attach(hook)) {
      assertThat(link.info().target())
          .isEqualTo(new LinkTarget.Xdp(kernel.interfaceIndex("eth0"), "eth0"));
      try (Link opened = kernel.openLink(link.info().id())) {
        assertThat(opened.info()).isEqualTo(link.info());
      }
    }
  }
}
