import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KprobeSession;
import org.bpf4j.lang.UprobeSession;

@Bpf(license = "GPL")
public final class Sessions {

  static int runs;
  static int returned;
  static long argument;

  @KprobeSession({"tcp_v4_connect", "tcp_v6_connect"})
  static int connect(int result, long socket, long address, int bytes) {
    runs++;
    returned = result;
    argument = bytes;
    return bytes > 100 ? 2 : bytes == 16 ? 0 : 1;
  }

  @UprobeSession(binary = "libc.so.6", functions = "toupper")
  static int upper(int result, int letter) {
    runs++;
    returned = result;
    argument = letter;
    return Helpers.sessionIsReturn() ? 1 : 0;
  }
}
