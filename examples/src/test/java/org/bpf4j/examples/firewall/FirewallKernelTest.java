package org.bpf4j.examples.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import org.bpf4j.examples.ChildJvm;
import org.bpf4j.examples.HeldByProcess;
import org.bpf4j.examples.RealKernel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The firewall as a process in a network namespace of its own, with real packets.
class FirewallKernelTest {

  private static final String DROPPED = "dropped 44 bytes from 10.123.0.2 to port 9";

  @BeforeEach
  void real() {
    RealKernel.use();
  }

  @Test
  void dropsRealPacketsAndLeavesNothing() throws Exception {
    try (VethPair cable = new VethPair();
        ChildJvm child =
            new ChildJvm(cable.enter(), Firewall.class, "--seconds", "6", "v0", "10.123.0.2")) {
      child.await("filtering v0"::equals);
      HeldByProcess held = HeldByProcess.of(child.pid());
      assertThat(held.ofKind("link")).hasSize(1);
      assertThat(cable.show("v0")).contains("prog/xdp");
      cable.send(3);
      child.await(DROPPED::equals);
      assertThat(child.await()).isZero();
      assertThat(cable.show("v0")).doesNotContain("prog/xdp");
      assertThat(held.remaining()).isEmpty();
    }
  }

  @Test
  void leavesNothingWhenKilled() throws Exception {
    try (VethPair cable = new VethPair();
        ChildJvm child = new ChildJvm(cable.enter(), Firewall.class, "v0")) {
      child.await("filtering v0"::equals);
      HeldByProcess held = HeldByProcess.of(child.pid());
      cable.send(1);
      child.await(DROPPED::equals);
      child.kill();
      assertThat(held.remaining()).isEmpty();
      assertThat(cable.show("v0")).doesNotContain("prog/xdp");
    }
  }

  @Test
  void saysThatThereIsNoSuchInterface() throws Exception {
    try (VethPair cable = new VethPair();
        ChildJvm child = new ChildJvm(cable.enter(), Firewall.class, "v7")) {
      String line = child.await(text -> text.contains("NoSuchTargetException"));
      assertThat(line).contains("v7").contains("v0");
      assertThat(child.await()).isOne();
    }
  }
}
