import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Fentry;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Lsm;

@Bpf(license = "GPL")
public final class PathWhereNoneIsGiven {

  @KernelStruct
  interface Path {}

  @Fentry("vfs_open")
  static void traced(Path path) {
    BpfString text = BpfString.ofSize(64);
    Helpers.dPath(path, text);
  }

  @Fentry("vfs_truncate")
  static void truncated(Path path) {
    BpfString text = BpfString.ofSize(64);
    Helpers.dPath(path, text);
  }

  @Lsm("path_chroot")
  static int guarded(Path path) {
    BpfString text = BpfString.ofSize(64);
    return Helpers.dPath(path, text) > 0 ? 0 : -1;
  }
}
