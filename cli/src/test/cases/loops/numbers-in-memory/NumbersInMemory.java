import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.LoopBudget;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Structs;
import org.bpf4j.lang.Syscall;
import org.bpf4j.lang.Walk;

/// Rounds go on from numbers in memory on the stack that branches bound, and that decide others.
@Bpf(license = "GPL")
public final class NumbersInMemory {
  @KernelStruct("task_struct")
  interface Task {
    int tgid();
  }

  @Struct
  static final class State {
    long left;
    int hits;
    final int[] kept = new int[5];
  }

  @Struct
  static final class Args {
    long left;
    int step;
    int hits;
  }

  static short key;

  @Syscall
  static int counted(Args args) {
    State state = begin(args);
    for (int i = 0; i < 16; i++) {
      step(state, args.step);
    }
    return end(args, state);
  }

  @LoopBudget(1_000_000)
  @Syscall
  static int granted(Args args) {
    State state = begin(args);
    long x = args.step;
    while (x != 1) {
      x = (x & 1) == 0 ? x / 2 : x * 3 + 1;
      step(state, args.step);
    }
    return end(args, state);
  }

  @Syscall
  static int calledBack(Args args) {
    State state = begin(args);
    Helpers.loop(
        2_000,
        i -> {
          step(state, args.step);
          return true;
        });
    return end(args, state);
  }

  @Struct
  static final class Pair {
    int first;
    int second;
  }

  @Struct
  static final class Pairs {
    int left;
    int at;
    final Pair[] pairs = Structs.fill(new Pair[4], Pair::new);
  }

  /// The numbers are in a copy of the argument.
  @Syscall
  static int argument(Pairs args) {
    args.left = 1000;
    for (Task task : Walk.processes(Task.class)) {
      args.left--;
      if (args.left > 5) {
        args.pairs[args.at & 3].first += args.left;
      }
      if (task.tgid() >= 0) {
        break;
      }
    }
    return args.left + args.pairs[1].first;
  }

  @Syscall
  static int walked(Args args) {
    State state = begin(args);
    for (Task task : Walk.processes(Task.class)) {
      step(state, args.step);
    }
    args.left = 0;
    return state.kept[1];
  }

  private static State begin(Args args) {
    State state = new State();
    state.left = args.left;
    state.kept[args.step & 3] = 3;
    return state;
  }

  private static void step(State state, int step) {
    if (isOpen(key, state.left, (byte) 3, step % 7)) {
      state.hits++;
      state.left--;
    }
  }

  private static int end(Args args, State state) {
    args.left = state.left;
    args.hits = state.hits;
    return state.kept[1];
  }

  private static boolean isOpen(short low, long left, byte high, int rest) {
    long distance = -95 - (left < low ? low : high);
    return distance
        >= (low < Math.max(low & rest, rest)
            ? Math.min(rest < high ? rest : low, 51)
            : 127 < left - high ? left : rest + low);
  }
}
