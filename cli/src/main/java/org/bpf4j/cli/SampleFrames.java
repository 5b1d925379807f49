package org.bpf4j.cli;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.bpf4j.packet.Packet;
import org.bpf4j.packet.Packet.TcpFlag;

/// Frames for programs that are run without a capture: one of each sort that a parser should know.
final class SampleFrames {

  private static final String CLIENT = "10.0.0.1";
  private static final String SERVER = "10.0.0.2";
  private static final String OTHER = "192.168.1.77";

  private SampleFrames() {}

  /// The frames, each with its name.
  static List<NamedFrame> all() {
    Packet ip = Packet.ethernet().ipv4(CLIENT, SERVER);
    Packet ip6 = Packet.ethernet().ipv6("fd00::1", "fd00::2");
    byte[] query = ip.udp(40_000, 53).payload("dns query").bytes();
    return List.of(
        of("ARP request", Packet.ethernet().etherType(0x0806).payload(arpRequest())),
        of("ICMP echo request", ip.ping(1, 1).payload("abcdefgh")),
        of("TCP SYN to 80", ip.tcp(40_001, 80, TcpFlag.SYN)),
        of("TCP data to 443", ip.tcp(40_002, 443, TcpFlag.PSH, TcpFlag.ACK).payload(512)),
        of("UDP DNS query", ip.udp(40_000, 53).payload("dns query")),
        of("UDP DNS answer", Packet.ethernet().ipv4(SERVER, CLIENT).udp(53, 40_000).payload(64)),
        of("UDP of another host", Packet.ethernet().ipv4(OTHER, SERVER).udp(9, 9)),
        of("UDP with IP options", ip.udp(9, 9).ipOptions((byte) 1, (byte) 1)),
        of("UDP, later fragment", ip.fragment(7, 1480, false).protocol(17).payload(100)),
        of("UDP in a VLAN", Packet.ethernet().vlan(42).ipv4(CLIENT, SERVER).udp(9, 53)),
        of(
            "UDP in QinQ",
            Packet.ethernet().serviceVlan(7).vlan(42).ipv4(CLIENT, SERVER).udp(9, 53)),
        of("IPv6 UDP", ip6.udp(40_003, 53).payload("dns query")),
        of("ICMPv6 echo request", ip6.pingv6(1, 1)),
        new NamedFrame("UDP cut in the IP header", Arrays.copyOf(query, 30)),
        new NamedFrame("UDP cut in the UDP header", Arrays.copyOf(query, 38)),
        new NamedFrame("Ethernet header alone", Arrays.copyOf(query, 14)));
  }

  private static NamedFrame of(String name, Packet packet) {
    return new NamedFrame(name, packet.bytes());
  }

  /// Who has 10.0.0.2, tell 10.0.0.1 (RFC 826), padded to the shortest Ethernet payload.
  private static byte[] arpRequest() {
    byte[] sender = {2, 0, 0, 0, 0, 1, 10, 0, 0, 1};
    byte[] target = {0, 0, 0, 0, 0, 0, 10, 0, 0, 2};
    return ByteBuffer.allocate(46)
        .putShort((short) 1)
        .putShort((short) 0x0800)
        .put((byte) 6)
        .put((byte) 4)
        .putShort((short) 1)
        .put(sender)
        .put(target)
        .array();
  }
}
