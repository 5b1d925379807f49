import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class Buffers {

  @Struct
  static final class Request {
    final BpfString text = BpfString.ofSize(8);
    long number;
    long read;
    int equal;
    int missing;
  }

  /// Buffers in the context are copied for the call.
  @Syscall
  static int parse(Request request) {
    long[] number = new long[2];
    request.read = Helpers.strtoul(request.text, 16, number);
    request.number = number[0];
    request.equal = Helpers.strncmp(request.text, "ff");
    byte[] bytes = new byte[16];
    bytes[3] = 1;
    request.missing = Helpers.probeReadKernel(bytes, 0);
    return bytes[3];
  }
}
