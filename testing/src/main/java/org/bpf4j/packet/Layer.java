package org.bpf4j.packet;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A protocol's header as a packet's author sees it: without lengths and checksums, which follow
/// from what is inside and around.
sealed interface Layer {

  /// EtherType and IP protocol of "nothing known": local experiments (IEEE 802 0x88b5, RFC 3692
  /// 253).
  int EXPERIMENTAL_TYPE = 0x88b5;

  int EXPERIMENTAL_PROTOCOL = 253;

  /// The bytes of this layer around what is inside.
  ///
  /// @param payload the encoded inside
  /// @param inner the next layer, or null
  /// @param outer the layer around, extension headers left out, or null
  byte[] encode(byte[] payload, @Nullable Layer inner, @Nullable Layer outer);

  /// A layer that says by an EtherType what is inside.
  sealed interface Link extends Layer {

    /// The same with that type.
    Link withType(int type);
  }

  /// A layer that says by an IP protocol number what is inside.
  sealed interface Ip extends Layer {

    /// The same with that time to live.
    Ip withTtl(int ttl);

    /// The same with that type of service.
    Ip withTos(int tos);

    /// The same with that protocol.
    Ip withProtocol(int protocol);
  }

  /// Ethernet II.
  record Ethernet(byte[] destination, byte[] source, int type) implements Link {
    @Override
    public Ethernet withType(int newType) {
      return new Ethernet(destination, source, newType);
    }

    @Override
    public byte[] encode(byte[] payload, @Nullable Layer inner, @Nullable Layer outer) {
      return ByteBuffer.allocate(14 + payload.length)
          .put(destination)
          .put(source)
          .putShort((short) etherType(type, inner))
          .put(payload)
          .array();
    }
  }

  /// A VLAN tag; `tag` is the type by which it is announced: 0x8100 (802.1Q) or 0x88a8 (802.1ad).
  record Vlan(int id, int priority, int tag, int type) implements Link {
    @Override
    public Vlan withType(int newType) {
      return new Vlan(id, priority, tag, newType);
    }

    @Override
    public byte[] encode(byte[] payload, @Nullable Layer inner, @Nullable Layer outer) {
      return ByteBuffer.allocate(4 + payload.length)
          .putShort((short) (priority << 13 | id))
          .putShort((short) etherType(type, inner))
          .put(payload)
          .array();
    }
  }

  /// IPv4.
  record Ipv4(
      byte[] source,
      byte[] destination,
      int ttl,
      int tos,
      int id,
      int fragment,
      byte[] options,
      int protocol)
      implements Ip {
    @Override
    public Ipv4 withTtl(int newTtl) {
      return new Ipv4(source, destination, newTtl, tos, id, fragment, options, protocol);
    }

    @Override
    public Ipv4 withTos(int newTos) {
      return new Ipv4(source, destination, ttl, newTos, id, fragment, options, protocol);
    }

    @Override
    public Ipv4 withProtocol(int newProtocol) {
      return new Ipv4(source, destination, ttl, tos, id, fragment, options, newProtocol);
    }

    Ipv4 withFragment(int newId, int newFragment) {
      return new Ipv4(source, destination, ttl, tos, newId, newFragment, options, protocol);
    }

    Ipv4 withOptions(byte[] newOptions) {
      return new Ipv4(source, destination, ttl, tos, id, fragment, newOptions, protocol);
    }

    @Override
    public byte[] encode(byte[] payload, @Nullable Layer inner, @Nullable Layer outer) {
      int header = 20 + options.length;
      ByteBuffer out =
          ByteBuffer.allocate(header + payload.length)
              .put((byte) (0x40 | header / 4))
              .put((byte) tos)
              .putShort((short) (header + payload.length))
              .putShort((short) id)
              .putShort((short) fragment)
              .put((byte) ttl)
              .put((byte) ipProtocol(protocol, inner))
              .putShort((short) 0)
              .put(source)
              .put(destination)
              .put(options);
      out.putShort(10, (short) Checksum.of(Arrays.copyOf(out.array(), header)));
      return out.put(payload).array();
    }
  }

