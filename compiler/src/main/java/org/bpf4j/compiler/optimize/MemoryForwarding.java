package org.bpf4j.compiler.optimize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.bpf4j.compiler.analyze.Loops;
import org.bpf4j.compiler.optimize.Addresses.Place;
import org.bpf4j.compiler.optimize.Addresses.Root;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.ControlFlow;
import org.bpf4j.compiler.ssa.Definitions;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.object.Helper;
import org.bpf4j.object.Signature;

/// Uses what was loaded or stored before instead of loading it, or storing the same, again.
///
/// Loads of shared memory are merged only if no effect lies between them, so that a program sees
/// what others write as soon as it does anything. What this function wrote is forwarded only from
/// memory that nobody else sees. At joins, what all ways know is known; into a loop goes only what
/// the loop does not touch.
final class MemoryForwarding {
  /// Constant data: nobody writes it while programs run.
  private static final Region CONSTANTS = Region.global(".rodata");

  private record Key(Root root, long offset, MemorySize size, boolean signed, Type type) {}

  private record Entry(Value value, Region region) {}

  private final Function function;
  private final Addresses addresses;
  private final PrivateMemory privateMemory;
  private final Definitions definitions;
  private final ControlFlow flow;
  private final Loops loops;
  private final Substitution substitution = new Substitution();
  private final Map<Integer, Map<Key, Entry>> ends = new HashMap<>();

  static Function run(Function function) {
    return new MemoryForwarding(Reachable.run(function)).forwarded();
  }

  private MemoryForwarding(Function function) {
    this.function = function;
    this.addresses = new Addresses(function);
    this.privateMemory = new PrivateMemory(function);
    this.definitions = Definitions.of(function);
    this.flow = ControlFlow.of(function);
    this.loops = Loops.of(flow);
  }

  private Function forwarded() {
    Map<Integer, Block> blocks = new HashMap<>();
    for (Block block : flow.order()) {
      Map<Key, Entry> known = start(block);
      List<Inst> kept = new ArrayList<>();
      for (Inst inst : block.insts()) {
        if (!replaced(inst, known)) {
          kept.add(inst);
          effect(inst, known);
          remember(inst, known);
        }
      }
      ends.put(block.id(), known);
      blocks.put(block.id(), new Block(block.id(), block.parameters(), kept, block.terminator()));
    }
    return substitution.apply(
        function.withBlocks(
            function.blocks().stream().map(b -> blocks.getOrDefault(b.id(), b)).toList()));
  }

  private Map<Key, Entry> start(Block block) {
    List<Map<Key, Entry>> before = new ArrayList<>();
    for (int predecessor : flow.predecessors(block.id())) {
      Map<Key, Entry> end = ends.get(predecessor);
      if (end != null) {
        before.add(end);
      } else if (!flow.isBackEdge(predecessor, block.id())) {
        return new HashMap<>();
      }
    }
    if (before.isEmpty()) {
      return new HashMap<>();
    }
    Map<Key, Entry> known = new HashMap<>(before.getFirst());
    known
        .entrySet()
        .removeIf(e -> !before.stream().allMatch(m -> e.getValue().equals(m.get(e.getKey()))));
    for (int id : loops.body(block.id())) {
      flow.block(id).insts().forEach(inst -> effect(inst, known));
    }
    return known;
  }

  /// Whether a load gives what is known, or a store to private memory changes nothing.
  private boolean replaced(Inst inst, Map<Key, Entry> known) {
    return switch (inst) {
      case Inst.Load load -> {
        Place place = addresses.of(load.base(), load.offset());
        Entry entry = known.get(key(place, load.size(), load.signed(), load.result().type()));
        if (entry == null || load.kept() || place.offset().isEmpty()) {
          yield false;
        }
        substitution.replace(load.result(), entry.value);
        yield true;
      }
      case Inst.Store store -> {
        Place place = addresses.of(store.base(), store.offset());
        Entry entry = known.get(key(place, store.size(), false, store.value().type()));
        yield entry != null
            && place.offset().isPresent()
            && privateMemory.place(store.base(), store.offset()).isPresent()
            && same(entry.value, substitution.resolve(store.value()));
      }
      default -> false;
    };
  }

  private boolean same(Value a, Value b) {
    return a.equals(b)
        || (definitions.constant(a).isPresent()
            && definitions.constant(a).equals(definitions.constant(b)));
  }

  private static Key key(Place place, MemorySize size, boolean signed, Type type) {
    return new Key(place.root(), place.offset().orElse(0), size, signed, type);
  }

  /// A result is known where it was loaded, and what is stored in private memory likewise.
  private void remember(Inst inst, Map<Key, Entry> known) {
    switch (inst) {
      case Inst.Load i -> {
        Place place = addresses.of(i.base(), i.offset());
        if (place.offset().isPresent() && !i.kept()) {
          known.put(
              key(place, i.size(), i.signed(), i.result().type()),
              new Entry(i.result(), i.region()));
        }
      }
      case Inst.Store i -> {
        Place place = addresses.of(i.base(), i.offset());
        boolean whole = i.size() == MemorySize.DW || (i.size() == MemorySize.W && isI32(i));
        if (whole
            && place.offset().isPresent()
            && privateMemory.place(i.base(), i.offset()).isPresent()) {
          known.put(
              key(place, i.size(), false, i.value().type()),
              new Entry(substitution.resolve(i.value()), i.region()));
        }
      }
      default -> {}
    }
  }

