import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Fentry;
import org.bpf4j.lang.Fexit;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelString;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Struct;

/// Prints which file is removed, and how that ended; with the arguments at the end, too.
@Bpf(license = "GPL")
public final class UnlinkFentry {

  @KernelStruct
  interface Filename {
    KernelString name();
  }

  @Struct
  static final class Path {
    final BpfString text = BpfString.ofSize(64);
  }

  @Fentry("do_unlinkat")
  static void onUnlink(int directory, Filename file) {
    Path path = new Path();
    file.name().copyTo(path.text);
    int process = (int) (Helpers.getCurrentPidTgid() >>> 32);
    Helpers.printk("%d removes %s", process, path.text);
  }

  @Fexit("do_unlinkat")
  static void onUnlinked(int directory, Filename file, int result) {
    Path path = new Path();
    file.name().copyTo(path.text);
    Helpers.printk("removing %s ended with %d", path.text, result);
  }
}
