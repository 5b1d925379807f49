package org.bpf4j.packet;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bpf4j.handle.Frame;
import org.jspecify.annotations.Nullable;

/// A packet, built from the outside in: `Packet.ethernet().ipv4("10.0.0.1", "10.0.0.2").udp(9,
/// 53)`.
///
/// Packets are immutable: each method gives a longer or a changed one, so that a test can keep a
/// beginning and vary the rest. Methods that set a field change the last layer that has it. Types,
/// lengths and checksums follow from the layers when [#bytes] is called.
public final class Packet implements Frame {

  /// TCP's flags, from the lowest bit.
  public enum TcpFlag {
    FIN,
    SYN,
    RST,
    PSH,
    ACK,
    URG,
    ECE,
    CWR
  }

  private static final int INFERRED = -1;
  private static final int DONT_FRAGMENT = 0x4000;
  private static final int MORE_FRAGMENTS = 0x2000;

  private final List<Layer> layers;

  private Packet(List<Layer> layers) {
    this.layers = List.copyOf(layers);
  }

  /// An Ethernet header between two locally administered addresses.
  public static Packet ethernet() {
    return ethernet("02:00:00:00:00:02", "02:00:00:00:00:01");
  }

  /// An Ethernet header.
  ///
  /// @param destination such as `02:00:00:00:00:02`
  /// @param source likewise
  public static Packet ethernet(String destination, String source) {
    return new Packet(List.of(new Layer.Ethernet(mac(destination), mac(source), INFERRED)));
  }

  /// Appends an 802.1Q tag, inside of one that is there.
  public Packet vlan(int id) {
    return vlan(id, 0);
  }

  /// Appends an 802.1Q tag with a priority.
  public Packet vlan(int id, int priority) {
    return tag(id, priority, 0x8100);
  }

  /// Appends an 802.1ad service tag, around which nothing but Ethernet stands: the outer tag of
  /// QinQ.
  public Packet serviceVlan(int id) {
    return tag(id, 0, 0x88a8);
  }

  private Packet tag(int id, int priority, int tag) {
    check("VLAN", id, 0xfff);
    check("priority", priority, 7);
    return with(new Layer.Vlan(id, priority, tag, INFERRED));
  }

  /// Appends an IPv4 header.
  public Packet ipv4(String source, String destination) {
    return with(
        new Layer.Ipv4(
            Inet4Address.ofLiteral(source).getAddress(),
            Inet4Address.ofLiteral(destination).getAddress(),
            64,
            0,
            0,
            DONT_FRAGMENT,
            new byte[0],
            INFERRED));
  }

  /// Appends an IPv6 header.
  public Packet ipv6(String source, String destination) {
    return with(new Layer.Ipv6(ipv6(source), ipv6(destination), 64, 0, INFERRED));
  }

  /// Appends an extension header of IPv6.
  ///
  /// @param type its number, such as 0 for options of every hop or 43 for routing
  /// @param body what stands behind its length, padded with zeros to a multiple of 8 bytes
  public Packet ipv6Extension(int type, byte... body) {
    check("length of an extension header", body.length, 256 * 8 - 2);
    return with(new Layer.Ipv6Extension(check("type", type, 0xff), body.clone(), INFERRED));
  }

  /// Appends the extension header of a fragment of an IPv6 packet.
  ///
  /// What comes inside is the fragment's own: a transport checksum covers no other fragment.
  ///
  /// @param id what the fragments of a packet have in common
  /// @param offset the position of this one, in bytes; a multiple of 8
  /// @param more whether others come behind
  public Packet ipv6Fragment(int id, int offset, boolean more) {
    check("fragment offset", offset, 0x1fff * 8);
    if (offset % 8 != 0) {
      throw new IllegalArgumentException("fragment offset " + offset + " is no multiple of 8");
    }
    int field = offset | (more ? 1 : 0);
    return ipv6Extension(
        44,
        ByteBuffer.allocate(Short.BYTES + Integer.BYTES)
            .putShort((short) field)
            .putInt(id)
            .array());
  }

