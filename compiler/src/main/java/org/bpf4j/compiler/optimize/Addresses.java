package org.bpf4j.compiler.optimize;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.ControlFlow;
import org.bpf4j.compiler.ssa.Definitions;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;

/// Which memory a value is the address of: a root and a constant distance from it.
///
/// All addresses of a stack slot have the same root; any other value that nothing else is known of
/// is its own root.
final class Addresses {
  /// What addresses are relative to.
  sealed interface Root {
    /// A stack slot.
    record Slot(int slot) implements Root {}

    /// Something that a value points to.
    record Pointee(Value address) implements Root {}
  }

  /// An address.
  ///
  /// @param offset the distance from the root, unless a variable was added
  record Place(Root root, OptionalLong offset) {}

  private final Map<Value, Place> places = new HashMap<>();

  Addresses(Function function) {
    Definitions definitions = Definitions.of(function);
    for (Block block : ControlFlow.of(function).order()) {
      for (Inst inst : block.insts()) {
        place(inst, definitions)
            .ifPresent(place -> inst.defined().ifPresent(value -> places.put(value, place)));
      }
    }
  }

  private Optional<Place> place(Inst inst, Definitions definitions) {
    return switch (inst) {
      case Inst.StackAddress i ->
          Optional.of(new Place(new Root.Slot(i.slot()), OptionalLong.of(0)));
      case Inst.Refine i when i.value().type() == Type.PTR -> Optional.of(of(i.value()));
      case Inst.PtrAdd i -> {
        Place base = of(i.base());
        OptionalLong added = definitions.constant(i.offset());
        OptionalLong sum =
            base.offset.isPresent() && added.isPresent()
                ? OptionalLong.of(base.offset.getAsLong() + added.getAsLong())
                : OptionalLong.empty();
        yield Optional.of(new Place(base.root, sum));
      }
      default -> Optional.empty();
    };
  }

  /// Where the value points to.
  Place of(Value value) {
    Place place = places.get(value);
    return place != null ? place : new Place(new Root.Pointee(value), OptionalLong.of(0));
  }

  /// Where an access begins that is `offset` behind an address.
  Place of(Value value, int offset) {
    Place place = of(value);
    return place.offset.isPresent()
        ? new Place(place.root, OptionalLong.of(place.offset.getAsLong() + offset))
        : place;
  }
}
