import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class ManyArguments {

  @Struct
  static final class Args {
    int number;
    final BpfString name = BpfString.ofSize(8);
  }

  @Syscall
  static int print(Args args) {
    Helpers.printk("%s: %d %d %d %x", args.name, args.number, 1, 2L, -1);
    return 0;
  }
}
