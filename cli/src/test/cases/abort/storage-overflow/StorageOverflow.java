import org.bpf4j.lang.Be16;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.S8;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.bpf4j.lang.U8;

@Bpf(license = "GPL")
public final class StorageOverflow {

  @Struct
  static final class Args {
    int value;
    @U8 int small;
    @Be16 int port;
    @S8 int delta;
  }

  @Syscall
  static int store(Args args) {
    args.small = args.value & 0xff;
    args.port = args.value;
    args.delta = args.value - 200;
    return 1;
  }
}
