import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Structs;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class LocalArrayOfStructs {

  @Struct
  static final class Pair {
    int key;
    long count;
  }

  @Struct
  static final class Args {
    final int[] keys = new int[6];
    int most;
    int seen;
  }

  /// Counts a key in the first pair that has it or is free.
  private static boolean count(Pair[] pairs, int key) {
    for (int i = 0; i < pairs.length; i++) {
      if (pairs[i].count == 0) {
        pairs[i].key = key;
      }
      if (pairs[i].key == key) {
        pairs[i].count++;
        return true;
      }
    }
    return false;
  }

  @Syscall
  static int mode(Args args) {
    Pair[] pairs = Structs.fill(new Pair[4], Pair::new);
    int lost = 0;
    for (int key : args.keys) {
      if (!count(pairs, key)) {
        lost++;
      }
    }
    Pair[] two = {new Pair(), new Pair()};
    for (Pair pair : pairs) {
      if (pair.count > two[0].count) {
        Helpers.copy(two[0], two[1]);
        Helpers.copy(pair, two[0]);
      }
    }
    args.most = two[0].key;
    args.seen = two[1].key;
    return lost * 100 + (int) two[0].count;
  }
}
