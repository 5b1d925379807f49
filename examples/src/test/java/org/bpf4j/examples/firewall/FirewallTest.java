package org.bpf4j.examples.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bpf4j.examples.firewall.Firewall.Dropped;
import org.bpf4j.examples.firewall.Firewall.Flow;
import org.bpf4j.junit.BpfTest;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.net.Ipv4Address;
import org.bpf4j.packet.Packet;
import org.junit.jupiter.api.Test;

@BpfTest
class FirewallTest {

  private static final int SOURCE = Ipv4Address.parse("10.0.0.1");
  private static final Packet IP = Packet.ethernet().ipv4("10.0.0.1", "10.0.0.2");
  private static final Packet QUERY = IP.udp(9, 53).payload(20);

  @Test
  void passesWhatIsNotBlocked(Kernel kernel) {
    try (FirewallBpf firewall = FirewallBpf.load(kernel)) {
      firewall.blocked().put(Ipv4Address.parse("10.0.0.9"), true);
      assertThat(firewall.filter().run(QUERY).action()).isEqualTo(XdpAction.PASS);
      assertThat(drops(firewall)).isEmpty();
    }
  }

  @Test
  void dropsBlockedSources(Kernel kernel) {
    try (FirewallBpf firewall = FirewallBpf.load(kernel)) {
      firewall.blocked().put(SOURCE, true);
      assertThat(firewall.filter().run(QUERY).action()).isEqualTo(XdpAction.DROP);
      assertThat(firewall.filter().run(IP.ping(1, 1)).action()).isEqualTo(XdpAction.DROP);
      firewall.blocked().remove(SOURCE);
      assertThat(firewall.filter().run(QUERY).action()).isEqualTo(XdpAction.PASS);

      List<Dropped> drops = drops(firewall);
      assertThat(drops).extracting(drop -> drop.source).containsExactly(SOURCE, SOURCE);
      assertThat(drops).extracting(drop -> drop.port).containsExactly(53, 0);
      assertThat(drops.getFirst().bytes).isEqualTo(QUERY.bytes().length);
      assertThat(drops.getFirst().timeNs).isPositive();
      assertThat(firewall.events().lost()).isZero();
    }
  }

  @Test
  void countsBySourceAndPort(Kernel kernel) {
    try (FirewallBpf firewall = FirewallBpf.load(kernel)) {
      for (int i = 0; i < 3; i++) {
        firewall.filter().run(QUERY);
      }
      firewall.filter().run(IP.tcp(9, 80));
      Flow dns = new Flow(SOURCE, 53);
      assertThat(firewall.stats().sum(dns, counted -> counted.packets)).isEqualTo(3);
      assertThat(firewall.stats().sum(dns, counted -> counted.bytes))
          .isEqualTo(3L * QUERY.bytes().length);
      assertThat(firewall.stats().sum(new Flow(SOURCE, 0), counted -> counted.packets)).isOne();
      assertThat(firewall.stats().containsKey(new Flow(SOURCE, 80))).isFalse();
      assertThat(firewall.seen()).isEqualTo(4);
    }
  }

  @Test
  void dropsEverythingIfConfigured(Kernel kernel) {
    try (FirewallBpf firewall = FirewallBpf.configure().dropAll(true).load(kernel)) {
      assertThat(firewall.dropAll()).isTrue();
      assertThat(firewall.filter().run(QUERY).action()).isEqualTo(XdpAction.DROP);
    }
  }

  @Test
  void passesWhatItDoesNotKnow(Kernel kernel) {
    try (FirewallBpf firewall = FirewallBpf.configure().dropAll(true).load(kernel)) {
      Packet ip6 = Packet.ethernet().ipv6("fd00::1", "fd00::2").udp(9, 53);
      assertThat(firewall.filter().run(ip6).action()).isEqualTo(XdpAction.PASS);
      byte[] cut = Arrays.copyOf(QUERY.bytes(), 33);
      assertThat(firewall.filter().run(cut).action()).isEqualTo(XdpAction.PASS);
      assertThat(firewall.seen()).isEqualTo(2);
    }
  }

  @Test
  void findsThePortBehindOptions(Kernel kernel) {
    try (FirewallBpf firewall = FirewallBpf.configure().dropAll(true).load(kernel)) {
      firewall.filter().run(QUERY.ipOptions((byte) 1, (byte) 1));
      firewall.filter().run(QUERY.fragment(1, 8, false));
      firewall.filter().run(Arrays.copyOf(QUERY.bytes(), 40));
      assertThat(drops(firewall)).extracting(drop -> drop.port).containsExactly(53, 0, 0);
    }
  }

  private static List<Dropped> drops(FirewallBpf firewall) {
    List<Dropped> drops = new ArrayList<>();
    firewall.events().consume(drops::add);
    return drops;
  }
}
