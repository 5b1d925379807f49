import org.bpf4j.lang.Be32;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Header;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.SkMsg;
import org.bpf4j.lang.SkMsgContext;
import org.bpf4j.lang.SockMap;
import org.bpf4j.lang.SocketAction;

@Bpf(license = "GPL")
public final class Messages {

  static final int DROP = 0x64726f70;
  static final int MOVE = 0x6d6f7665;
  static final int CUT = 0x6375742e;
  static final int GROW = 0x67726f77;

  @Header(bytes = 4)
  interface Word {
    @Be32
    int text();

    void text(int value);
  }

  static final SockMap peers = SockMap.create(4);
  static int sent;
  static int port;
  static int result;

  @SkMsg
  static SocketAction send(SkMsgContext context) {
    sent += context.length();
    port = context.remotePort();
    result = Helpers.msgPullData(context, 0, Math.min(context.length(), 4), 0);
    Word word = context.header(Word.class, 0);
    if (word == null) {
      return SocketAction.PASS;
    }
    switch (word.text()) {
      case DROP:
        return SocketAction.DROP;
      case MOVE:
        return peers.redirect(1);
      case CUT:
        result = Helpers.msgPopData(context, 0, 4, 0);
        return SocketAction.PASS;
      case GROW:
        result = Helpers.msgPushData(context, 0, 4, 0);
        Word first = context.header(Word.class, 0);
        if (first == null) {
          return SocketAction.DROP;
        }
        first.text(CUT);
        return SocketAction.PASS;
      default:
        return SocketAction.PASS;
    }
  }

  @SkMsg
  static SocketAction hold(SkMsgContext context) {
    result = Helpers.msgCorkBytes(context, 8) + Helpers.msgApplyBytes(context, 8);
    return peers.redirectIngress(context.length() > 8 ? 9 : 3);
  }
}
