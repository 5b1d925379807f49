package org.bpf4j.lang.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.Map;
import org.bpf4j.lang.Header;
import org.bpf4j.lang.host.Slot;
import org.bpf4j.lang.host.ViewLayout;
import org.bpf4j.lang.host.ViewProxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTest {

  private static <T> T view(Class<T> type, byte[] bytes) {
    return ViewProxy.of(type, MemorySegment.ofArray(bytes));
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  private static long end(Slot slot) {
    return switch (slot) {
      case Slot.Single(long offset, var scalar) -> offset + scalar.storage().bytes();
      case Slot.Tuple(_, var components) -> end(components.getLast());
    };
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Ethernet.class,
        Vlan.class,
        Arp.class,
        Ipv4.class,
        Ipv6.class,
        Tcp.class,
        Udp.class,
        Icmp.class,
        Icmpv6.class
      })
  void accessorsFillTheHeader(Class<?> type) throws ReflectiveOperationException {
    int bytes = type.getField("BYTES").getInt(null);
    Map<String, Slot> slots = ViewLayout.of(type).slots();
    assertThat(type.getAnnotation(Header.class).bytes()).isEqualTo(bytes);
    assertThat(slots.values().stream().mapToLong(HeaderTest::end).max()).hasValue(bytes);
  }

  @Test
  void ethernet() {
    byte[] bytes = hex("02000000000a 02000000000b 86dd");
    Ethernet ethernet = view(Ethernet.class, bytes);
    assertThat(ethernet.destination()).hasToString("02:00:00:00:00:0a");
    assertThat(ethernet.source()).hasToString("02:00:00:00:00:0b");
    assertThat(ethernet.etherType()).isEqualTo(EtherType.IPV6);
    ethernet.swapAddresses();
    ethernet.etherType(EtherType.PROVIDER_VLAN);
    assertThat(bytes).isEqualTo(hex("02000000000b 02000000000a 88a8"));
    assertThat(EtherType.isVlan(ethernet.etherType())).isTrue();
    assertThat(EtherType.isVlan(EtherType.IPV4)).isFalse();
  }

  @Test
  void vlan() {
    Vlan vlan = view(Vlan.class, hex("a123 0800"));
    assertThat(vlan.priority()).isEqualTo(5);
    assertThat(vlan.id()).isEqualTo(0x123);
    assertThat(vlan.etherType()).isEqualTo(EtherType.IPV4);
  }

  @Test
  void arp() {
    Arp arp =
        view(Arp.class, hex("0001 0800 06 04 0002 02000000000a 0a000001 02000000000b 0a000002"));
    assertThat(arp.hardwareType()).isEqualTo(1);
    assertThat(arp.protocolType()).isEqualTo(EtherType.IPV4);
    assertThat(arp.hardwareLength()).isEqualTo(6);
    assertThat(arp.protocolLength()).isEqualTo(4);
    assertThat(arp.operation()).isEqualTo(Arp.REPLY);
    assertThat(arp.senderHardware()).isEqualTo(new MacAddress(0x0200_0000_000aL));
    assertThat(arp.sender()).isEqualTo(0x0a000001);
    assertThat(arp.targetHardware()).isEqualTo(new MacAddress(0x0200_0000_000bL));
    assertThat(arp.target()).isEqualTo(0x0a000002);
  }

  @Test
  void ipv4() {
    byte[] bytes = hex("46b8 fffe 1234 2001 40 06 abcd c0a80001 e0000001");
    Ipv4 ip = view(Ipv4.class, bytes);
    assertThat(ip.version()).isEqualTo(4);
    assertThat(ip.headerBytes()).isEqualTo(24);
    assertThat(ip.typeOfService()).isEqualTo(0xb8);
    assertThat(ip.totalLength()).isEqualTo(0xfffe);
    assertThat(ip.identification()).isEqualTo(0x1234);
    assertThat(ip.fragment()).isEqualTo(Ipv4.MORE_FRAGMENTS | 1);
    assertThat(ip.isLaterFragment()).isTrue();
    assertThat(ip.ttl()).isEqualTo(64);
    assertThat(ip.protocol()).isEqualTo(IpProtocol.TCP);
    assertThat(ip.checksum()).isEqualTo(0xabcd);
    assertThat(ip.source()).isEqualTo(0xc0a80001);
    assertThat(ip.destination()).isEqualTo(0xe0000001);
    ip.swapAddresses();
    ip.ttl(255);
    ip.fragment(Ipv4.DONT_FRAGMENT);
    assertThat(ip.isLaterFragment()).isFalse();
    assertThat(bytes).isEqualTo(hex("46b8 fffe 1234 4000 ff 06 abcd e0000001 c0a80001"));
  }

  @Test
  void ipv6() {
    byte[] bytes =
        hex(
            "6ab12345 0010 3a 40 20010db8000000000000000000000001"
                + " ff020000000000000000000000000002");
    Ipv6 ip = view(Ipv6.class, bytes);
    assertThat(ip.version()).isEqualTo(6);
    assertThat(ip.trafficClass()).isEqualTo(0xab);
    assertThat(ip.flowLabel()).isEqualTo(0x12345);
    assertThat(ip.payloadLength()).isEqualTo(16);
    assertThat(ip.nextHeader()).isEqualTo(IpProtocol.ICMPV6);
    assertThat(ip.hopLimit()).isEqualTo(64);
    assertThat(ip.source()).hasToString("2001:db8::1");
    assertThat(ip.destination()).hasToString("ff02::2");
    ip.swapAddresses();
    assertThat(ip.source()).hasToString("ff02::2");
    assertThat(bytes[39]).isEqualTo((byte) 1);
  }

  @Test
  void tcp() {
    byte[] bytes = hex("d431 01bb ffffffff 80000000 60 12 7210 beef 0001");
    Tcp tcp = view(Tcp.class, bytes);
    assertThat(tcp.sourcePort()).isEqualTo(54_321);
    assertThat(tcp.destinationPort()).isEqualTo(443);
    assertThat(tcp.sequence()).isEqualTo(-1);
    assertThat(tcp.acknowledgment()).isEqualTo(Integer.MIN_VALUE);
    assertThat(tcp.headerBytes()).isEqualTo(24);
    assertThat(tcp.has(Tcp.SYN | Tcp.ACK)).isTrue();
    assertThat(tcp.has(Tcp.SYN | Tcp.FIN)).isFalse();
    assertThat(tcp.window()).isEqualTo(0x7210);
    assertThat(tcp.checksum()).isEqualTo(0xbeef);
    assertThat(tcp.urgentPointer()).isEqualTo(1);
    tcp.swapPorts();
    assertThat(tcp.sourcePort()).isEqualTo(443);
    assertThat(tcp.destinationPort()).isEqualTo(54_321);
  }

  @Test
  void udpAndIcmp() {
    Udp udp = view(Udp.class, hex("0035 d431 0010 0000"));
    udp.swapPorts();
    assertThat(udp.sourcePort()).isEqualTo(54_321);
    assertThat(udp.destinationPort()).isEqualTo(53);
    assertThat(udp.length()).isEqualTo(16);
    assertThat(udp.checksum()).isZero();
    Icmp icmp = view(Icmp.class, hex("0800 f7ff 0001 0002"));
    assertThat(icmp.type()).isEqualTo(Icmp.ECHO_REQUEST);
    assertThat(icmp.code()).isZero();
    assertThat(icmp.checksum()).isEqualTo(0xf7ff);
    assertThat(icmp.identifier()).isEqualTo(1);
    assertThat(icmp.sequence()).isEqualTo(2);
    Icmpv6 icmpv6 = view(Icmpv6.class, hex("8100 f7ff 0001 0002"));
    assertThat(icmpv6.type()).isEqualTo(Icmpv6.ECHO_REPLY);
  }

  @Test
  void numbersThatDoNotFitAreRefused() {
    byte[] bytes = new byte[Ipv4.BYTES];
    Ipv4 ip = view(Ipv4.class, bytes);
    assertThatThrownBy(() -> ip.ttl(256)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> ip.ttl(-1)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> ip.totalLength(65_536)).isInstanceOf(ArithmeticException.class);
    assertThat(bytes).containsOnly(0);
    Ethernet ethernet = view(Ethernet.class, new byte[Ethernet.BYTES]);
    assertThatThrownBy(() -> ethernet.source(new MacAddress(1L << 48)))
        .isInstanceOf(ArithmeticException.class);
  }
}
