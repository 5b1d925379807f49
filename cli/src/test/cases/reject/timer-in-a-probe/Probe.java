import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfTimer;
import org.bpf4j.lang.Kprobe;
import org.bpf4j.lang.Struct;

@Bpf(license = "GPL")
public final class Probe {

  @Struct
  static final class Session {
    int packets;
    final BpfTimer expiry = new BpfTimer();
  }

  static final BpfHashMap<Integer, Session> sessions = BpfHashMap.create(8);

  @Kprobe("do_nanosleep")
  static void probe() {
    Session session = sessions.get(1);
    if (session != null) {
      session.packets = 1;
    }
  }
}
