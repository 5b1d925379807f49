import org.bpf4j.lang.Address;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Constant;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Kfunc;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class ComputedConstant {

  @KernelStruct("task_struct")
  interface Task {
    int tgid();
  }

  @Struct
  static final class Args {
    long address;
    int type;
  }

  @Kfunc(value = "bpf_rdonly_cast", since = "6.2")
  static native Task task(@Address long address, @Constant int type);

  @Syscall
  static int program(Args args) {
    return task(args.address, args.type).tgid();
  }
}
