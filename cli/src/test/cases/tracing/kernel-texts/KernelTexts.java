import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelString;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.RawTracepoint;
import org.bpf4j.lang.RawTracepointContext;
import org.bpf4j.lang.Size;
import org.bpf4j.lang.Struct;

/// Texts of the kernel are compared where they are, printed, and copied to be searched.
@Bpf(license = "GPL")
public final class KernelTexts {

  @KernelStruct
  interface TaskStruct {
    @Size(16)
    KernelString comm();

    TaskStruct realParent();
  }

  @Struct
  static final class Text {
    final BpfString value = BpfString.ofSize(16);
    final BpfString line = BpfString.ofSize(32);
  }

  static int same;
  static int length;
  static int cut;
  static boolean searched;
  static boolean printed;

  /// One bit for each text that the task's name is or begins with, as far as it should be.
  private static int compare(KernelString name, BpfString copy) {
    int wrong = 0;
    wrong += name.isEmpty() == copy.isEmpty() ? 0 : 1;
    wrong += name.startsWith("") ? 0 : 2;
    wrong += name.startsWith("java") == copy.startsWith("java") ? 0 : 4;
    wrong += name.contentEquals("java") == copy.contentEquals("java") ? 0 : 8;
    wrong += name.startsWith("vm") == copy.startsWith("vm") ? 0 : 16;
    wrong += name.contentEquals("a name that is longer than any") ? 32 : 0;
    wrong += name.startsWith("a beginning that is longer than any") ? 64 : 0;
    return wrong;
  }

  @RawTracepoint("sys_enter")
  static int onEnter(RawTracepointContext context) {
    TaskStruct task = Helpers.currentTask(TaskStruct.class);
    Text text = new Text();
    int copied = task.comm().copyTo(text.value);
    length = copied - text.value.length();
    same = compare(task.comm(), text.value);
    searched = text.value.indexOf('/') < copied;
    cut = text.line.format("<%s>", task.comm()) - copied;
    printed = text.line.byteAt(0) == '<' && text.line.indexOf('>') > 0;
    return 0;
  }
}
