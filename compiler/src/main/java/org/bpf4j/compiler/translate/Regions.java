package org.bpf4j.compiler.translate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.object.ObjectFunction;
import org.bpf4j.object.Signature;
import org.jspecify.annotations.Nullable;

/// Finds the memory that each access touches, from where its address comes.
///
/// Accesses are built with [Region#ANY]. An address has the region of what it was made of; a block
/// parameter has the one that all its arguments agree on, or `ANY`. Null has none, so it agrees
/// with everything.
final class Regions {
  private final Map<Value, Region> regions = new HashMap<>();
  private final Map<Value, String> maps = new HashMap<>();
  private final Set<Value> mixed = new HashSet<>();
  private final Set<Value> given = new HashSet<>();

  private Regions() {}

  /// @param given the regions of addresses that come from elsewhere
  static Function fill(Function function, Map<Value, Region> given) {
    Regions regions = new Regions();
    regions.regions.putAll(given);
    regions.given.addAll(given.keySet());
    regions.solve(function);
    return function.withBlocks(function.blocks().stream().map(regions::rewrite).toList());
  }

  private void solve(Function function) {
    function.entry().parameters().forEach(p -> regions.putIfAbsent(p, Region.ANY));
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Block block : function.blocks()) {
        for (Inst inst : block.insts()) {
          changed |= define(inst);
        }
        for (Edge edge : block.terminator().edges()) {
          List<Value> parameters = function.blocks().get(edge.block()).parameters();
          for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).type() == Type.PTR) {
              changed |= meet(parameters.get(i), regions.get(edge.arguments().get(i)));
            }
          }
        }
      }
    }
  }

  private boolean define(Inst inst) {
    return switch (inst) {
      case Inst.StackAddress i -> meet(i.result(), Region.stack(i.slot()));
      case Inst.GlobalAddress i -> meet(i.result(), Region.global(i.section()));
      case Inst.PtrAdd i -> meet(i.result(), regions.get(i.base()));
      case Inst.Unary i -> i.op() == Inst.UnaryOp.ARENA && meet(i.result(), Region.ARENA);
      case Inst.Refine i -> meet(i.result(), regions.get(i.value()));
      case Inst.Load i ->
          i.result().type() == Type.PTR
              && !given.contains(i.result())
              && meet(i.result(), ofContext(i) ? Region.PACKET : Region.KERNEL);
      case Inst.MapAddress i -> maps.put(i.result(), i.map()) == null;
      case Inst.CallKernel i -> i.result().isPresent() && meet(i.result().get(), gives(i));
      case Inst.Const _,
          Inst.Binary _,
          Inst.Compare _,
          Inst.Store _,
          Inst.Zero _,
          Inst.Copy _,
          Inst.Atomic _,
          Inst.FunctionAddress _,
          Inst.KernelAddress _,
          Inst.CallFunction _,
          Inst.CoreConst _ ->
          false;
    };
  }

  /// Whether an address was read from the context; such memory is the packet's, or the kernel says
  /// that it goes with the packet.
  private boolean ofContext(Inst.Load load) {
    return load.size() == MemorySize.W || Region.CONTEXT.equals(regions.get(load.base()));
  }

  private @Nullable Region gives(Inst.CallKernel call) {
    Optional<Signature> signature = call.function().signature();
    if (signature.isEmpty()) {
      return null;
    }
    if (ObjectFunction.givesObject(call.function())) {
      return Region.OBJECT;
    }
    return switch (signature.get().result()) {
      case MAP_VALUE_OR_NULL -> mapOf(call).isEmpty() ? Region.ANY : Region.map(mapOf(call));
      case RECORD_OR_NULL -> Region.ring(mapOf(call));
      case SOCKET_OR_NULL, BORROWED_SOCKET_OR_NULL, KERNEL_POINTER -> Region.KERNEL;
      case SLICE_OR_NULL, INTEGER, VOID -> null;
    };
  }

  private String mapOf(Inst.CallKernel call) {
    return maps.getOrDefault(call.arguments().getFirst(), "");
  }

  private boolean meet(Value value, @Nullable Region region) {
    if (region == null || mixed.contains(value)) {
      return false;
    }
    Region old = regions.putIfAbsent(value, region);
    if (old == null) {
      return true;
    }
    if (old.equals(region)) {
      return false;
    }
    mixed.add(value);
    regions.put(value, Region.ANY);
    return true;
  }

  private Region of(Value base) {
    return regions.getOrDefault(base, Region.ANY);
  }

  private Block rewrite(Block block) {
    List<Inst> insts = new ArrayList<>();
    for (Inst inst : block.insts()) {
      insts.add(
          switch (inst) {
            case Inst.Load i ->
                new Inst.Load(
                    i.result(),
                    i.size(),
                    i.signed(),
                    i.base(),
                    i.offset(),
                    of(i.base()),
                    i.kept(),
                    i.origin());
            case Inst.Store i ->
                new Inst.Store(i.size(), i.base(), i.offset(), i.value(), of(i.base()), i.origin());
            case Inst.Zero i ->
                new Inst.Zero(i.base(), i.offset(), i.bytes(), of(i.base()), i.origin());
            case Inst.Copy i ->
                new Inst.Copy(
                    i.to(),
                    i.toOffset(),
                    of(i.to()),
                    i.from(),
                    i.fromOffset(),
                    of(i.from()),
                    i.bytes(),
                    i.origin());
            case Inst.Atomic i ->
                new Inst.Atomic(
                    i.result(),
                    i.op(),
                    i.size(),
                    i.base(),
                    i.offset(),
                    i.operand(),
                    i.expected(),
                    of(i.base()),
                    i.origin());
            case Inst.Const _,
                Inst.Binary _,
                Inst.Unary _,
                Inst.Compare _,
                Inst.Refine _,
                Inst.StackAddress _,
                Inst.MapAddress _,
                Inst.GlobalAddress _,
                Inst.FunctionAddress _,
                Inst.KernelAddress _,
                Inst.PtrAdd _,
                Inst.CallKernel _,
                Inst.CallFunction _,
                Inst.CoreConst _ ->
                inst;
          });
    }
    return new Block(block.id(), block.parameters(), insts, block.terminator());
  }
}