  private static boolean isI32(Inst.Store store) {
    return store.value().type() == Type.I32;
  }

  /// Forgets what an instruction may change.
  private void effect(Inst inst, Map<Key, Entry> known) {
    switch (inst) {
      case Inst.Store i ->
          written(addresses.of(i.base(), i.offset()), i.size().bytes(), i.region(), known);
      case Inst.Zero i -> written(addresses.of(i.base(), i.offset()), i.bytes(), i.region(), known);
      case Inst.Copy i ->
          written(addresses.of(i.to(), i.toOffset()), i.bytes(), i.toRegion(), known);
      case Inst.Atomic i ->
          written(addresses.of(i.base(), i.offset()), i.size().bytes(), i.region(), known);
      case Inst.StackAddress i -> {
        if (i.fresh()) {
          known.keySet().removeIf(key -> key.root.equals(new Root.Slot(i.slot())));
        }
      }
      case Inst.CallKernel i -> called(i, known);
      case Inst.CallFunction i -> {
        i.arguments().forEach(a -> forget(addresses.of(a).root(), known));
        known.values().removeIf(e -> !e.region.equals(CONSTANTS) && !isUnseen(e.region));
      }
      case Inst.Const _,
          Inst.Binary _,
          Inst.Unary _,
          Inst.Compare _,
          Inst.Refine _,
          Inst.Load _,
          Inst.MapAddress _,
          Inst.GlobalAddress _,
          Inst.FunctionAddress _,
          Inst.KernelAddress _,
          Inst.PtrAdd _,
          Inst.CoreConst _ -> {}
    }
  }

  /// An effect: shared memory may have changed, and whatever it wrote to has.
  private void written(Place place, int bytes, Region region, Map<Key, Entry> known) {
    known
        .entrySet()
        .removeIf(
            e ->
                isShared(e.getValue().region)
                    || (touches(place, bytes, e.getKey())
                        && (e.getValue().region.mayAlias(region)
                            || e.getKey().root.equals(place.root()))));
  }

  private boolean touches(Place place, int bytes, Key key) {
    if (!place.root().equals(key.root)) {
      boolean bothSlots = place.root() instanceof Root.Slot && key.root instanceof Root.Slot;
      return !bothSlots && !isOwn(place.root()) && !isOwn(key.root);
    }
    OptionalLong offset = place.offset();
    return offset.isEmpty()
        || (offset.getAsLong() < key.offset + key.size.bytes()
            && key.offset < offset.getAsLong() + bytes);
  }

  /// Whether no address but those that are followed refers to the object.
  private boolean isOwn(Root root) {
    return privateMemory.objects().contains(root) && !privateMemory.isLeaked(root);
  }

  private void called(Inst.CallKernel call, Map<Key, Entry> known) {
    List<Signature.Argument> kinds =
        call.function().signature().map(Signature::arguments).orElse(List.of());
    for (int i = 0; i < call.arguments().size() && i < kinds.size(); i++) {
      if (kinds.get(i).isWritten()) {
        forget(addresses.of(call.arguments().get(i)).root(), known);
      }
      if (kinds.get(i) == Signature.Argument.CONTEXT
          || kinds.get(i) == Signature.Argument.CALLBACK) {
        known.values().removeIf(e -> e.region.equals(Region.CONTEXT));
      }
    }
    known
        .values()
        .removeIf(
            e ->
                isShared(e.region)
                    || e.region.kind() == Region.Kind.RING
                    || (mayMovePacket(call) && e.region.equals(Region.CONTEXT)));
  }

  /// A dynptr may be of a packet, which is made writable first.
  private static boolean mayMovePacket(Inst.CallKernel call) {
    return call.function().movesPacket() || call.function() == Helper.DYNPTR_WRITE;
  }

  /// Forgets an object; an address that is not followed may be that of any leaked one.
  private void forget(Root root, Map<Key, Entry> known) {
    known
        .keySet()
        .removeIf(
            key ->
                key.root.equals(root)
                    || (!(root instanceof Root.Slot) && privateMemory.isLeaked(key.root)));
  }

  private boolean isUnseen(Region region) {
    return region.kind() == Region.Kind.STACK;
  }

  /// Whether others than this program and the helpers it calls write there.
  private static boolean isShared(Region region) {
    return switch (region.kind()) {
      case MAP, PACKET, KERNEL, ARENA, OBJECT, ANY -> true;
      case GLOBAL -> !region.equals(CONSTANTS);
      case STACK, RING, CONTEXT, CAPTURED -> false;
    };
  }
}
