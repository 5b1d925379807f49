import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfWorkqueue;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;

@Bpf(license = "GPL")
public final class Work {

  @Struct
  static final class Session {
    long packets;
    final BpfWorkqueue cleaning = new BpfWorkqueue();
  }

  @Struct
  static final class Slot {
    int runs;
    final BpfWorkqueue work = new BpfWorkqueue();
  }

  static final BpfHashMap<Integer, Session> sessions = BpfHashMap.create(8);
  static final BpfArray<Slot> slots = BpfArray.create(2);

  static int cleaned;
  static long packets;

  @Tc
  static TcAction count(TcContext context) {
    int length = context.length();
    if (!sessions.containsKey(length)) {
      sessions.put(length, new Session());
    }
    Session session = sessions.get(length);
    if (session == null) {
      return TcAction.SHOT;
    }
    session.packets++;
    if (session.packets < 3) {
      return TcAction.OK;
    }
    boolean started =
        session.cleaning.start(
            sessions,
            (key, value) -> {
              packets += value.packets;
              cleaned = key;
              sessions.remove(key);
            });
    return started ? TcAction.STOLEN : TcAction.SHOT;
  }

  @Tc
  static TcAction aborts(TcContext context) {
    return slots.get(1).work.start(slots, Work::divide) ? TcAction.OK : TcAction.SHOT;
  }

  private static void divide(int index, Slot slot) {
    slot.runs += index;
    slot.runs += 100 / (slot.runs - 1);
  }

  @Tc
  static TcAction twice(TcContext context) {
    Slot slot = slots.get(0);
    slot.work.start(slots, (index, value) -> value.runs += 10 + index);
    return TcAction.OK;
  }
}
