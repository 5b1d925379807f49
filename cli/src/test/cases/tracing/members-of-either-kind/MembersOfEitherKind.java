import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelString;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.RawTracepoint;
import org.bpf4j.lang.RawTracepointContext;
import org.bpf4j.lang.Struct;

@Bpf(license = "GPL")
public final class MembersOfEitherKind {

  /// Eight bytes of whatever there is.
  record Word(long bits) {}

  @KernelStruct
  interface TaskStruct {
    /// An array of characters.
    KernelString comm();

    /// A number.
    long startTime();

    /// A pointer.
    long mm();

    /// A struct.
    @Field("pending")
    Word pending();

    /// An array.
    @Field("comm")
    Word name();
  }

  @Struct
  static final class Text {
    final BpfString text = BpfString.ofSize(16);
  }

  static boolean known;

  @RawTracepoint("sys_enter")
  static int onEnter(RawTracepointContext context) {
    TaskStruct task = Helpers.currentTask(TaskStruct.class);
    Text text = new Text();
    task.comm().copyTo(text.text);
    Word name = task.name();
    known = (byte) name.bits() == text.text.byteAt(0);
    return task.startTime() >= 0 && task.mm() != 1 && task.pending().bits() != 1 ? 7 : 8;
  }
}
