import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class ArgumentInAndOut {

  @Struct
  static final class Request {
    byte kind;
    long total;
    final int[] parts = new int[3];
    boolean done;
  }

  @Syscall
  static int sum(Request request) {
    for (int i = 0; i < request.parts.length; i++) {
      request.total += request.parts[i];
      request.parts[i] = i;
    }
    request.done = true;
    return request.kind;
  }
}
