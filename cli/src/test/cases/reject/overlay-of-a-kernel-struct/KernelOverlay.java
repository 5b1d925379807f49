import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Header;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Overlay;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.bpf4j.lang.U16;

@Bpf(license = "GPL")
public final class KernelOverlay {

  @KernelStruct
  interface TaskStruct {
    int tgid();
  }

  @Header(bytes = 2)
  interface Pair {
    @U16
    int both();
  }

  @Struct
  static final class Args {
    int offset;
    final byte[] bytes = new byte[8];
  }

  @Syscall
  static int tasks(Args args) {
    byte[] bytes = new byte[8];
    return Overlay.of(TaskStruct.class, bytes).tgid();
  }

  @Syscall
  static int argument(Args args) {
    return Overlay.of(Pair.class, args.bytes, args.offset).both();
  }
}