  /// IPv6 without extension headers.
  record Ipv6(byte[] source, byte[] destination, int hopLimit, int trafficClass, int nextHeader)
      implements Ip {
    @Override
    public Ipv6 withTtl(int ttl) {
      return new Ipv6(source, destination, ttl, trafficClass, nextHeader);
    }

    @Override
    public Ipv6 withTos(int tos) {
      return new Ipv6(source, destination, hopLimit, tos, nextHeader);
    }

    @Override
    public Ipv6 withProtocol(int protocol) {
      return new Ipv6(source, destination, hopLimit, trafficClass, protocol);
    }

    @Override
    public byte[] encode(byte[] payload, @Nullable Layer inner, @Nullable Layer outer) {
      return ByteBuffer.allocate(40 + payload.length)
          .putInt(6 << 28 | trafficClass << 20)
          .putShort((short) payload.length)
          .put((byte) ipProtocol(nextHeader, inner))
          .put((byte) hopLimit)
          .put(source)
          .put(destination)
          .put(payload)
          .array();
    }
  }

  /// UDP; a checksum that computes to zero is sent as ones (RFC 768).
  record Udp(int source, int destination) implements Layer {
    @Override
    public byte[] encode(byte[] payload, @Nullable Layer inner, @Nullable Layer outer) {
      ByteBuffer out =
          ByteBuffer.allocate(8 + payload.length)
              .putShort((short) source)
              .putShort((short) destination)
              .putShort((short) (8 + payload.length))
              .putShort((short) 0)
              .put(payload);
      int checksum = Checksum.of(pseudoHeader(outer, 17, out.capacity()), out.array());
      return out.putShort(6, (short) (checksum == 0 ? 0xffff : checksum)).array();
    }
  }

  /// TCP.
  record Tcp(int source, int destination, int sequence, int acknowledged, int flags, byte[] options)
      implements Layer {
    Tcp withSequence(int newSequence, int newAcknowledged) {
      return new Tcp(source, destination, newSequence, newAcknowledged, flags, options);
    }

    Tcp withOptions(byte[] newOptions) {
      return new Tcp(source, destination, sequence, acknowledged, flags, newOptions);
    }

    @Override
    public byte[] encode(byte[] payload, @Nullable Layer inner, @Nullable Layer outer) {
      ByteBuffer out =
          ByteBuffer.allocate(20 + options.length + payload.length)
              .putShort((short) source)
              .putShort((short) destination)
              .putInt(sequence)
              .putInt(acknowledged)
              .put((byte) ((20 + options.length) / 4 << 4))
              .put((byte) flags)
              .putShort((short) 0xffff)
              .putInt(0)
              .put(options)
              .put(payload);
      int checksum = Checksum.of(pseudoHeader(outer, 6, out.capacity()), out.array());
      return out.putShort(16, (short) checksum).array();
    }
  }

  /// ICMP; `rest` is the second word of its header.
  record Icmp(int type, int code, int rest) implements Layer {
    @Override
    public byte[] encode(byte[] payload, @Nullable Layer inner, @Nullable Layer outer) {
      byte[] out = icmp(type, code, rest, payload);
      return ByteBuffer.wrap(out).putShort(2, (short) Checksum.of(out)).array();
    }
  }

  /// ICMPv6; `rest` is the second word of its header.
  record Icmpv6(int type, int code, int rest) implements Layer {
    @Override
    public byte[] encode(byte[] payload, @Nullable Layer inner, @Nullable Layer outer) {
      byte[] out = icmp(type, code, rest, payload);
      int checksum = Checksum.of(pseudoHeader(outer, 58, out.length), out);
      return ByteBuffer.wrap(out).putShort(2, (short) checksum).array();
    }
  }

  /// Address resolution for Ethernet and IPv4.
  record Arp(int operation, byte[] senderMac, byte[] sender, byte[] targetMac, byte[] target)
      implements Layer {
    @Override
    public byte[] encode(byte[] payload, @Nullable Layer inner, @Nullable Layer outer) {
      return ByteBuffer.allocate(28 + payload.length)
          .putShort((short) 1)
          .putShort((short) 0x0800)
          .put((byte) 6)
          .put((byte) 4)
          .putShort((short) operation)
          .put(senderMac)
          .put(sender)
          .put(targetMac)
          .put(target)
          .put(payload)
          .array();
    }
  }

  /// Generic routing encapsulation; without a key if that is null.
  record Gre(@Nullable Integer key, int type) implements Link {
    @Override
    public Gre withType(int newType) {
      return new Gre(key, newType);
    }

    @Override
    public byte[] encode(byte[] payload, @Nullable Layer inner, @Nullable Layer outer) {
      ByteBuffer out =
          ByteBuffer.allocate((key == null ? 4 : 8) + payload.length)
              .putShort((short) (key == null ? 0 : 0x2000))
              .putShort((short) (inner instanceof Ethernet ? 0x6558 : etherType(type, inner)));
      if (key != null) {
        out.putInt(key);
      }
      return out.put(payload).array();
    }
  }

