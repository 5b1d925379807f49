package org.bpf4j.sim;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.bpf4j.vm.KernelCall;

/// Kernel functions on dynptrs. What is written to nothing is an error (`EINVAL`), what does not
/// lie within another (`E2BIG`).
final class DynptrFunctions {

  static final Map<String, HelperBody> BODIES = bodies();

  private DynptrFunctions() {}

  private static Map<String, HelperBody> bodies() {
    Map<String, HelperBody> bodies = new HashMap<>();
    bodies.put("bpf_dynptr_from_skb", DynptrFunctions::ofPacket);
    bodies.put("bpf_dynptr_from_xdp", DynptrFunctions::ofPacket);
    bodies.put("bpf_dynptr_slice", DynptrFunctions::slice);
    bodies.put("bpf_dynptr_slice_rdwr", DynptrFunctions::slice);
    bodies.put("bpf_dynptr_size", DynptrFunctions::size);
    bodies.put("bpf_dynptr_is_null", (_, call) -> first(call).address() == 0 ? 1 : 0);
    bodies.put("bpf_dynptr_is_rdonly", (_, _) -> 0);
    bodies.put("bpf_dynptr_adjust", DynptrFunctions::adjust);
    bodies.put("bpf_dynptr_clone", DynptrFunctions::copyOf);
    bodies.put("bpf_dynptr_copy", DynptrFunctions::copy);
    bodies.put("bpf_dynptr_memset", DynptrFunctions::fill);
    return bodies;
  }

  private static Dynptr first(KernelCall call) {
    return Dynptr.read(call.memory(), call.argument(1));
  }

  private static long unsigned(KernelCall call, int argument) {
    return call.argument(argument) & 0xffff_ffffL;
  }

  private static long ofPacket(Run run, KernelCall call) {
    PacketContext packet = run.bytes(call.argument(1));
    boolean plain = call.argument(2) == 0;
    Dynptr whole = new Dynptr(packet.pointer(packet.data), packet.length(), 0, true);
    (plain ? whole : Dynptr.NONE).write(call.memory(), call.argument(3));
    return plain ? 0 : -Errno.EINVAL;
  }

  /// Packets are linear here, so the buffer is not needed.
  private static long slice(Run run, KernelCall call) {
    return first(call).slice(unsigned(call, 2), unsigned(call, 4));
  }

  private static long size(Run run, KernelCall call) {
    Dynptr of = first(call);
    return of.address() == 0 ? -Errno.EINVAL : of.size();
  }

  private static long adjust(Run run, KernelCall call) {
    Dynptr of = first(call);
    long from = unsigned(call, 2);
    long to = unsigned(call, 3);
    if (of.address() == 0 || from > to) {
      return -Errno.EINVAL;
    }
    if (to > of.size()) {
      return -Errno.ERANGE;
    }
    of.part((int) from, (int) to).write(call.memory(), call.argument(1));
    return 0;
  }

  private static long copyOf(Run run, KernelCall call) {
    Dynptr of = first(call);
    of.write(call.memory(), call.argument(2));
    return of.address() == 0 ? -Errno.EINVAL : 0;
  }

  private static long copy(Run run, KernelCall call) {
    Dynptr to = first(call);
    Dynptr from = Dynptr.read(call.memory(), call.argument(3));
    long bytes = unsigned(call, 5);
    if (to.address() == 0 || from.address() == 0) {
      return -Errno.EINVAL;
    }
    long target = to.slice(unsigned(call, 2), bytes);
    long origin = from.slice(unsigned(call, 4), bytes);
    if (target == 0 || origin == 0) {
      return -Errno.E2BIG;
    }
    call.memory().write(target, call.memory().read(origin, (int) bytes));
    return 0;
  }

  private static long fill(Run run, KernelCall call) {
    Dynptr of = first(call);
    if (of.address() == 0) {
      return -Errno.EINVAL;
    }
    long bytes = unsigned(call, 3);
    long at = of.slice(unsigned(call, 2), bytes);
    if (at == 0) {
      return -Errno.E2BIG;
    }
    byte[] filled = new byte[(int) bytes];
    Arrays.fill(filled, (byte) call.argument(4));
    call.memory().write(at, filled);
    return 0;
  }
}
