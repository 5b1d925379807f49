import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Header;
import org.bpf4j.lang.SkSkbContext;
import org.bpf4j.lang.SkSkbStreamParser;
import org.bpf4j.lang.SkSkbStreamVerdict;
import org.bpf4j.lang.SkSkbVerdict;
import org.bpf4j.lang.SockHash;
import org.bpf4j.lang.SocketAction;
import org.bpf4j.lang.U8;

@Bpf(license = "GPL")
public final class Streams {

  @Header(bytes = 4)
  interface Frame {
    @U8
    int bytes();

    @U8
    int to();

    @U8
    int first();

    void first(int value);

    @U8
    int second();
  }

  record Peer(int number, short port) {}

  static final SockHash<Peer> peers = SockHash.create(8);
  static int messages;
  static int parsed;

  @SkSkbStreamParser
  static int parse(SkSkbContext context) {
    parsed++;
    Frame frame = context.load(Frame.class, 0);
    return frame == null ? 0 : frame.bytes();
  }

  @SkSkbStreamVerdict
  static SocketAction route(SkSkbContext context) {
    messages++;
    if (!context.pull(4)) {
      return SocketAction.DROP;
    }
    Frame frame = context.header(Frame.class, 0);
    if (frame == null) {
      return SocketAction.DROP;
    }
    context.priority(3);
    int to = frame.to();
    if (to == 0) {
      frame.first('!');
      return SocketAction.PASS;
    }
    Peer peer = new Peer(to, (short) context.localPort());
    return frame.second() == 'i' ? peers.redirectIngress(peer) : peers.redirect(peer);
  }

  @SkSkbVerdict
  static SocketAction any(SkSkbContext context) {
    return context.length() > 8 ? SocketAction.DROP : SocketAction.PASS;
  }
}
