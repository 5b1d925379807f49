package org.bpf4j.compiler.optimize;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bpf4j.compiler.optimize.Addresses.Place;
import org.bpf4j.compiler.optimize.Addresses.Root;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Definitions;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.Helper;

/// The memory that only this function and the helpers it passes it to can see: stack slots, and
/// ring records that were not handed over.
///
/// An object *leaks* within the function if an address of it goes where [Addresses] does not
/// follow: through a block parameter, into memory, or at a variable distance.
final class PrivateMemory {
  /// Records beyond this are not tracked byte by byte; what is stored to them is never dead.
  private static final int LARGEST = 4096;

  private final Addresses addresses;
  private final Map<Root, Integer> sizes = new HashMap<>();
  private final Set<Root> leaked = new HashSet<>();
  private final Map<Root, Region> regions = new HashMap<>();

  PrivateMemory(Function function) {
    this.addresses = new Addresses(function);
    Definitions definitions = Definitions.of(function);
    for (Function.StackSlot slot : function.slots()) {
      add(new Root.Slot(slot.id()), slot.bytes(), Region.stack(slot.id()));
    }
    for (Block block : function.blocks()) {
      for (Inst inst : block.insts()) {
        addRecord(inst, definitions);
      }
    }
    for (Block block : function.blocks()) {
      block.insts().forEach(this::findLeaks);
      block.terminator().edges().forEach(edge -> edge.arguments().forEach(this::leak));
    }
  }

  private void add(Root root, int bytes, Region region) {
    sizes.put(root, bytes);
    regions.put(root, region);
  }

  private void addRecord(Inst inst, Definitions definitions) {
    if (inst instanceof Inst.CallKernel call
        && call.function() == Helper.RINGBUF_RESERVE
        && call.result().isPresent()
        && definitions.of(call.arguments().getFirst()).orElse(null)
            instanceof Inst.MapAddress map) {
      long bytes = definitions.constant(call.arguments().get(1)).orElse(0);
      if (bytes > 0 && bytes <= LARGEST) {
        add(new Root.Pointee(call.result().get()), (int) bytes, Region.ring(map.map()));
      }
    }
  }

  private void findLeaks(Inst inst) {
    switch (inst) {
      case Inst.Store i -> leak(i.value());
      case Inst.Atomic i -> leak(i.operand());
      case Inst.PtrAdd i -> {
        if (addresses.of(i.result()).offset().isEmpty()) {
          leak(i.base());
        }
      }
      default -> {}
    }
  }

  private void leak(Value value) {
    leaked.add(addresses.of(value).root());
  }

  /// The objects.
  Set<Root> objects() {
    return sizes.keySet();
  }

  int size(Root object) {
    return sizes.getOrDefault(object, 0);
  }

  /// Whether addresses of it may be where they are not followed.
  boolean isLeaked(Root object) {
    return leaked.contains(object);
  }

  /// Where an access begins, if it is to one of the objects.
  Optional<Place> place(Value base, int offset) {
    Place place = addresses.of(base, offset);
    return sizes.containsKey(place.root()) ? Optional.of(place) : Optional.empty();
  }

  /// Whether an access through an address that is not followed, in that region, may touch it.
  boolean mayTouch(Region region, Root object) {
    Region own = regions.get(object);
    return isLeaked(object) && own != null && own.mayAlias(region);
  }
}
