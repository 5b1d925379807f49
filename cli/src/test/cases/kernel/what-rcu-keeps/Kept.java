import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Critical;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Kfunc;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.jspecify.annotations.Nullable;

/// Pointers that a program which sleeps hands on while RCU is held.
@Bpf(license = "GPL")
public final class Kept {

  @KernelStruct("task_struct")
  interface Task extends AutoCloseable {
    int tgid();

    Task groupLeader();

    Task realParent();

    @Override
    default void close() {
      release(this);
    }
  }

  @Struct
  static final class Args {
    int parent;
  }

  @Kfunc(value = "bpf_task_acquire", releasedBy = "bpf_task_release", since = "6.2")
  static native @Nullable Task hold(Task task);

  @Kfunc(value = "bpf_task_release", releases = true, since = "6.2")
  static native void release(Task task);

  @Syscall
  static int kept(Args args) {
    Task self = Helpers.getCurrentTaskBtf(Task.class);
    int leader;
    try (var _ = Critical.rcu()) {
      Task found = self.groupLeader();
      if (found == null) {
        return -1;
      }
      try (Task held = hold(found)) {
        leader = held == null ? -2 : held.tgid();
      }
    }
    if (args.parent == 0) {
      return leader == self.tgid() ? 1 : 2;
    }
    try (var _ = Critical.rcu()) {
      Task parent = self.realParent();
      try (Task held = parent == null ? null : hold(parent)) {
        return held == null || held.tgid() == leader ? 3 : 4;
      }
    }
  }
}
