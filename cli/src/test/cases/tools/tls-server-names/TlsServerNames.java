import org.bpf4j.lang.Be16;
import org.bpf4j.lang.Be24;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Header;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;
import org.bpf4j.lang.U8;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.IpProtocol;
import org.bpf4j.lang.net.Ipv4;
import org.bpf4j.lang.net.Tcp;

@Bpf(license = "GPL")
public final class TlsServerNames {
  static final int MAX_EXTENSIONS = 32, NAME = 64;

  @Header(bytes = 5)
  interface TlsRecord {
    @U8
    int type();

    @Be16
    int version();

    @Be16
    int length();
  }

  @Header(bytes = 4)
  interface Handshake {
    @U8
    int type();

    @Be24
    int length();
  }

  @Header(bytes = 1)
  interface Octet {
    @U8
    int value();
  }

  @Header(bytes = 2)
  interface Short {
    @Be16
    int value();
  }

  @Header(bytes = 4)
  interface Extension {
    @Be16
    int type();

    @Be16
    int length();
  }

  @Header(bytes = 5)
  interface ServerName {
    @Be16
    int listLength();

    @U8
    int type();

    @Be16
    int length();
  }

  @Struct
  static final class Host {
    final byte[] name = new byte[NAME];
  }

  static final BpfHashMap<Host, Integer> blocked = BpfHashMap.create(1_024);

  @Struct
  static final class Seen {
    int length;
    int source;
    final byte[] name = new byte[NAME];
  }

  static final RingBuffer<Seen> events = RingBuffer.ofBytes(1 << 16);
  static int parsed;

  @Tc
  static TcAction filter(TcContext ctx) {
    Ethernet eth = ctx.header(Ethernet.class, 0);
    if (eth == null || eth.etherType() != EtherType.IPV4) return TcAction.OK;
    Ipv4 ip = ctx.header(Ipv4.class, Ethernet.BYTES);
    if (ip == null || ip.protocol() != IpProtocol.TCP) return TcAction.OK;
    int source = ip.source();
    int at = Ethernet.BYTES + ip.headerBytes();
    Tcp tcp = ctx.header(Tcp.class, at);
    if (tcp == null || tcp.destinationPort() != 443) return TcAction.OK;
    at += tcp.headerBytes();
    int sni = findName(ctx, at);
    if (sni < 0) return TcAction.OK;
    ServerName name = ctx.load(ServerName.class, sni);
    if (name == null || name.type() != 0) return TcAction.OK;
    int length = name.length();
    if (length == 0 || length > NAME) return TcAction.OK;
    Host key = new Host();
    for (int i = 0; i < NAME; i++) {
      if (i >= length) break;
      Octet b = ctx.load(Octet.class, sni + 5 + i);
      if (b == null) return TcAction.OK;
      int c = b.value();
      key.name[i] = (byte) (c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    parsed++;
    Seen seen = events.reserve();
    if (seen != null) {
      seen.length = length;
      seen.source = source;
      System.arraycopy(key.name, 0, seen.name, 0, NAME);
      events.submit(seen);
    }
    Integer verdict = blocked.get(key);
    if (verdict == null) return TcAction.OK;
    blocked.put(key, verdict + 1);
    return TcAction.SHOT;
  }

  /** Where the extension's data begins, or -1. */
  static int findName(TcContext ctx, int at) {
    TlsRecord record = ctx.load(TlsRecord.class, at);
    if (record == null || record.type() != 0x16) return -1;
    at += 5;
    Handshake hello = ctx.load(Handshake.class, at);
    if (hello == null || hello.type() != 1) return -1;
    int end = at + 4 + hello.length();
    at += 4 + 2 + 32;
    Octet session = ctx.load(Octet.class, at);
    if (session == null) return -1;
    at += 1 + session.value();
    Short ciphers = ctx.load(Short.class, at);
    if (ciphers == null) return -1;
    at += 2 + ciphers.value();
    Octet compression = ctx.load(Octet.class, at);
    if (compression == null) return -1;
    at += 1 + compression.value();
    Short extensions = ctx.load(Short.class, at);
    if (extensions == null) return -1;
    at += 2;
    end = Math.min(end, at + extensions.value());
    for (int i = 0; i < MAX_EXTENSIONS && at + 4 <= end; i++) {
      Extension e = ctx.load(Extension.class, at);
      if (e == null) return -1;
      if (e.type() == 0) return at + 4;
      at += 4 + e.length();
    }
    return -1;
  }
}
