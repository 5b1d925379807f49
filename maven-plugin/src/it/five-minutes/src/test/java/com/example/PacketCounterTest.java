package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.bpf4j.junit.BpfTest;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.packet.Packet;
import org.junit.jupiter.api.Test;

@BpfTest
class PacketCounterTest {
  @Test
  void countsEveryPacket(Kernel kernel) {
    Packet query = Packet.ethernet().ipv4("10.0.0.1", "10.0.0.2").udp(9, 53);
    try (PacketCounterBpf bpf = PacketCounterBpf.load(kernel)) {
      assertEquals(XdpAction.PASS, bpf.count().run(query).action());
      assertEquals(XdpAction.PASS, bpf.count().run(query).action());
      assertEquals(2, bpf.packets().get(0));
    }
  }
}
