import org.bpf4j.lang.Be16;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class VolatileFields {

  enum State {
    IDLE,
    BUSY
  }

  @Struct
  static final class Args {
    int a;
  }

  @Struct
  static final class Shared {
    volatile int ready;
    volatile State state;
    @Be16 volatile int port;
    long plain;
  }

  static volatile long stop = 5;
  static volatile boolean seen;
  static volatile State state = State.BUSY;
  static final BpfArray<Shared> shared = BpfArray.create(1);

  @Syscall
  static int count(Args args) {
    long before = stop;
    int rounds = 0;
    while (stop != before + args.a && rounds < 10) {
      rounds++;
      stop++;
    }
    seen = true;
    long ignored = stop;
    state = state == State.BUSY ? State.IDLE : State.BUSY;
    return rounds;
  }

  @Syscall
  static int members(Args args) {
    Shared here = shared.get(0);
    here.port = args.a;
    here.ready++;
    here.ready += here.port;
    here.state = here.ready > 5 ? State.BUSY : State.IDLE;
    here.plain = here.ready + here.ready;
    return here.state == State.BUSY ? here.ready : -here.ready;
  }
}
