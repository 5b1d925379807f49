import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class StringRecord {

  @Struct
  static final class Named {
    final BpfString name = BpfString.ofSize(8);
    int number;
  }

  static final RingBuffer<Named> names = RingBuffer.ofBytes(1 << 12);

  @Struct
  static final class Args {
    final BpfString from = BpfString.ofSize(8);
    int number;
  }

  @Syscall
  static int send(Args args) {
    Named named = names.reserve();
    if (named == null) {
      return -1;
    }
    named.name.copyFrom(args.from);
    named.number = args.number;
    int result = named.name.contentEquals("hello") ? 1 : 0;
    names.submit(named);
    return result;
  }
}
