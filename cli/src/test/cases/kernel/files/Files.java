import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Dynptr;
import org.bpf4j.lang.Embedded;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Kfunc;
import org.bpf4j.lang.Lsm;
import org.bpf4j.lang.Sized;
import org.bpf4j.lang.Struct;
import org.jspecify.annotations.Nullable;

/// The file that a process runs, its path and what hangs on a file.
@Bpf(license = "GPL")
public final class Files {

  @KernelStruct("path")
  interface Path {}

  @KernelStruct("dentry")
  interface Dentry {}

  @KernelStruct("file")
  interface OpenFile {
    @Embedded
    Path fPath();
  }

  @KernelStruct("file")
  interface Executable extends AutoCloseable {
    @Embedded
    Path fPath();

    @Override
    default void close() {
      bpfPutFile(this);
    }
  }

  @KernelStruct("task_struct")
  interface Task {}

  @Struct
  static final class Label {
    final byte[] bytes = new byte[64];
    final BpfString path = BpfString.ofSize(256);
  }

  static final BpfArray<Label> labels = BpfArray.create(1);

  @Kfunc(releasedBy = "bpf_put_file", since = "6.12")
  static native @Nullable Executable bpfGetTaskExeFile(Task task);

  @Kfunc(releases = true, since = "6.12")
  static native void bpfPutFile(Executable file);

  @Kfunc(since = "6.12")
  static native int bpfPathDPath(Path path, @Sized BpfString text);

  @Kfunc(since = "6.12")
  static native int bpfGetFileXattr(OpenFile file, String name, Dynptr value);

  @Lsm(value = "file_open", sleepable = true)
  static int labelled(OpenFile file) {
    Label label = labels.get(0);
    try (Executable runs = bpfGetTaskExeFile(Helpers.getCurrentTaskBtf(Task.class))) {
      if (runs == null) {
        return 0;
      }
      if (bpfPathDPath(runs.fPath(), label.path) < 0) {
        return 0;
      }
    }
    bpfPathDPath(file.fPath(), label.path);
    Dynptr value = Helpers.dynptrFromMem(label.bytes, 0);
    return value != null && bpfGetFileXattr(file, "user.sealed", value) > 0 ? -1 : 0;
  }
}
