import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Core;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.KernelEnum;
import org.bpf4j.lang.KernelString;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.RawTracepoint;
import org.bpf4j.lang.RawTracepointContext;
import org.bpf4j.lang.Size;
import org.bpf4j.lang.Value;

@Bpf(license = "GPL")
public final class KernelHas {

  @KernelStruct
  interface TaskStruct {
    int tgid();

    @Size(16)
    KernelString comm();

    TaskStruct realParent();

    @Field({"no_such_field", "exit_state"})
    int exitState();
  }

  /// The same struct, as another description sees it.
  @KernelStruct("task_struct___other")
  interface OtherTask {
    @Field("tgid")
    long group();
  }

  @KernelStruct
  interface ListHead {
    ListHead next();

    ListHead prev();
  }

  @KernelStruct("union bpf_attr")
  interface Attributes {
    int mapType();

    int progCnt();
  }

  @KernelEnum
  enum BpfMapType {
    BPF_MAP_TYPE_HASH,
    @Value(27)
    BPF_MAP_TYPE_RINGBUF
  }

  @KernelEnum("bpf_prog_type")
  enum Kind {
    @Value(6)
    BPF_PROG_TYPE_XDP
  }

  static int fields;
  static int types;
  static int constants;
  static long ringbuf;
  static long xdp;
  static int other;

  @RawTracepoint("sys_enter")
  static int onEnter(RawTracepointContext ctx) {
    fields =
        (Core.hasField(TaskStruct::tgid) ? 1 : 0)
            + (Core.hasField(TaskStruct::comm) ? 2 : 0)
            + (Core.hasField(TaskStruct::realParent) ? 4 : 0)
            + (Core.hasField(TaskStruct::exitState) ? 8 : 0)
            + (Core.hasField(Attributes::mapType) ? 16 : 0);
    types =
        (Core.hasType(TaskStruct.class) ? 1 : 0)
            + (Core.hasType(OtherTask.class) ? 2 : 0)
            + (Core.matches(ListHead.class) ? 4 : 0)
            + (Core.hasType(Attributes.class) ? 8 : 0);
    constants =
        (Core.hasConstant(BpfMapType.BPF_MAP_TYPE_HASH) ? 1 : 0)
            + (Core.hasConstant(Kind.BPF_PROG_TYPE_XDP) ? 2 : 0);
    ringbuf = Core.valueOf(BpfMapType.BPF_MAP_TYPE_RINGBUF);
    xdp = Core.valueOf(Kind.BPF_PROG_TYPE_XDP);
    other = Core.hasField(OtherTask::group) ? 1 : 2;
    return 7;
  }
}
