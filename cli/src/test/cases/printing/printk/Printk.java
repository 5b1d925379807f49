import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class Printk {

  @Struct
  static final class Args {
    int number;
    long wide;
    final BpfString name = BpfString.ofSize(8);
  }

  @Syscall
  static int print(Args args) {
    Helpers.printk("number %d, %x", args.number, args.number);
    Helpers.printk("wide %d of %s", args.wide, args.name);
    Helpers.printk("letter %c", 'A' + args.number % 26);
    Helpers.printk("done");
    return 0;
  }
}
