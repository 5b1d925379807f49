import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// What loops that the kernel calls back read and write in memory. Verifiers that look at one round
/// must not take what they see there for what there is in all.
@Bpf(license = "GPL", minKernel = "5.17")
public final class CalledBackMemory {

  @Struct
  static final class Args {
    long start;
    int limit;
    int step;
    final int[] table = new int[8];
  }

  @Struct
  static final class State {
    long sum;
    int rounds;
    byte phase;
    boolean seen;
    final short[] recent = new short[3];
  }

  static final BpfHashMap<Long, State> states = BpfHashMap.create(16);
  static int total;

  /// A struct that begins with numbers that are known, each of which some round changes.
  @Syscall
  static int fields(Args args) {
    State state = new State();
    state.rounds = 5;
    state.phase = 3;
    for (long at = args.start; at > 0; at -= args.step) {
      if (state.rounds == 5) {
        state.sum += 1;
      } else if (state.rounds > 1000) {
        state.sum += 100;
      }
      if (state.phase == 7) {
        state.seen = true;
      }
      state.phase++;
      state.rounds += 2;
      state.recent[state.rounds % 3] = (short) at;
    }
    int recent = state.recent[0] * 10000 + state.recent[1] * 100 + state.recent[2];
    return (int) (state.sum * 31 + state.rounds) + (state.seen ? 7 : 0) + recent;
  }

  /// Arrays: one that is only read, one that is written.
  @Syscall
  static int arrays(Args args) {
    int[] weights = {1, 10, 100, 1000};
    long[] counts = new long[4];
    byte[] odd = {1, 2, 3};
    for (long at = args.start; at > 0; at -= args.step) {
      int index = (int) (at & 3);
      counts[index] += weights[3 - index];
      odd[index % 3] ^= (byte) at;
      if (counts[0] == 0) {
        counts[1]++;
      }
    }
    return (int) (counts[0] + counts[1] * 3 + counts[2] * 5 + counts[3] * 7)
        + odd[0] * odd[1] * odd[2];
  }

  /// An object of each round, and temporary memory for keys and values.
  @Syscall
  static int fresh(Args args) {
    long found = 0;
    for (long at = args.start; at > 0; at -= args.step) {
      State state = new State();
      state.sum = at;
      state.recent[(int) (at % 3)] = 5;
      if (at % 4 == 0) {
        states.put(at % 8, state);
      }
      State stored = states.get(at & 7);
      if (stored != null) {
        stored.rounds++;
        found += stored.sum + state.recent[1];
      }
    }
    State last = states.get(4L);
    return (int) found + (last == null ? 0 : last.rounds);
  }

  /// What a round finds is used behind the loop.
  @Syscall
  static int found(Args args) {
    for (long key = 0; key < args.start; key++) {
      State state = new State();
      state.sum = key * 3;
      states.put(key & 15, state);
    }
    long key = args.start;
    while (true) {
      State state = states.get(key & 15);
      if (state == null) {
        return -1;
      }
      if (state.sum % args.step == args.limit) {
        state.rounds = 9;
        total += state.rounds;
        return (int) state.sum + total;
      }
      if (key < -100) {
        break;
      }
      key--;
    }
    return (int) key;
  }

  /// Globals, and the argument's own memory.
  @Syscall
  static int elsewhere(Args args) {
    State state = new State();
    total = 1;
    while (total < args.limit) {
      total = total * 2 + args.step;
      state.sum += total;
      args.table[total & 7] += 1;
    }
    return (int) state.sum + args.table[1] * 1000 + args.table[5];
  }

  /// Two loops with the same memory, one in the other's place.
  @Syscall
  static int twice(Args args) {
    State state = new State();
    for (long at = args.start; at > 0; at -= args.step) {
      state.sum += at;
    }
    long left = state.sum;
    state.sum = 1;
    while (left > 0) {
      left -= state.sum;
      state.sum += state.rounds == 0 ? 1 : 2;
      if (left < args.limit) {
        state.rounds = 1;
      }
    }
    return (int) state.sum * 2 + state.rounds;
  }

  /// More than the stack has room for twice: the loop stays where it is.
  @Syscall
  static int large(Args args) {
    long[] many = new long[56];
    for (long at = args.start; at > 0; at -= args.step) {
      many[(int) (at % 56)] += at;
    }
    long sum = 0;
    for (int i = 0; i < 56; i++) {
      sum = sum * 3 + many[i];
    }
    return (int) sum;
  }
}
