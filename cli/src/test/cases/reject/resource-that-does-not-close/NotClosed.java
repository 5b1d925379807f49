import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Kfunc;
import org.bpf4j.lang.Syscall;
import org.jspecify.annotations.Nullable;

@Bpf(license = "GPL")
public final class NotClosed {

  @KernelStruct("bpf_cpumask")
  interface CpuMask extends AutoCloseable {
    @Override
    default void close() {
      released++;
    }
  }

  static int released;

  @Kfunc(releasedBy = "bpf_cpumask_release", since = "6.3")
  static native @Nullable CpuMask bpfCpumaskCreate();

  @Syscall
  static int program() {
    try (CpuMask mask = bpfCpumaskCreate()) {
      return mask == null ? 1 : 0;
    }
  }
}
