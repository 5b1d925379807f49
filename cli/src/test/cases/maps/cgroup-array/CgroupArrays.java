import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.CgroupArray;
import org.bpf4j.lang.RawTracepoint;
import org.bpf4j.lang.StackTraceMap;

@Bpf(license = "GPL")
public final class CgroupArrays {

  static final CgroupArray groups = CgroupArray.create(2);
  static final StackTraceMap stacks = StackTraceMap.create(64);
  static int stack;

  @RawTracepoint("sys_enter")
  static int isEmpty() {
    stack = stacks.getStackid(StackTraceMap.USER_STACK | 2);
    return groups.currentTaskUnderCgroup(0) || groups.currentTaskUnderCgroup(5) ? 1 : 0;
  }
}
