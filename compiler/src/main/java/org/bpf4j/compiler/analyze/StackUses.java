package org.bpf4j.compiler.analyze;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.Signature;
import org.jspecify.annotations.Nullable;

/// Which stack slots an address may be in, in one version of a function, and what is done to them.
///
/// An instance of Java's `new` is *made* where its address is fresh; any other slot is used for a
/// moment, and nothing in it is needed where its address is taken again.
final class StackUses {
  /// Stands for memory on the stacks of callers, of which a callback knows the address only.
  static final int ELSEWHERE = -1;

  private final Map<Value, Set<Integer>> slots = new HashMap<>();
  private final Map<Integer, Block> made = new HashMap<>();
  private final Set<Integer> dynptrs = new HashSet<>();

  StackUses(Function function) {
    if (function.role().isCalledBack()) {
      function.entry().parameters().stream()
          .filter(p -> p.type() == Type.PTR)
          .forEach(p -> add(p, Set.of(ELSEWHERE)));
    }
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Block block : function.blocks()) {
        for (Inst inst : block.insts()) {
          changed |= inst.defined().isPresent() && add(inst.defined().get(), sources(inst));
        }
        for (Edge edge : block.terminator().edges()) {
          List<Value> parameters = parameters(function, edge.block());
          for (int i = 0; i < parameters.size(); i++) {
            changed |= add(parameters.get(i), of(edge.arguments().get(i)));
          }
        }
      }
    }
    for (Block block : function.blocks()) {
      for (Inst inst : block.insts()) {
        if (inst instanceof Inst.StackAddress address && address.fresh()) {
          made.put(address.slot(), block);
        }
        findDynptrs(inst);
      }
    }
  }

  private static List<Value> parameters(Function function, int id) {
    return function.blocks().stream()
        .filter(block -> block.id() == id)
        .findFirst()
        .map(Block::parameters)
        .orElse(List.of());
  }

  private boolean add(Value value, Set<Integer> more) {
    return !more.isEmpty() && slots.computeIfAbsent(value, _ -> new TreeSet<>()).addAll(more);
  }

  private Set<Integer> sources(Inst inst) {
    return switch (inst) {
      case Inst.StackAddress i -> Set.of(i.slot());
      case Inst.Refine i -> of(i.value());
      case Inst.PtrAdd i -> of(i.base());
      case Inst.Unary i -> of(i.operand());
      case Inst.Load i when i.region().equals(Region.CAPTURED) && i.result().type() == Type.PTR ->
          Set.of(ELSEWHERE);
      default -> Set.of();
    };
  }

  private void findDynptrs(Inst inst) {
    if (inst instanceof Inst.CallKernel call) {
      List<Signature.Argument> kinds =
          call.function().signature().map(Signature::arguments).orElse(List.of());
      for (int i = 0; i < Math.min(kinds.size(), call.arguments().size()); i++) {
        switch (kinds.get(i)) {
          case DYNPTR, DYNPTR_OR_NULL, DYNPTR_NEW, DYNPTR_RESERVED, DYNPTR_RELEASED ->
              dynptrs.addAll(of(call.arguments().get(i)));
          default -> {}
        }
      }
    }
  }

  /// The slots that an address may be in.
  Set<Integer> of(Value value) {
    return slots.getOrDefault(value, Set.of());
  }

  /// The slots that some of the values may be in.
  Set<Integer> of(Collection<Value> values) {
    Set<Integer> all = new TreeSet<>();
    values.forEach(value -> all.addAll(of(value)));
    return all;
  }

  /// The block in which an instance is made; null for other memory.
  @Nullable Block made(int slot) {
    return made.get(slot);
  }

  /// Whether a dynptr is in the slot, of which only the kernel knows what is in it.
  boolean isDynptr(int slot) {
    return dynptrs.contains(slot);
  }

  /// The slots that an instruction may change.
  Set<Integer> changed(Inst inst) {
    return switch (inst) {
      case Inst.Store i -> {
        Set<Integer> all = new TreeSet<>(of(i.value()));
        all.addAll(changed(i.base(), i.region()));
        yield all;
      }
      case Inst.Zero i -> changed(i.base(), i.region());
      case Inst.Copy i -> changed(i.to(), i.toRegion());
      case Inst.Atomic i -> changed(i.base(), i.region());
      case Inst.CallKernel i -> of(i.arguments());
      case Inst.CallFunction i -> of(i.arguments());
      default -> Set.of();
    };
  }

  /// What is known to be a value of a map, a packet or the like is no stack.
  private Set<Integer> changed(Value base, Region region) {
    return switch (region.kind()) {
      case STACK, CAPTURED, ANY -> of(base);
      case MAP, GLOBAL, RING, CONTEXT, PACKET, KERNEL, ARENA, OBJECT -> Set.of();
    };
  }
}
