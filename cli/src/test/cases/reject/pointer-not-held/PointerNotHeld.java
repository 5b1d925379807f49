import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelPointer;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Kfunc;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class PointerNotHeld {

  @KernelStruct
  interface TaskStruct {
    int tgid();
  }

  @Struct
  static final class Slot {
    final KernelPointer<TaskStruct> task = new KernelPointer<>();
  }

  static final BpfArray<Slot> slots = BpfArray.create(2);

  @Kfunc(releases = true, since = "6.2")
  static native void bpfTaskRelease(TaskStruct task);

  @Syscall
  static int program() {
    TaskStruct task = Helpers.getCurrentTaskBtf(TaskStruct.class);
    TaskStruct old = slots.get(0).task.exchange(task);
    if (old != null) {
      bpfTaskRelease(old);
    }
    return 0;
  }
}
