import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfWorkqueue;
import org.bpf4j.lang.Kprobe;
import org.bpf4j.lang.Struct;

@Bpf(license = "GPL")
public final class Probe {

  @Struct
  static final class Session {
    int packets;
    final BpfWorkqueue work = new BpfWorkqueue();
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
