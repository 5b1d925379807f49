package org.bpf4j.compiler.translate;

import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.Helper;
import org.bpf4j.object.ObjectFunction;

/// What kind of memory an address is in, as far as the code built so far tells.
///
/// It chooses between forms of an access that mean the same; [Regions] knows more once the function
/// is complete.
final class Provenance {
  private Provenance() {}

  static Optional<Region.Kind> of(SsaBuilder ssa, Value address) {
    return of(ssa, address, new HashSet<>());
  }

  /// Whether an address is in memory that the kernel lets no helper reach: in a context, of which
  /// that is so for most, or in an arena.
  static boolean isOutOfReach(SsaBuilder ssa, Value address) {
    return of(ssa, address)
        .filter(kind -> kind == Region.Kind.CONTEXT || kind == Region.Kind.ARENA)
        .isPresent();
  }

  /// The memory that an address is in, as far as it is known; `ANY` if it is not, or is the stack:
  /// slots are those of one function.
  static Region region(SsaBuilder ssa, Value address) {
    Value source = address;
    while (true) {
      Optional<Region> given = ssa.given(source);
      if (given.isPresent()) {
        return given.get();
      }
      switch (ssa.definition(source).orElse(null)) {
        case Inst.Refine inst -> source = inst.value();
        case Inst.PtrAdd inst -> source = inst.base();
        case Inst.CallKernel inst
            when inst.function().givesMapValue()
                && ssa.definition(inst.arguments().getFirst()).orElse(null)
                    instanceof Inst.MapAddress map -> {
          return Region.map(map.map());
        }
        case null, default -> {
          return of(ssa, address)
              .map(
                  kind ->
                      switch (kind) {
                        case PACKET -> Region.PACKET;
                        case CONTEXT -> Region.CONTEXT;
                        case KERNEL -> Region.KERNEL;
                        case ARENA -> Region.ARENA;
                        case OBJECT -> Region.OBJECT;
                        case STACK, MAP, GLOBAL, RING, CAPTURED, ANY -> Region.ANY;
                      })
              .orElse(Region.ANY);
        }
      }
    }
  }

  /// Whether an address is in a struct or array of the stack that a callback captured.
  static boolean isCaptured(SsaBuilder ssa, Value address) {
    Value source = address;
    while (true) {
      switch (ssa.definition(source).orElse(null)) {
        case Inst.Refine inst -> source = inst.value();
        case Inst.PtrAdd inst -> source = inst.base();
        case Inst.Load inst -> {
          return region(ssa, inst.base()).equals(Region.CAPTURED)
              && region(ssa, source).equals(Region.ANY);
        }
        case null, default -> {
          return false;
        }
      }
    }
  }

  /// The place that a reference refers to. The verifier wants accesses of the context relative to
  /// the context itself, so there constant distances become part of the offset.
  static Address place(SsaBuilder ssa, Value reference, int align) {
    boolean context = of(ssa, reference).filter(k -> k == Region.Kind.CONTEXT).isPresent();
    Value base = reference;
    int offset = 0;
    while (context) {
      switch (ssa.definition(base).orElse(null)) {
        case Inst.Refine inst -> base = inst.value();
        case Inst.PtrAdd inst when ssa.constantOf(inst.offset()).isPresent() -> {
          offset += (int) ssa.constantOf(inst.offset()).getAsLong();
          base = inst.base();
        }
        case null, default -> context = false;
      }
    }
    return offset == 0
        ? new Address(reference, 0, align)
        : new Address(base, offset, Operand.MAX_ALIGN);
  }

  /// What an address on the stack is known to be a multiple of.
  static int stackAlignment(SsaBuilder ssa, Value address) {
    int align = Operand.MAX_ALIGN;
    Value source = address;
    while (true) {
      switch (ssa.definition(source).orElse(null)) {
        case Inst.Refine inst -> source = inst.value();
        case Inst.PtrAdd inst when ssa.constantOf(inst.offset()).isPresent() -> {
          long distance = ssa.constantOf(inst.offset()).getAsLong();
          align = distance == 0 ? align : (int) Math.min(align, Long.lowestOneBit(distance));
          source = inst.base();
        }
        case Inst.StackAddress _ -> {
          return align;
        }
        case null, default -> {
          return 1;
        }
      }
    }
  }

  private static Optional<Region.Kind> of(SsaBuilder ssa, Value address, Set<Value> seen) {
    if (!seen.add(address)) {
      return Optional.empty();
    }
    Optional<Region> given = ssa.given(address);
    if (given.isPresent()) {
      return given.map(Region::kind);
    }
    Optional<Draft> home = ssa.home(address);
    if (home.isPresent()) {
      return joined(ssa, address, home.get(), seen);
    }
    return switch (ssa.definition(address).orElse(null)) {
      case Inst.Refine inst -> of(ssa, inst.value(), seen);
      case Inst.PtrAdd inst -> of(ssa, inst.base(), seen);
      case Inst.StackAddress _ -> Optional.of(Region.Kind.STACK);
      case Inst.GlobalAddress _ -> Optional.of(Region.Kind.GLOBAL);
      case Inst.Unary inst when inst.op() == Inst.UnaryOp.ARENA -> Optional.of(Region.Kind.ARENA);
      case Inst.Load inst when inst.result().type() == Type.PTR -> Optional.of(Region.Kind.PACKET);
      case Inst.CallKernel inst when inst.function().givesMapValue() ->
          Optional.of(Region.Kind.MAP);
      case Inst.CallKernel inst when inst.function() == Helper.RINGBUF_RESERVE ->
          Optional.of(Region.Kind.RING);
      case Inst.CallKernel inst when ObjectFunction.givesObject(inst.function()) ->
          Optional.of(Region.Kind.OBJECT);
      case null, default -> Optional.empty();
    };
  }

  /// The kind that all arguments but null agree on.
  private static Optional<Region.Kind> joined(
      SsaBuilder ssa, Value parameter, Draft home, Set<Value> seen) {
    if (!home.isSealed()) {
      return Optional.empty();
    }
    Optional<Region.Kind> all = Optional.empty();
    for (Draft.Arc arc : home.arrivals()) {
      Value argument = arc.arguments().get(parameter);
      if (argument == null) {
        return Optional.empty();
      }
      OptionalLong constant = ssa.constantOf(argument);
      if (constant.isPresent()) {
        continue;
      }
      Optional<Region.Kind> one = of(ssa, argument, seen);
      if (one.isEmpty() || (all.isPresent() && !all.equals(one))) {
        return Optional.empty();
      }
      all = one;
    }
    return all;
  }
}