  /// Appends a question for the link-layer address of an IPv4 address.
  public Packet arpRequest(String sender, String target) {
    return arp(1, "02:00:00:00:00:01", sender, "00:00:00:00:00:00", target);
  }

  /// Appends an address resolution message.
  ///
  /// @param operation 1 for a question, 2 for an answer
  public Packet arp(
      int operation, String senderMac, String sender, String targetMac, String target) {
    return with(
        new Layer.Arp(
            check("operation", operation, 0xffff),
            mac(senderMac),
            Inet4Address.ofLiteral(sender).getAddress(),
            mac(targetMac),
            Inet4Address.ofLiteral(target).getAddress()));
  }

  /// Appends a header of generic routing encapsulation, without a key.
  public Packet gre() {
    return with(new Layer.Gre(null, INFERRED));
  }

  /// Appends a header of generic routing encapsulation, with a key.
  public Packet gre(int key) {
    return with(new Layer.Gre(key, INFERRED));
  }

  /// Appends the header of a virtual network, into which an Ethernet header belongs; around it
  /// stands UDP to port 4789.
  public Packet vxlan(int networkId) {
    return with(new Layer.Vxlan(check("network", networkId, 0xff_ffff)));
  }

  /// Appends an Ethernet header between two locally administered addresses: of a frame inside.
  public Packet innerEthernet() {
    return with(new Layer.Ethernet(mac("02:00:00:00:00:04"), mac("02:00:00:00:00:03"), INFERRED));
  }

  /// Appends a UDP header.
  public Packet udp(int source, int destination) {
    return with(new Layer.Udp(port(source), port(destination)));
  }

  /// Appends a TCP header with these flags.
  public Packet tcp(int source, int destination, TcpFlag... flags) {
    int bits =
        Arrays.stream(flags).mapToInt(flag -> 1 << flag.ordinal()).reduce(0, (a, b) -> a | b);
    return with(new Layer.Tcp(port(source), port(destination), 0, 0, bits, new byte[0]));
  }

  /// Appends an ICMP header.
  public Packet icmp(int type, int code) {
    return with(new Layer.Icmp(check("type", type, 0xff), check("code", code, 0xff), 0));
  }

  /// Appends an ICMP echo request.
  public Packet ping(int id, int sequence) {
    return with(new Layer.Icmp(8, 0, id << 16 | (sequence & 0xffff)));
  }

  /// Appends an ICMPv6 header.
  public Packet icmpv6(int type, int code) {
    return with(new Layer.Icmpv6(check("type", type, 0xff), check("code", code, 0xff), 0));
  }

  /// Appends an ICMPv6 echo request.
  public Packet pingv6(int id, int sequence) {
    return with(new Layer.Icmpv6(128, 0, id << 16 | (sequence & 0xffff)));
  }

  /// Appends bytes.
  public Packet payload(byte[] bytes) {
    return with(new Layer.Payload(bytes.clone()));
  }

