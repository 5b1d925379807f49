import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfTaskStorage;
import org.bpf4j.lang.BtfTracepoint;
import org.bpf4j.lang.Fentry;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Kfunc;
import org.bpf4j.lang.Lsm;
import org.bpf4j.lang.Struct;
import org.jspecify.annotations.Nullable;

@Bpf(license = "GPL")
public final class UntrustedMember {

  @KernelStruct
  interface TaskStruct {
    TaskStruct realParent();

    TaskStruct parent();

    @Field({"group_leader", "leader"})
    TaskStruct leader();
  }

  @KernelStruct
  interface CpuMask {}

  @Struct
  static final class Seen {
    int calls;
  }

  @Kfunc(releasedBy = "bpf_task_release", since = "6.2")
  static native @Nullable TaskStruct bpfTaskAcquire(TaskStruct task);

  @Kfunc(releases = true, since = "6.2")
  static native void bpfTaskRelease(TaskStruct task);

  @Kfunc(since = "6.2")
  static native int bpfTaskPid(TaskStruct task);

  static final BpfTaskStorage<Seen> seen = BpfTaskStorage.create();
  static int found;

  @BtfTracepoint("sched_wakeup")
  static void onNoList(TaskStruct task) {
    TaskStruct parent = task.parent();
    TaskStruct held = parent == null ? null : bpfTaskAcquire(parent);
    if (held != null) {
      bpfTaskRelease(held);
    }
  }

  @BtfTracepoint("sched_wakeup")
  static void onItsWayOut(TaskStruct task) {
    TaskStruct parent = task.realParent();
    if (parent != null) {
      found = bpfTaskPid(parent);
    }
  }

  @Fentry("wake_up_new_task")
  static void traced(TaskStruct task) {
    found = bpfTaskPid(task);
  }

  @Lsm(value = "task_alloc", sleepable = true)
  static int asleep(TaskStruct task) {
    TaskStruct parent = task.realParent();
    return parent != null && seen.get(parent) != null ? 0 : -1;
  }

  @BtfTracepoint("sched_wakeup")
  static void byAnyName(TaskStruct task) {
    TaskStruct leader = task.leader();
    if (leader != null && seen.get(leader) != null) {
      found = 3;
    }
  }

  @BtfTracepoint("sched_wakeup")
  static void number(TaskStruct task) {
    TaskStruct again = Helpers.viewAt(TaskStruct.class, Helpers.addressOf(task));
    if (again != null && seen.get(again) != null) {
      found = 4;
    }
  }
}
