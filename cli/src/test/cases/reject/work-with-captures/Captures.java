import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfWorkqueue;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;

@Bpf(license = "GPL")
public final class Captures {

  @Struct
  static final class Session {
    int packets;
    final BpfWorkqueue work = new BpfWorkqueue();
  }

  static final BpfHashMap<Integer, Session> sessions = BpfHashMap.create(8);

  @Tc
  static TcAction captures(TcContext context) {
    Session session = sessions.get(1);
    int mark = context.mark();
    if (session != null) {
      session.work.start(sessions, (key, value) -> value.packets = mark);
    }
    return TcAction.OK;
  }
}
