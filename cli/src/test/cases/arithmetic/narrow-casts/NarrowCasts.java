import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class NarrowCasts {

  @Struct
  static final class Args {
    long value;
    byte asByte;
    short asShort;
    char asChar;
    int asInt;
  }

  @Syscall
  static int cast(Args args) {
    args.asByte = (byte) args.value;
    args.asShort = (short) args.value;
    args.asChar = (char) args.value;
    args.asInt = (int) args.value;
    return (byte) args.value + (short) args.value + (char) args.value;
  }
}
