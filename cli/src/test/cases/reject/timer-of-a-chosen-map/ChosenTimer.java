import org.bpf4j.lang.*;
import org.bpf4j.lang.net.*;

@Bpf(license = "GPL")
public final class ChosenTimer {
  @Struct
  static final class Session {
    final BpfTimer expiry = new BpfTimer();
  }

  static final BpfHashMap<Integer, Session> inside = BpfHashMap.create(16);
  static final BpfHashMap<Integer, Session> outside = BpfHashMap.create(16);

  static void expire(BpfHashMap<Integer, Session> sessions, int id) {
    Session session = sessions.get(id);
    if (session != null) {
      session.expiry.start(sessions, 1_000, (key, value) -> sessions.remove(key));
    }
  }

  @Xdp
  static XdpAction count(XdpContext context) {
    expire(inside, 1);
    expire(context.length() > 100 ? inside : outside, 2);
    return XdpAction.PASS;
  }
}
