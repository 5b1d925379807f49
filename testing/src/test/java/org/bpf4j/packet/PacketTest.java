package org.bpf4j.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.bpf4j.packet.Packet.TcpFlag;
import org.junit.jupiter.api.Test;

class PacketTest {

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
  }

  /// The header whose checksum RFC 1071-style worked examples give as b861.
  @Test
  void ipv4ChecksumOfAKnownHeader() {
    byte[] header = hex("4500 0073 0000 4000 4011 0000 c0a8 0001 c0a8 00c7");
    assertThat(Checksum.of(header)).isEqualTo(0xb861);
    assertThat(Checksum.of(new byte[] {1})).isEqualTo(0xfeff);
  }

  @Test
  void udpOverIpv4() {
    byte[] bytes =
        Packet.ethernet("ff:ff:ff:ff:ff:ff", "02:00:00:00:00:09")
            .ipv4("192.168.0.1", "192.168.0.199")
            .udp(1234, 53)
            .payload(87)
            .bytes();
    assertThat(Arrays.copyOf(bytes, 34))
        .isEqualTo(
            hex(
                "ffffffffffff 020000000009 0800"
                    + "4500 0073 0000 4000 4011 b861 c0a8 0001 c0a8 00c7"));
    assertThat(Arrays.copyOfRange(bytes, 34, 40)).isEqualTo(hex("04d2 0035 005f"));
    assertTransportSum(bytes, 26, 34, 17);
  }

  @Test
  void tcpOverIpv4HasFlagsAndChecksum() {
    byte[] bytes =
        Packet.ethernet()
            .ipv4("10.0.0.1", "10.0.0.2")
            .tcp(40_000, 80, TcpFlag.SYN, TcpFlag.ECE)
            .sequence(7, 9)
            .payload("odd")
            .bytes();
    assertThat(bytes[34 + 13]).isEqualTo((byte) 0x42);
    assertThat(bytes[34 + 12]).isEqualTo((byte) 0x50);
    assertThat(Arrays.copyOfRange(bytes, 38, 46)).isEqualTo(hex("00000007 00000009"));
    assertTransportSum(bytes, 26, 34, 6);
  }

  /// The sum over pseudo header and segment, checksum included, is zero in ones' complement.
  private static void assertTransportSum(byte[] frame, int addresses, int segment, int protocol) {
    assertTransportSum(frame, addresses, segment, segment, protocol);
  }

  private static void assertTransportSum(
      byte[] frame, int addresses, int end, int segment, int protocol) {
    int length = frame.length - segment;
    byte[] pseudo = Arrays.copyOf(Arrays.copyOfRange(frame, addresses, end), end - addresses + 4);
    pseudo[end - addresses + 1] = (byte) protocol;
    pseudo[end - addresses + 2] = (byte) (length >> 8);
    pseudo[end - addresses + 3] = (byte) length;
    assertThat(Checksum.of(pseudo, Arrays.copyOfRange(frame, segment, frame.length))).isZero();
  }

  @Test
  void ipv6AndIcmpv6() {
    byte[] bytes = Packet.ethernet().ipv6("fe80::1", "ff02::1").ttl(255).pingv6(1, 2).bytes();
    assertThat(Arrays.copyOfRange(bytes, 12, 22)).isEqualTo(hex("86dd 60000000 0008 3a ff"));
    assertThat(Arrays.copyOfRange(bytes, 22, 24)).isEqualTo(hex("fe80"));
    assertThat(bytes).hasSize(14 + 40 + 8);
    assertTransportSum(bytes, 22, 54, 58);
  }

  @Test
  void ipv6ExtensionHeaders() {
    byte[] bytes =
        Packet.ethernet()
            .ipv6("2001:db8::1", "2001:db8::2")
            .ipv6Extension(0, (byte) 1, (byte) 4)
            .ipv6Fragment(7, 8, true)
            .ipv6Extension(51, new byte[10])
            .udp(1, 2)
            .bytes();
    assertThat(bytes[20]).isEqualTo((byte) 0);
    assertThat(Arrays.copyOfRange(bytes, 54, 86))
        .isEqualTo(hex("2c00 0104 00000000 3300 0009 00000007 1102 0000000000000000000000000000"));
    assertTransportSum(bytes, 22, 54, 86, 17);
  }

  @Test
  void tcpOptionsCountIntoTheHeader() {
    byte[] bytes =
        Packet.ethernet()
            .ipv4("10.0.0.1", "10.0.0.2")
            .tcp(1, 2, TcpFlag.SYN)
            .tcpOptions((byte) 2, (byte) 4, (byte) 5, (byte) 0xb4, (byte) 1)
            .bytes();
    assertThat(bytes).hasSize(34 + 28);
    assertThat(bytes[34 + 12]).isEqualTo((byte) 0x70);
    assertTransportSum(bytes, 26, 34, 6);
  }

  @Test
  void arpAndTunnels() {
    byte[] arp = Packet.ethernet().arpRequest("10.0.0.1", "10.0.0.2").bytes();
    assertThat(Arrays.copyOfRange(arp, 12, arp.length))
        .isEqualTo(hex("0806 0001 0800 06 04 0001 020000000001 0a000001 000000000000 0a000002"));
    Packet ip = Packet.ethernet().ipv4("10.0.0.1", "10.0.0.2");
    byte[] gre = ip.gre(9).innerEthernet().arpRequest("10.0.0.1", "10.0.0.2").bytes();
    assertThat(gre[23]).isEqualTo((byte) 47);
    assertThat(Arrays.copyOfRange(gre, 34, 42)).isEqualTo(hex("2000 6558 00000009"));
    byte[] plain = ip.gre().ipv6("::1", "::2").bytes();
    assertThat(Arrays.copyOfRange(plain, 34, 39)).isEqualTo(hex("0000 86dd 60"));
    byte[] vxlan = ip.udp(1, 4789).vxlan(0x123456).innerEthernet().ipv6("::1", "::2").bytes();
    assertThat(Arrays.copyOfRange(vxlan, 42, 50)).isEqualTo(hex("08000000 12345600"));
    assertThat(Arrays.copyOfRange(vxlan, 62, 64)).isEqualTo(hex("86dd"));
  }

  @Test
  void icmpEcho() {
    byte[] bytes = Packet.ethernet().ipv4("10.0.0.1", "10.0.0.2").ping(0x1234, 5).bytes();
    assertThat(bytes[23]).isEqualTo((byte) 1);
    assertThat(Arrays.copyOfRange(bytes, 34, 36)).isEqualTo(hex("0800"));
    assertThat(Arrays.copyOfRange(bytes, 38, 42)).isEqualTo(hex("12340005"));
    assertThat(Checksum.of(Arrays.copyOfRange(bytes, 34, bytes.length))).isZero();
  }

  @Test
  void tagsStackFromOutside() {
    byte[] bytes = Packet.ethernet().serviceVlan(100).vlan(5, 3).ipv4("1.2.3.4", "5.6.7.8").bytes();
    assertThat(Arrays.copyOfRange(bytes, 12, 22)).isEqualTo(hex("88a8 0064 8100 6005 0800"));
    assertThat(Arrays.copyOfRange(Packet.ethernet().vlan(7).bytes(), 12, 18))
        .isEqualTo(hex("8100 0007 88b5"));
  }

  @Test
  void optionsLengthenTheIpHeader() {
    byte[] bytes =
        Packet.ethernet()
            .ipv4("10.0.0.1", "10.0.0.2")
            .ipOptions((byte) 1, (byte) 1, (byte) 1, (byte) 1, (byte) 0)
            .tos(0x2e)
            .udp(1, 2)
            .bytes();
    assertThat(bytes[14]).isEqualTo((byte) 0x47);
    assertThat(bytes[15]).isEqualTo((byte) 0x2e);
    assertThat(Checksum.of(Arrays.copyOfRange(bytes, 14, 42))).isZero();
    assertThat(bytes).hasSize(14 + 28 + 8);
  }

  @Test
  void fragments() {
    byte[] bytes =
        Packet.ethernet().ipv4("1.1.1.1", "2.2.2.2").fragment(77, 1480, true).protocol(17).bytes();
    assertThat(Arrays.copyOfRange(bytes, 18, 24)).isEqualTo(hex("004d 20b9 4011"));
    assertThatThrownBy(() -> Packet.ethernet().ipv4("1.1.1.1", "2.2.2.2").fragment(1, 4, false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void packetsAreImmutable() {
    Packet ip = Packet.ethernet().ipv4("10.0.0.1", "10.0.0.2");
    byte[] before = ip.bytes();
    ip.ttl(1).udp(1, 2).payload("x");
    assertThat(ip.bytes()).isEqualTo(before);
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> Packet.ethernet().ttl(3)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> Packet.ethernet().vlan(4096))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Packet.ethernet().ipv4("example.org", "1.1.1.1"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Packet.ethernet("1:2", "02:00:00:00:00:01"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
