import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Fentry;

@Bpf(license = "GPL")
public final class FunctionEntryWithAResult {

  @Fentry("vfs_read")
  static int enter(long file) {
    return 1;
  }
}
