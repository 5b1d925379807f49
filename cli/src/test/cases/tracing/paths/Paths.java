import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Embedded;
import org.bpf4j.lang.Fentry;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Iter;
import org.bpf4j.lang.IterContext;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Lsm;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.jspecify.annotations.Nullable;

/// A struct inside of an argument is handed to the kernel, wherever paths may be asked for.
@Bpf(license = "GPL")
public final class Paths {

  @KernelStruct
  interface Path {}

  @KernelStruct
  interface TaskStruct {}

  @KernelStruct
  interface File {
    @Embedded
    @Field("f_path")
    Path path();
  }

  @Struct
  static final class Opened {
    int length;
    final BpfString path = BpfString.ofSize(256);
  }

  static final RingBuffer<Opened> opened = RingBuffer.ofBytes(1 << 16);
  static int length;

  @Lsm("file_open")
  static int open(File file) {
    Opened record = opened.reserve();
    if (record == null) return 0;
    record.path.clear();
    record.length = Helpers.dPath(file.path(), record.path);
    opened.submit(record);
    return 0;
  }

  @Fentry("filp_close")
  static void onClose(File file) {
    length = of(file);
  }

  @Iter("task_file")
  static void list(IterContext out, @Nullable TaskStruct task, int number, @Nullable File file) {
    if (file == null) return;
    BpfString path = BpfString.ofSize(128);
    Helpers.dPath(file.path(), path);
    out.print("%d %s\n", number, path);
  }

  private static int of(File file) {
    BpfString path = BpfString.ofSize(128);
    return Helpers.dPath(file.path(), path);
  }
}