  /// Appends text in UTF-8.
  public Packet payload(String text) {
    return payload(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Appends that many zero bytes.
  public Packet payload(int bytes) {
    return payload(new byte[bytes]);
  }

  /// Sets the EtherType of the last Ethernet header or tag, whatever comes inside.
  public Packet etherType(int type) {
    check("EtherType", type, 0xffff);
    return change(Layer.Link.class, link -> link.withType(type));
  }

  /// Sets the protocol number of the last IP header, whatever comes inside.
  public Packet protocol(int number) {
    check("protocol", number, 0xff);
    return change(Layer.Ip.class, ip -> ip.withProtocol(number));
  }

  /// Sets the time to live, or the hop limit, of the last IP header; initially 64.
  public Packet ttl(int hops) {
    check("time to live", hops, 0xff);
    return change(Layer.Ip.class, ip -> ip.withTtl(hops));
  }

  /// Sets the type of service, or the traffic class, of the last IP header; initially 0.
  public Packet tos(int tos) {
    check("type of service", tos, 0xff);
    return change(Layer.Ip.class, ip -> ip.withTos(tos));
  }

  /// Gives the last IPv4 header options, padded with zeros to a multiple of 4.
  ///
  /// @throws IllegalArgumentException if there are more than 40 bytes
  public Packet ipOptions(byte... options) {
    check("length of options", options.length, 40);
    byte[] padded = Arrays.copyOf(options, (options.length + 3) & ~3);
    return change(Layer.Ipv4.class, ip -> ip.withOptions(padded));
  }

  /// Gives the last TCP header options, padded with zeros to a multiple of 4.
  ///
  /// @throws IllegalArgumentException if there are more than 40 bytes
  public Packet tcpOptions(byte... options) {
    check("length of options", options.length, 40);
    byte[] padded = Arrays.copyOf(options, (options.length + 3) & ~3);
    return change(Layer.Tcp.class, tcp -> tcp.withOptions(padded));
  }

  /// Makes the last IPv4 packet a fragment of a larger one.
  ///
  /// What comes inside is the fragment's own: a transport checksum covers no other fragment.
  ///
  /// @param id what the fragments of a packet have in common
  /// @param offset the position of this one, in bytes; a multiple of 8
  /// @param more whether others come behind
  public Packet fragment(int id, int offset, boolean more) {
    check("fragment id", id, 0xffff);
    check("fragment offset", offset, 0x1fff * 8);
    if (offset % 8 != 0) {
      throw new IllegalArgumentException("fragment offset " + offset + " is no multiple of 8");
    }
    int field = offset / 8 | (more ? MORE_FRAGMENTS : 0);
    return change(Layer.Ipv4.class, ip -> ip.withFragment(id, field));
  }

  /// Sets the sequence number and the acknowledged one of the last TCP header; initially 0.
  public Packet sequence(int sequence, int acknowledged) {
    return change(Layer.Tcp.class, tcp -> tcp.withSequence(sequence, acknowledged));
  }

  /// The frame's bytes, without padding and frame check sequence.
  @Override
  public byte[] bytes() {
    byte[] bytes = new byte[0];
    for (int i = layers.size() - 1; i >= 0; i--) {
      bytes = layers.get(i).encode(bytes, at(i + 1), around(i));
    }
    return bytes;
  }

  private @Nullable Layer around(int index) {
    int outer = index - 1;
    while (at(outer) instanceof Layer.Ipv6Extension) {
      outer--;
    }
    return at(outer);
  }

  private @Nullable Layer at(int index) {
    return index >= 0 && index < layers.size() ? layers.get(index) : null;
  }

  /// The bytes in hex.
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes());
  }

  private Packet with(Layer layer) {
    List<Layer> longer = new ArrayList<>(layers);
    longer.add(layer);
    return new Packet(longer);
  }

  private <L extends Layer> Packet change(Class<L> kind, UnaryOperator<L> how) {
    List<Layer> changed = new ArrayList<>(layers);
    for (int i = changed.size() - 1; i >= 0; i--) {
      if (kind.isInstance(changed.get(i))) {
        changed.set(i, how.apply(kind.cast(changed.get(i))));
        return new Packet(changed);
      }
    }
    throw new IllegalStateException("the packet has no " + kind.getSimpleName() + " header");
  }

  private static int port(int number) {
    return check("port", number, 0xffff);
  }

  private static int check(String what, int value, int greatest) {
    if (value < 0 || value > greatest) {
      throw new IllegalArgumentException(what + " " + value + " is not in 0 to " + greatest);
    }
    return value;
  }

  private static byte[] mac(String text) {
    byte[] bytes = HexFormat.ofDelimiter(":").parseHex(text);
    if (bytes.length != 6) {
      throw new IllegalArgumentException("not a MAC address: " + text);
    }
    return bytes;
  }

  private static byte[] ipv6(String text) {
    byte[] bytes = Inet6Address.ofLiteral(text).getAddress();
    if (bytes.length != 16) {
      throw new IllegalArgumentException("not an IPv6 address: " + text);
    }
    return bytes;
  }
}
