import org.bpf4j.lang.*;
import org.jspecify.annotations.Nullable;

@Bpf(license = "GPL")
public final class Sections {

  @KernelStruct("task_struct")
  interface Task {
    int tgid();

    Task realParent();
  }

  @Struct
  static final class Args {
    long from;
  }

  enum Stage {
    NEXT
  }

  static final ProgramArray<Stage> others = ProgramArray.create();

  @Kfunc(value = "bpf_task_acquire", releasedBy = "bpf_task_release", since = "6.2")
  static native @Nullable Task hold(Task task);

  @Kfunc(value = "bpf_task_release", releases = true, since = "6.2")
  static native void release(Task task);

  static int word(Args args) {
    byte[] word = new byte[8];
    Helpers.copyFromUser(word, args.from);
    return word[0];
  }

  @Syscall
  static int sleeps(Args args) {
    byte[] bytes = new byte[8];
    try (var _ = Critical.rcu()) {
      Helpers.copyFromUser(bytes, args.from);
    }
    int sum = 0;
    try (var _ = Critical.noPreemption()) {
      sum += word(args);
    }
    for (Task task : Walk.processes(Task.class)) {
      sum += word(args) + task.tgid();
    }
    return sum + bytes[0];
  }

  @Xdp
  static XdpAction leaves(XdpContext ctx) {
    try (var _ = Critical.noPreemption()) {
      others.call(ctx, Stage.NEXT);
    }
    return XdpAction.PASS;
  }

  @Syscall
  static int later(Args args) {
    Task parent;
    try (var _ = Critical.rcu()) {
      parent = Helpers.getCurrentTaskBtf(Task.class).realParent();
    }
    try (var _ = Critical.rcu()) {
      if (parent == null) {
        return 1;
      }
      Task held = hold(parent);
      if (held != null) {
        release(held);
      }
    }
    return 0;
  }

  @Syscall
  static int value(Args args) {
    Critical.rcu();
    return 0;
  }
}
