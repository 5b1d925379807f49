package org.bpf4j.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfType;
import org.bpf4j.object.ObjectFunction;
import org.bpf4j.vm.FaultException;
import org.bpf4j.vm.KernelCall;
import org.bpf4j.vm.Memory;
import org.bpf4j.vm.Outcome.Kind;
import org.bpf4j.vm.Region;

/// Objects that programs make, in lists and trees.
///
/// Both are chains here: a root has the first node and the last, a node the next and the one
/// before, and whose it is. A tree is a chain in its order, whose shape [SearchTree] says.
final class Collections {
  private static final int LAST = Long.BYTES;
  private static final int BEFORE = Long.BYTES;
  private static final int OWNER = 2 * Long.BYTES;

  static final Map<String, HelperBody> BODIES =
      Map.ofEntries(
          entry(ObjectFunction.MAKE, Collections::make),
          entry(ObjectFunction.DROP, (run, call) -> drop(run, call, call.argument(1))),
          entry(ObjectFunction.SHARE, Collections::share),
          entry(ObjectFunction.PUSH_FRONT, (run, call) -> insert(run, call, Collections::first)),
          entry(ObjectFunction.PUSH_BACK, (run, call) -> insert(run, call, _ -> 0)),
          entry(ObjectFunction.POP_FRONT, (_, call) -> unlink(call, first(call))),
          entry(ObjectFunction.POP_BACK, (_, call) -> unlink(call, last(call))),
          entry(ObjectFunction.FRONT, (_, call) -> first(call)),
          entry(ObjectFunction.BACK, (_, call) -> last(call)),
          entry(ObjectFunction.ADD, (run, call) -> insert(run, call, Collections::behind)),
          entry(ObjectFunction.FIRST, (_, call) -> first(call)),
          entry(ObjectFunction.ROOT, (_, call) -> root(call)),
          entry(ObjectFunction.LEFT, (_, call) -> below(call, true)),
          entry(ObjectFunction.RIGHT, (_, call) -> below(call, false)),
          entry(ObjectFunction.REMOVE, (_, call) -> unlink(call, call.argument(2))));

  private Collections() {}

  private static Map.Entry<String, HelperBody> entry(ObjectFunction function, HelperBody body) {
    return Map.entry(function.kfunc().name(), body);
  }

  private static long make(Run run, KernelCall call) {
    Btf types = run.object.object().btf();
    if (types.find((int) call.argument(1)).orElse(null) instanceof BtfType.Struct struct) {
      Region object = call.memory().add(struct.name(), new byte[struct.bytes()]);
      count(run, call, object, 1);
      return object.address();
    }
    throw new FaultException(Kind.BAD_ARGUMENT, call.argument(1) + " is no struct's number");
  }

  private static long share(Run run, KernelCall call) {
    count(run, call, call.memory().region(call.argument(1)), 1);
    return call.argument(1);
  }

  /// The last owner of an object gives it back.
  private static long drop(Run run, KernelCall call, long address) {
    Region object = call.memory().region(address);
    if (count(run, call, object, -1) <= 0) {
      call.memory().remove(object);
    }
    return 0;
  }

  /// How many owners an object has after a change; 0 if it does not count them.
  private static int count(Run run, KernelCall call, Region object, int change) {
    Btf types = run.object.object().btf();
    for (BtfType type : types.types()) {
      if (type instanceof BtfType.Struct struct && struct.name().equals(object.name())) {
        for (BtfType.Member member : struct.members()) {
          if (types.find(member.type()).orElse(null) instanceof BtfType.Struct counter
              && counter.name().equals("bpf_refcount")) {
            long at = object.address() + member.bitOffset() / Byte.SIZE;
            int owners = call.memory().loadInt(at) + change;
            call.memory().storeInt(at, owners);
            return owners;
          }
        }
      }
    }
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

  private static long root(KernelCall call) {
    List<Long> nodes = nodes(call);
    return at(nodes, SearchTree.root(nodes.size()));
  }

  private static long below(KernelCall call, boolean left) {
    List<Long> nodes = nodes(call);
    return at(nodes, SearchTree.below(nodes.size(), nodes.indexOf(call.argument(2)), left));
  }

  private static long at(List<Long> nodes, int place) {
    return place < 0 ? 0 : nodes.get(place);
  }

  private static List<Long> nodes(KernelCall call) {
    List<Long> nodes = new ArrayList<>();
    for (long node = first(call); node != 0; node = call.memory().loadLong(node)) {
      nodes.add(node);
    }
    return nodes;
  }

  /// Puts a node before another one, or behind the last; the object of one that is in a list or
  /// tree loses an owner instead.
  private static long insert(Run run, KernelCall call, ToLongFunction<KernelCall> place) {
    Memory memory = call.memory();
    long node = call.argument(2);
    if (memory.loadLong(node + OWNER) != 0) {
      drop(run, call, node);
      return -Errno.EINVAL;
    }
    long next = place.applyAsLong(call);
    long before = next == 0 ? last(call) : memory.loadLong(next + BEFORE);
    memory.storeLong(node, next);
    memory.storeLong(node + BEFORE, before);
    memory.storeLong(node + OWNER, call.argument(1));
    memory.storeLong(before == 0 ? call.argument(1) : before, node);
    memory.storeLong(next == 0 ? call.argument(1) + LAST : next + BEFORE, node);
    return 0;
  }

  /// Takes a node out, if it is in the list or tree.
  private static long unlink(KernelCall call, long node) {
    Memory memory = call.memory();
    if (node == 0 || memory.loadLong(node + OWNER) != call.argument(1)) {
      return 0;
    }
    long next = memory.loadLong(node);
    long before = memory.loadLong(node + BEFORE);
    memory.storeLong(node + OWNER, 0);
    memory.storeLong(before == 0 ? call.argument(1) : before, next);
    memory.storeLong(next == 0 ? call.argument(1) + LAST : next + BEFORE, before);
    return node;
  }
}
