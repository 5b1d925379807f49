import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Dynptr;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class LocalDynptr {

  @Syscall
  static int program() {
    byte[] local = new byte[8];
    Dynptr bytes = Helpers.dynptrFromMem(local, 0);
    return bytes == null ? 1 : 0;
  }
}
