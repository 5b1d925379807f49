import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Kfunc;
import org.bpf4j.lang.RingRecord;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class GivenRecord {

  @Kfunc
  static native RingRecord bpfRecord();

  @Syscall
  static int program() {
    return bpfRecord() == null ? 1 : 0;
  }
}
