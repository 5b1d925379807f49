import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class Sorts {
  @Struct
  static final class Args {
    final int[] values = new int[32];
  }

  @Struct
  static final class Four {
    final int[] values = new int[4];
  }

  @Syscall
  static int insertion(Args args) {
    for (int i = 1; i < args.values.length; i++) {
      int value = args.values[i];
      int j = i - 1;
      while (j >= 0 && args.values[j] > value) {
        args.values[j + 1] = args.values[j];
        j--;
      }
      args.values[j + 1] = value;
    }
    return args.values[0];
  }

  @Syscall
  static int bubble(Four args) {
    for (int i = 0; i < args.values.length; i++) {
      for (int j = 0; j + 1 < args.values.length - i; j++) {
        if (args.values[j] > args.values[j + 1]) {
          int t = args.values[j];
          args.values[j] = args.values[j + 1];
          args.values[j + 1] = t;
        }
      }
    }
    return args.values[0];
  }

  @Syscall
  static int local(Four args) {
    int[] a = args.values.clone();
    for (int i = 1; i < a.length; i++) {
      int value = a[i];
      int j = i - 1;
      while (j >= 0 && a[j] > value) {
        a[j + 1] = a[j];
        j--;
      }
      a[j + 1] = value;
    }
    return a[0];
  }
}
