import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class LengthAndSearch {

  @Struct
  static final class Args {
    int wanted;
    final BpfString text = BpfString.ofSize(21);
    byte length;
    byte slash;
    byte found;
  }

  static final BpfString shared = BpfString.ofSize(32);

  @Syscall
  static int search(Args args) {
    Args copy = new Args();
    copy.text.copyFrom(args.text);
    shared.copyFrom(args.text);
    args.length = (byte) args.text.length();
    args.slash = (byte) copy.text.indexOf('/');
    args.found = (byte) shared.indexOf(args.wanted);
    if (copy.text.length() != args.length || shared.length() != args.length) {
      return -1;
    }
    if (args.text.indexOf(args.wanted) != args.found || copy.text.isEmpty() != (args.length == 0)) {
      return -2;
    }
    return shared.isEmpty() ? 1 : 0;
  }
}