  /// A virtual network's header.
  record Vxlan(int networkId) implements Layer {
    @Override
    public byte[] encode(byte[] payload, @Nullable Layer inner, @Nullable Layer outer) {
      return ByteBuffer.allocate(8 + payload.length)
          .putInt(0x08 << 24)
          .putInt(networkId << 8)
          .put(payload)
          .array();
    }
  }

  /// An extension header of IPv6: its type, and what stands behind its length, padded with zeros to
  /// a multiple of 8 bytes.
  record Ipv6Extension(int header, byte[] body, int nextHeader) implements Layer {

    /// The number of the fragment header, which has no length (RFC 8200).
    private static final int FRAGMENT = 44;

    /// The number of the authentication header, which counts words of 4 bytes (RFC 4302).
    private static final int AUTHENTICATION = 51;

    private int length(int bytes) {
      return switch (header) {
        case FRAGMENT -> 0;
        case AUTHENTICATION -> bytes / 4 - 2;
        default -> bytes / 8 - 1;
      };
    }

    @Override
    public byte[] encode(byte[] payload, @Nullable Layer inner, @Nullable Layer outer) {
      int bytes = (2 + body.length + 7) & ~7;
      byte[] padded = Arrays.copyOf(body, bytes - 2);
      return ByteBuffer.allocate(bytes + payload.length)
          .put((byte) ipProtocol(nextHeader, inner))
          .put((byte) length(bytes))
          .put(padded)
          .put(payload)
          .array();
    }
  }

  /// Bytes.
  record Payload(byte[] bytes) implements Layer {
    @Override
    public byte[] encode(byte[] payload, @Nullable Layer inner, @Nullable Layer outer) {
      return ByteBuffer.allocate(bytes.length + payload.length).put(bytes).put(payload).array();
    }
  }

  private static byte[] icmp(int type, int code, int rest, byte[] payload) {
    return ByteBuffer.allocate(8 + payload.length)
        .put((byte) type)
        .put((byte) code)
        .putShort((short) 0)
        .putInt(rest)
        .put(payload)
        .array();
  }

  private static int etherType(int given, @Nullable Layer inner) {
    if (given >= 0) {
      return given;
    }
    return switch (inner) {
      case Vlan vlan -> vlan.tag();
      case Ipv4 _ -> 0x0800;
      case Ipv6 _ -> 0x86dd;
      case Arp _ -> 0x0806;
      case Ethernet _, Udp _, Tcp _, Icmp _, Icmpv6 _, Gre _, Vxlan _, Ipv6Extension _, Payload _ ->
          EXPERIMENTAL_TYPE;
      case null -> EXPERIMENTAL_TYPE;
    };
  }

  private static int ipProtocol(int given, @Nullable Layer inner) {
    if (given >= 0) {
      return given;
    }
    return switch (inner) {
      case Udp _ -> 17;
      case Tcp _ -> 6;
      case Icmp _ -> 1;
      case Icmpv6 _ -> 58;
      case Ipv4 _ -> 4;
      case Ipv6 _ -> 41;
      case Gre _ -> 47;
      case Ipv6Extension extension -> extension.header();
      case Ethernet _, Vlan _, Arp _, Vxlan _, Payload _ -> EXPERIMENTAL_PROTOCOL;
      case null -> EXPERIMENTAL_PROTOCOL;
    };
  }

  /// What a transport checksum covers besides the segment (RFC 768, RFC 9293, RFC 8200 §8.1).
  private static byte[] pseudoHeader(@Nullable Layer outer, int protocol, int length) {
    return switch (outer) {
      case Ipv4 ip ->
          ByteBuffer.allocate(12)
              .put(ip.source())
              .put(ip.destination())
              .putShort((short) protocol)
              .putShort((short) length)
              .array();
      case Ipv6 ip ->
          ByteBuffer.allocate(40)
              .put(ip.source())
              .put(ip.destination())
              .putInt(length)
              .putInt(protocol)
              .array();
      case Ethernet _,
          Vlan _,
          Arp _,
          Udp _,
          Tcp _,
          Icmp _,
          Icmpv6 _,
          Gre _,
          Vxlan _,
          Ipv6Extension _,
          Payload _ ->
          new byte[0];
      case null -> new byte[0];
    };
  }
}
