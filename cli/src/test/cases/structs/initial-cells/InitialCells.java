import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// Arrays of atomic cells begin with what their constructors are given.
@Bpf(license = "GPL")
public final class InitialCells {

  @Struct
  static final class State {
    int before = 3;
    final AtomicLong[] cells = {new AtomicLong(5), new AtomicLong(), new AtomicLong(6)};
    final AtomicInteger one = new AtomicInteger(9);
    final AtomicInteger[][] rows = {
      {new AtomicInteger(1), new AtomicInteger(2)}, {new AtomicInteger(), new AtomicInteger(-4)}
    };
  }

  @Struct
  static final class Args {
    int row;
  }

  static final State state = new State();
  static final AtomicLong[] loose = {new AtomicLong(7), new AtomicLong(8)};

  @Syscall
  static int globals(Args args) {
    int row = args.row & 1;
    long all =
        state.before
            + state.cells[2 * row].get() * 10
            + state.rows[row][1].incrementAndGet() * 100
            + loose[row].get() * 1000
            + state.one.get() * 10_000;
    return (int) all;
  }

  @Syscall
  static int locals(Args args) {
    State made = new State();
    int row = args.row & 1;
    long all =
        made.before
            + made.cells[2 * row].get() * 10
            + made.rows[row][1].incrementAndGet() * 100
            + made.one.get() * 10_000;
    return (int) all;
  }
}
