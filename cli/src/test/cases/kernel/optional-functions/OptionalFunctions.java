import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Kfunc;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class OptionalFunctions {

  @Kfunc
  static native void bpfRcuReadLock();

  @Kfunc
  static native void bpfRcuReadUnlock();

  @Kfunc
  static native int bpf4jNoSuchFunction(int number);

  static boolean lock;
  static boolean strange;
  static boolean symbol;

  @Syscall
  static int look() {
    if (Helpers.kernelHas("bpf_rcu_read_lock") && Helpers.kernelHas("bpf_rcu_read_unlock")) {
      bpfRcuReadLock();
      bpfRcuReadUnlock();
      lock = true;
    }
    symbol = Helpers.kernelHas("bpf4j_no_such_symbol");
    if (Helpers.kernelHas("bpf4j_no_such_function")) {
      strange = true;
      return bpf4jNoSuchFunction(3);
    }
    return 1;
  }
}
