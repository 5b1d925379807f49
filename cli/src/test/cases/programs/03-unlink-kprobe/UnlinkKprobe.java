import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelString;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Kprobe;
import org.bpf4j.lang.Kretprobe;
import org.bpf4j.lang.Struct;

/// Prints which file is removed, and how that ended.
@Bpf(license = "GPL")
public final class UnlinkKprobe {

  @KernelStruct
  interface Filename {
    KernelString name();
  }

  @Struct
  static final class Path {
    final BpfString text = BpfString.ofSize(64);
  }

  @Kprobe({"do_unlinkat", "filename_unlinkat"})
  static void onUnlink(int directory, Filename file) {
    if (file == null) return;
    Path path = new Path();
    file.name().copyTo(path.text);
    int process = (int) (Helpers.getCurrentPidTgid() >>> 32);
    Helpers.printk("%d removes %s", process, path.text);
  }

  @Kretprobe({"do_unlinkat", "filename_unlinkat"})
  static void onUnlinked(int result) {
    int process = (int) (Helpers.getCurrentPidTgid() >>> 32);
    Helpers.printk("%d removed: %d", process, result);
  }
}
