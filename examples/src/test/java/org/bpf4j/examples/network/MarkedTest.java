package org.bpf4j.examples.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.bpf4j.handle.Link;
import org.bpf4j.packet.Packet;
import org.bpf4j.sim.Reception;
import org.bpf4j.sim.Reception.Verdict;
import org.bpf4j.sim.SimulatedKernel;
import org.junit.jupiter.api.Test;

class MarkedTest {

  private static final Packet SENT = Packet.ethernet().ipv4("10.0.0.1", "10.0.0.2").udp(1, 2);

  private static void passesMetadata(SimulatedKernel kernel) {
    try (MarkedBpf bpf = MarkedBpf.load(kernel)) {
      bpf.read().attachIngress("eth0");
      assertThat(kernel.receive("eth0", SENT).verdict()).isEqualTo(Verdict.PASSED);
      try (Link link = bpf.write().attach("eth0")) {
        Reception reception = kernel.receive("eth0", SENT);
        assertThat(reception).isEqualTo(new Reception(Verdict.DROPPED, SENT.bytes()));
        assertThat(bpf.seen()).isEqualTo(7);
      }
      assertThat(kernel.receive("eth0", SENT).verdict()).isEqualTo(Verdict.PASSED);
    }
  }

  @Test
  void bytecodePassesMetadata() {
    passesMetadata(SimulatedKernel.create());
  }

  @Test
  void javaPassesMetadata() {
    passesMetadata(SimulatedKernel.runningJava());
  }
}
