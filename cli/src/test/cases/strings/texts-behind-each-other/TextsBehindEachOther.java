import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Core;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelString;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Size;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// Texts of the kernel are copied into an array, one behind the other, and as many of their bytes
/// as are wanted into strings.
@Bpf(license = "GPL")
public final class TextsBehindEachOther {

  @KernelStruct
  interface TaskStruct {
    @Size(16)
    KernelString comm();
  }

  @Struct
  static final class Texts {
    final byte[] bytes = new byte[64];
    int used;
  }

  @Struct
  static final class Args {
    int count;
  }

  static final BpfHashMap<Integer, Texts> texts = BpfHashMap.create(4);
  static final BpfString global = BpfString.ofSize(20);

  private static long comm(TaskStruct task) {
    return Helpers.addressOf(task) + Core.offsetOf(TaskStruct::comm);
  }

  /// The name three times, each ended by a zero.
  @Syscall
  static int append(Args args) {
    texts.put(1, new Texts());
    Texts all = texts.get(1);
    if (all == null) return -1;
    TaskStruct task = Helpers.currentTask(TaskStruct.class);
    BpfString own = BpfString.ofSize(16);
    task.comm().copyTo(own);
    for (int i = 0; i < 3; i++) {
      if (all.used > all.bytes.length - 16) return -2;
      int copied = Helpers.probeReadKernelStr(all.bytes, all.used, 16, comm(task));
      if (copied < 0) return -3;
      all.used += copied;
    }
    if (all.used != 3 * (own.length() + 1)) return -4;
    for (int i = 0; i < 16; i++) {
      byte wanted = i < own.length() ? own.byteAt(i) : 0;
      if (i <= own.length() && all.bytes[own.length() + 1 + i] != wanted) return -5;
    }
    byte end = all.bytes[all.used - 1];
    texts.remove(1); // the name is the machine's
    return end;
  }

  /// As many bytes of the name as are asked for.
  @Syscall
  static int cut(Args args) {
    TaskStruct task = Helpers.currentTask(TaskStruct.class);
    BpfString own = BpfString.ofSize(16);
    task.comm().copyTo(own);
    BpfString text = BpfString.ofSize(12);
    text.copyFrom("abcdefghijkl");
    if (Helpers.probeReadKernel(text, args.count, comm(task)) != 0) return -1;
    global.copyFrom("abcdefghijklmnopqrst");
    if (Helpers.probeReadKernel(global, 3, comm(task)) != 0) return -2;
    if (global.length() != Math.min(3, own.length())) return -3;
    global.clear();
    for (int i = 0; i < 12; i++) {
      if (text.byteAt(i) != (i < args.count ? own.byteAt(i) : 0)) return -4;
    }
    return 7;
  }
}
