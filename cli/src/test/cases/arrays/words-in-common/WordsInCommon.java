import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// Words of the stack that are written at an index in one part and by name in another. Verifiers
/// before Linux 7.0 must not take what is stored by name for a register that they spilled.
@Bpf(license = "GPL", minKernel = "5.15")
public final class WordsInCommon {

  @Struct
  static final class Args {
    long start;
    int limit;
    int step;
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

  /// The first element is never written at an index.
  @Syscall
  static int first(Args args) {
    int[] table = new int[4];
    table[0] = args.limit & 15;
    table[1 + (args.step & 1)] = (int) args.start;
    table[1 + (args.limit & 1)] += 5;
    return table[0] * 3 + table[1] + table[2];
  }

  /// A number before bytes and an array.
  @Syscall
  static int members(Args args) {
    State state = new State();
    state.rounds = args.limit & 15;
    state.phase = (byte) args.step;
    state.recent[(args.step & 255) % 3] = (short) args.start;
    states.put(1L, state);
    State stored = states.get(1L);
    int found = stored == null ? -1 : stored.recent[0] + stored.rounds;
    return found + state.rounds + state.phase + state.recent[0] + state.recent[1];
  }

  /// Words of bytes that begin with a copy.
  @Syscall
  static int copied(Args args) {
    int[] from = {args.limit & 7, args.step & 7, 3, 4};
    int[] to = from.clone();
    to[1 + (args.step & 1)] = (int) args.start;
    return to[0] + 10 * to[1] + 100 * to[2] + 1000 * to[3] + from[0];
  }

  /// Another function writes at the index.
  @Syscall
  static int handed(Args args) {
    State state = new State();
    state.rounds = args.limit & 15;
    state.sum = args.step & 15;
    note(state, args.step, (short) args.start);
    note(state, args.limit, (short) 9);
    return state.rounds + (int) state.sum + state.recent[0] * 7 + state.recent[2];
  }

  static void note(State state, int index, short value) {
    state.recent[(index & 255) % 3] = value;
    state.rounds = state.rounds * 2 & 0xff;
    state.recent[0] += (short) state.rounds;
  }
}
