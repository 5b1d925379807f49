package org.bpf4j.sim;

import java.util.Map;
import org.bpf4j.object.Helper;
import org.bpf4j.vm.KernelCall;
import org.bpf4j.vm.Region;

/// Helpers on dynptrs.
final class DynptrHelpers {

  static final Map<Helper, HelperBody> BODIES =
      Map.of(
          Helper.DYNPTR_FROM_MEM, DynptrHelpers::ofMemory,
          Helper.RINGBUF_RESERVE_DYNPTR, DynptrHelpers::reserve,
          Helper.RINGBUF_SUBMIT_DYNPTR, (run, call) -> finish(run, call, true),
          Helper.RINGBUF_DISCARD_DYNPTR, (run, call) -> finish(run, call, false),
          Helper.DYNPTR_READ, DynptrHelpers::read,
          Helper.DYNPTR_WRITE, DynptrHelpers::write,
          Helper.DYNPTR_DATA, DynptrHelpers::data);

  private DynptrHelpers() {}

  private static long ofMemory(Run run, KernelCall call) {
    boolean plain = call.argument(3) == 0;
    Dynptr whole = new Dynptr(call.argument(1), (int) call.argument(2));
    (plain ? whole : Dynptr.NONE).write(call.memory(), call.argument(4));
    return plain ? 0 : -Errno.EINVAL;
  }

  /// A record, or a dynptr of nothing.
  private static long reserve(Run run, KernelCall call) {
    RingMap ring = run.ring(call.argument(1));
    Region record =
        call.argument(3) != 0 ? null : run.reserve(ring, call.argument(2) & 0xffff_ffffL);
    Dynptr dynptr = record == null ? Dynptr.NONE : new Dynptr(record.address(), record.size());
    dynptr.write(call.memory(), call.argument(4));
    return record == null ? -Errno.EINVAL : 0;
  }

  private static long finish(Run run, KernelCall call, boolean submit) {
    Dynptr dynptr = Dynptr.read(call.memory(), call.argument(1));
    if (dynptr.address() != 0) {
      run.finish(dynptr.address(), submit);
    }
    Dynptr.NONE.write(call.memory(), call.argument(1));
    return 0;
  }

  private static long read(Run run, KernelCall call) {
    long length = call.argument(2);
    long from = slice(call, 3, call.argument(4), length, call.argument(5));
    if (from <= 0) {
      return from == 0 ? -Errno.E2BIG : from;
    }
    call.memory().write(call.argument(1), call.memory().read(from, (int) length));
    return 0;
  }

  private static long write(Run run, KernelCall call) {
    long length = call.argument(4);
    long to = slice(call, 1, call.argument(2), length, call.argument(5));
    if (to <= 0) {
      return to == 0 ? -Errno.E2BIG : to;
    }
    call.memory().write(to, call.memory().read(call.argument(3), (int) length));
    return 0;
  }

  /// The address of a part, 0 if it does not lie within, or a negated error.
  private static long slice(KernelCall call, int dynptr, long offset, long length, long flags) {
    Dynptr of = Dynptr.read(call.memory(), call.argument(dynptr));
    return of.address() == 0 || flags != 0
        ? -Errno.EINVAL
        : of.slice(offset & 0xffff_ffffL, length);
  }

  /// A packet's bytes are not shown.
  private static long data(Run run, KernelCall call) {
    Dynptr of = Dynptr.read(call.memory(), call.argument(1));
    return of.packet() ? 0 : of.slice(call.argument(2) & 0xffff_ffffL, call.argument(3));
  }
}
