import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// Loops over arrays.
@Bpf(license = "GPL")
public final class Tables {

  @Struct
  static final class Args {
    int wanted;
    int count;
    final int[] values = new int[32];
  }

  @Struct
  static final class Matrices {
    final int[] a = new int[256];
    final int[] b = new int[256];
    final int[] product = new int[256];
  }

  static final int SIZE = 16;
  static final Matrices matrices = new Matrices();
  static final byte[] sieve = new byte[120];

  @Syscall
  static int linearSearch(Args args) {
    for (int i = 0; i < args.values.length; i++) {
      if (args.values[i] == args.wanted) {
        return i;
      }
    }
    return -1;
  }

  @Syscall
  static int binarySearch(Args args) {
    int low = 0;
    int high = args.values.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int value = args.values[middle];
      if (value < args.wanted) {
        low = middle + 1;
      } else if (value > args.wanted) {
        high = middle - 1;
      } else {
        return middle;
      }
    }
    return -(low + 1);
  }

  @Syscall
  static int bubbleSort(Args args) {
    int swaps = 0;
    for (int end = args.values.length - 1; end > 0; end--) {
      for (int i = 0; i < end; i++) {
        if (args.values[i] > args.values[i + 1]) {
          int larger = args.values[i];
          args.values[i] = args.values[i + 1];
          args.values[i + 1] = larger;
          swaps++;
        }
      }
    }
    return swaps;
  }

  @Syscall
  static int multiply(Args args) {
    for (int i = 0; i < matrices.a.length; i++) {
      matrices.a[i] = i * args.wanted;
      matrices.b[i] = i ^ args.count;
    }
    for (int row = 0; row < SIZE; row++) {
      for (int column = 0; column < SIZE; column++) {
        int sum = 0;
        for (int k = 0; k < SIZE; k++) {
          sum += matrices.a[row * SIZE + k] * matrices.b[k * SIZE + column];
        }
        matrices.product[row * SIZE + column] = sum;
      }
    }
    int trace = 0;
    for (int i = 0; i < SIZE; i++) {
      trace += matrices.product[i * SIZE + i];
    }
    return trace;
  }

  @Syscall
  static int primes(Args args) {
    for (int i = 0; i < sieve.length; i++) {
      sieve[i] = 0;
    }
    int found = 0;
    for (int i = 2; i < sieve.length; i++) {
      if (sieve[i] != 0) {
        continue;
      }
      found++;
      for (int j = i * i; j < sieve.length; j += i) {
        sieve[j] = 1;
      }
    }
    return found;
  }

  @Syscall
  static int longestRun(Args args) {
    int longest = 0;
    int run = 0;
    for (int value : args.values) {
      run = value == args.wanted ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  @Syscall
  static int pairs(Args args) {
    int found = 0;
    outer:
    for (int i = 0; i < args.values.length; i++) {
      for (int j = i + 1; j < args.values.length; j++) {
        if (args.values[i] == args.values[j]) {
          continue outer;
        }
        if (args.values[i] + args.values[j] == args.wanted) {
          found++;
        }
      }
    }
    return found;
  }
}
