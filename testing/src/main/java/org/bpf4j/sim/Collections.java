package org.bpf4j.sim;

import java.util.Map;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfType;
import org.bpf4j.object.ObjectFunction;
import org.bpf4j.vm.FaultException;
import org.bpf4j.vm.KernelCall;
import org.bpf4j.vm.Memory;
import org.bpf4j.vm.Outcome.Kind;

/// Objects that programs make, in lists and trees.
///
/// Both are chains here: a root has the first node and the last, a node the next and the one
/// before. A tree is a chain in its order, which programs cannot tell from a balanced one.
final class Collections {
  private static final int LAST = Long.BYTES;
  private static final int BEFORE = Long.BYTES;

  static final Map<String, HelperBody> BODIES =
      Map.ofEntries(
          entry(ObjectFunction.MAKE, Collections::make),
          entry(ObjectFunction.DROP, Collections::drop),
          entry(ObjectFunction.PUSH_FRONT, (_, call) -> insert(call, first(call))),
          entry(ObjectFunction.PUSH_BACK, (_, call) -> insert(call, 0)),
          entry(ObjectFunction.POP_FRONT, (_, call) -> unlink(call, first(call))),
          entry(ObjectFunction.POP_BACK, (_, call) -> unlink(call, last(call))),
          entry(ObjectFunction.FRONT, (_, call) -> first(call)),
          entry(ObjectFunction.BACK, (_, call) -> last(call)),
          entry(ObjectFunction.ADD, (_, call) -> insert(call, behind(call))),
          entry(ObjectFunction.FIRST, (_, call) -> first(call)),
          entry(ObjectFunction.REMOVE, (_, call) -> unlink(call, call.argument(2))));

  private Collections() {}

  private static Map.Entry<String, HelperBody> entry(ObjectFunction function, HelperBody body) {
    return Map.entry(function.kfunc().name(), body);
  }

  private static long make(Run run, KernelCall call) {
    Btf types = run.object.object().btf();
    if (types.find((int) call.argument(1)).orElse(null) instanceof BtfType.Struct struct) {
      return call.memory().add(struct.name(), new byte[struct.bytes()]).address();
    }
    throw new FaultException(Kind.BAD_ARGUMENT, call.argument(1) + " is no struct's number");
  }

  private static long drop(Run run, KernelCall call) {
    call.memory().remove(call.memory().region(call.argument(1)));
    return 0;
  }

  private static long first(KernelCall call) {
    return call.memory().loadLong(call.argument(1));
  }

  private static long last(KernelCall call) {
    return call.memory().loadLong(call.argument(1) + LAST);
  }

  /// The first node that the new one comes before, or 0.
  private static long behind(KernelCall call) {
    long node = first(call);
    while (node != 0 && call.callBack(call.argument(3), call.argument(2), node) == 0) {
      node = call.memory().loadLong(node);
    }
    return node;
  }

  /// Puts a node before another one, or behind the last.
  private static long insert(KernelCall call, long next) {
    Memory memory = call.memory();
    long node = call.argument(2);
    long before = next == 0 ? last(call) : memory.loadLong(next + BEFORE);
    memory.storeLong(node, next);
    memory.storeLong(node + BEFORE, before);
    memory.storeLong(before == 0 ? call.argument(1) : before, node);
    memory.storeLong(next == 0 ? call.argument(1) + LAST : next + BEFORE, node);
    return 0;
  }

  /// Takes a node out.
  private static long unlink(KernelCall call, long node) {
    if (node != 0) {
      Memory memory = call.memory();
      long next = memory.loadLong(node);
      long before = memory.loadLong(node + BEFORE);
      memory.storeLong(before == 0 ? call.argument(1) : before, next);
      memory.storeLong(next == 0 ? call.argument(1) + LAST : next + BEFORE, before);
    }
    return node;
  }
}
