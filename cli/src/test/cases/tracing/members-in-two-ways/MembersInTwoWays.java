import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.BtfTracepoint;
import org.bpf4j.lang.Core;
import org.bpf4j.lang.Embedded;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelString;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.RawTracepoint;
import org.bpf4j.lang.RawTracepointContext;
import org.bpf4j.lang.Size;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.U8;

/// What two accessors say of one member need not agree: each is compared with the kernel on its
/// own.
@Bpf(license = "GPL")
public final class MembersInTwoWays {

  record Name(long first, long second) {}

  @KernelStruct
  interface TaskStruct {
    int tgid();

    TaskStruct realParent();

    @Field("real_parent")
    long parentAddress();

    @Size(16)
    KernelString comm();

    @Field("comm")
    Name name();

    @Size(16)
    @Field("comm")
    byte letter(int index);

    @Size(16)
    @Field("comm")
    @U8
    int code(int index);

    @Field("comm[0]")
    char firstLetter();

    @Field("se")
    @Embedded
    SchedEntity entity();

    @Field("se.on_rq")
    int queued();

    @Field("se")
    int number();

    @Field("group_leader")
    Task2 leader();

    TaskStruct groupLeader();
  }

  @KernelStruct("task_struct")
  interface Task2 {
    int pid();
  }

  @KernelStruct
  interface SchedEntity {
    int onRq();
  }

  @Struct
  static final class Text {
    final BpfString value = BpfString.ofSize(16);
  }

  static boolean asNumber;
  static int letters;
  static boolean entity;
  static boolean leader;
  static boolean never;

  @RawTracepoint("sys_enter")
  static int onEnter(RawTracepointContext context) {
    TaskStruct task = Helpers.currentTask(TaskStruct.class);
    asNumber = Helpers.addressOf(task.realParent()) == task.parentAddress();
    Text text = new Text();
    task.comm().copyTo(text.value);
    letters = 0;
    for (int i = 0; i < 16; i++) {
      if (task.letter(i) == text.value.byteAt(i) && (byte) task.code(i) == task.letter(i)) {
        letters++;
      }
    }
    letters += (byte) task.name().first() == text.value.byteAt(0) ? 100 : 0;
    entity = task.entity().onRq() == task.queued();
    leader = task.leader().pid() == task.groupLeader().tgid();
    never = Core.hasField(TaskStruct::number) && task.number() > 0;
    return 7;
  }

  @BtfTracepoint("sched_wakeup")
  static int onWakeup(TaskStruct task) {
    TaskStruct parent = task.realParent();
    asNumber = Helpers.addressOf(parent) == task.parentAddress();
    Task2 leader = task.leader();
    return leader == null ? 3 : leader.pid() == task.groupLeader().tgid() ? 4 : 5;
  }
}
