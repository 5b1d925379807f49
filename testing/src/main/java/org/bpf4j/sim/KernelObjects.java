package org.bpf4j.sim;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfType;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.ObjectFunction;
import org.bpf4j.vm.KernelCall;
import org.bpf4j.vm.Region;

/// Objects of the kernel that programs hold: the current task, its control group, and sets of CPUs.
///
/// Task and group outlive every run, so their references are not counted; a set is memory that goes
/// with its last reference.
final class KernelObjects {

  /// `struct bpf_cpumask`: as many bits as there are CPUs at the most, then the references.
  private static final int MASK_BYTES = 128;

  static final Map<String, HelperBody> FUNCTIONS =
      Map.ofEntries(
          Map.entry("bpf_task_from_pid", KernelObjects::task),
          Map.entry("bpf_task_acquire", (_, call) -> call.argument(1)),
          Map.entry("bpf_task_release", (_, _) -> 0),
          Map.entry("bpf_cgroup_acquire", (_, call) -> call.argument(1)),
          Map.entry("bpf_cgroup_release", (_, _) -> 0),
          Map.entry("bpf_cpumask_create", KernelObjects::create),
          Map.entry("bpf_cpumask_acquire", (_, call) -> count(call, 1)),
          Map.entry("bpf_cpumask_release", (_, call) -> count(call, -1)),
          Map.entry("bpf_cpumask_set_cpu", (_, call) -> change(call, true)),
          Map.entry("bpf_cpumask_clear_cpu", (_, call) -> change(call, false)),
          Map.entry("bpf_cpumask_test_cpu", (_, call) -> test(call)));

  private KernelObjects() {}

  /// Where in its values a map keeps objects, which user space sees as zeroes.
  static List<Integer> pointers(Btf types, MapDefinition map) {
    return types.find(types.resolve(map.valueType())).orElse(null) instanceof BtfType.Struct value
        ? value.members().stream()
            .flatMapToInt(
                member ->
                    IntStream.range(0, pointers(types, member.type()))
                        .map(each -> member.bitOffset() / Byte.SIZE + each * Long.BYTES))
            .boxed()
            .toList()
        : List.of();
  }

  /// Empties what only the kernel touches in a value that was written as a whole.
  static void clear(Btf types, MapDefinition map, Region value) {
    for (int pointer : pointers(types, map)) {
      int from = value.start() + pointer;
      Arrays.fill(value.bytes(), from, from + Long.BYTES, (byte) 0);
    }
  }

  /// How many pointers of the kernel a member is: one to an object, two of a list or tree.
  private static int pointers(Btf types, int type) {
    return switch (types.find(type).orElse(null)) {
      case BtfType.Pointer(int to)
          when types.find(to).orElse(null) instanceof BtfType.TypeTag tag
              && tag.name().equals("kptr") ->
          1;
      case BtfType.Struct struct
          when struct.name().equals("bpf_list_head") || struct.name().equals("bpf_rb_root") ->
          ObjectFunction.ROOT_BYTES / Long.BYTES;
      case null, default -> 0;
    };
  }

  /// Puts a pointer where another is, which it gives.
  static long exchange(Run run, KernelCall call) {
    long old = call.memory().loadLong(call.argument(1));
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    call.memory().write(call.argument(1), bytes.putLong(call.argument(2)).array());
    return old;
  }

  /// There is one task.
  private static long task(Run run, KernelCall call) {
    return (int) call.argument(1) == run.environment.task.pid() ? run.environment.taskAddress : 0;
  }

  private static long create(Run run, KernelCall call) {
    byte[] mask = new byte[MASK_BYTES + 1];
    mask[MASK_BYTES] = 1;
    return call.memory().add("set of CPUs", mask).address();
  }

  private static long count(KernelCall call, int change) {
    Region mask = call.memory().region(call.argument(1));
    mask.bytes()[MASK_BYTES] += (byte) change;
    if (mask.bytes()[MASK_BYTES] == 0) {
      call.memory().remove(mask);
    }
    return mask.address();
  }

  private static long change(KernelCall call, boolean set) {
    int cpu = (int) call.argument(1);
    if (isCpu(cpu)) {
      byte[] mask = call.memory().region(call.argument(2)).bytes();
      int bit = 1 << cpu % Byte.SIZE;
      int old = mask[cpu / Byte.SIZE];
      mask[cpu / Byte.SIZE] = (byte) (set ? old | bit : old & ~bit);
    }
    return 0;
  }

  private static long test(KernelCall call) {
    int cpu = (int) call.argument(1);
    return isCpu(cpu)
        ? call.memory().region(call.argument(2)).bytes()[cpu / Byte.SIZE] >> cpu % Byte.SIZE & 1
        : 0;
  }

  private static boolean isCpu(int cpu) {
    return cpu >= 0 && cpu < MASK_BYTES * Byte.SIZE;
  }
}
