import org.bpf4j.lang.BitField;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Core;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.KernelString;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.RawTracepoint;
import org.bpf4j.lang.RawTracepointContext;
import org.bpf4j.lang.Size;
import org.bpf4j.lang.U32;
import org.bpf4j.lang.U8;

@Bpf(license = "GPL")
public final class KernelLayouts {

  @KernelStruct
  interface TaskStruct {
    int tgid();

    @U32
    long flags();

    @BitField
    byte inExecve();

    @Size(16)
    KernelString comm();

    @Field("comm[3]")
    byte third();

    @Field("comm[9]")
    byte ninth();
  }

  @KernelStruct
  interface ListHead {
    ListHead next();

    ListHead prev();
  }

  @KernelStruct
  interface Ethhdr {
    @Field("h_dest[4]")
    @U8
    int fourth();
  }

  static int sizes;
  static int signs;
  static int shifts;
  static int places;
  static int ids;

  @RawTracepoint("sys_enter")
  static int onEnter(RawTracepointContext ctx) {
    sizes =
        Core.sizeOf(TaskStruct::tgid) * 1_000_000
            + Core.sizeOf(TaskStruct::comm) * 1_000
            + Core.sizeOf(ListHead.class) * 10
            + Core.sizeOf(TaskStruct::third);
    signs = (Core.isSigned(TaskStruct::tgid) ? 1 : 0) + (Core.isSigned(TaskStruct::flags) ? 2 : 0);
    shifts = Core.leftShift(TaskStruct::flags) * 100 + Core.rightShift(TaskStruct::tgid);
    places =
        (Core.offsetOf(ListHead::prev) - Core.offsetOf(ListHead::next)) * 10_000
            + (Core.offsetOf(TaskStruct::ninth) - Core.offsetOf(TaskStruct::third)) * 100
            + Core.offsetOf(Ethhdr::fourth);
    ids =
        (Core.localTypeId(ListHead.class) > 0 ? 1 : 0)
            + (Core.kernelTypeId(ListHead.class) > 0 ? 2 : 0)
            + (Core.rightShift(TaskStruct::inExecve) > 50 ? 4 : 0);
    return 7;
  }
}
