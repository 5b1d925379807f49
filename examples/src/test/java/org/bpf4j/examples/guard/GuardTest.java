package org.bpf4j.examples.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.bpf4j.junit.BpfTest;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.packet.Packet;
import org.junit.jupiter.api.Test;

@BpfTest
class GuardTest {

  private static final Packet IP = Packet.ethernet().ipv4("10.0.0.1", "10.0.0.2");

  @Test
  void dropsWhatGoesToClosedPorts(Kernel kernel) {
    try (GuardBpf guard = GuardBpf.load(kernel)) {
      guard.closed().put(9, true);
      assertThat(guard.filter().run(IP.udp(1, 9)).action()).isEqualTo(XdpAction.DROP);
      assertThat(guard.filter().run(IP.udp(1, 10)).action()).isEqualTo(XdpAction.PASS);
      assertThat(guard.filter().run(IP.tcp(1, 9)).action()).isEqualTo(XdpAction.PASS);
      assertThat(guard.count().run(IP.udp(1, 10)).action()).isEqualTo(TcAction.OK);
      assertThat(guard.dropped().get(0)).isEqualTo(1);
      assertThat(guard.passed().get(0)).isEqualTo(1);
    }
  }
}
