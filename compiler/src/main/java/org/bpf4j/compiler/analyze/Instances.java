package org.bpf4j.compiler.analyze;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Definitions;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Function.StackSlot;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.PacketSlices;
import org.bpf4j.object.Signature;

/// Finds each `new` whose previous instance is still in use: both would be the same stack memory.
final class Instances {
  private Instances() {}

  static List<Diagnostic> check(Function function, Advice advice) {
    List<Diagnostic> found = new ArrayList<>();
    Definitions definitions = Definitions.of(function);
    Sources sources = new Sources(function, definitions);
    Optional<Liveness> liveness = Optional.empty();
    for (Block block : function.blocks()) {
      for (int i = 0; i < block.insts().size(); i++) {
        if (block.insts().get(i) instanceof Inst.StackAddress address && address.fresh()) {
          liveness = Optional.of(liveness.orElseGet(() -> Liveness.of(function)));
          BitSet live = liveness.get().behind(block, i);
          live.clear(address.result().id());
          if (holdsOld(function, address, live, sources, definitions)) {
            found.add(diagnostic(function, address, advice));
          }
        }
      }
    }
    return found;
  }

  /// Whether a value that is still needed may be the address of an earlier instance.
  private static boolean holdsOld(
      Function function,
      Inst.StackAddress address,
      BitSet live,
      Sources sources,
      Definitions definitions) {
    for (Block block : function.blocks()) {
      List<Value> defined = new ArrayList<>(block.parameters());
      block.insts().forEach(inst -> inst.defined().ifPresent(defined::add));
      for (Value value : defined) {
        if (live.get(value.id())
            && value.type() == Type.PTR
            && sources.of(value).stream()
                .flatMap(source -> lent(source, sources, definitions).stream())
                .anyMatch(
                    source ->
                        definitions.of(source).orElse(null) instanceof Inst.StackAddress old
                            && old.fresh()
                            && old.slot() == address.slot())) {
          return true;
        }
      }
    }
    return false;
  }

  /// What a slice of the packet may be copied to, the buffer that it was lent; another slice goes
  /// with its dynptr.
  private static Set<Value> lent(Value source, Sources sources, Definitions definitions) {
    return definitions.of(source).orElse(null) instanceof Inst.CallKernel call && isSlice(call)
        ? sources.of(call.arguments().get(call.function().equals(PacketSlices.SLICE) ? 2 : 0))
        : Set.of(source);
  }

  private static boolean isSlice(Inst.CallKernel call) {
    return call.function()
        .signature()
        .filter(signature -> signature.result() == Signature.Result.SLICE_OR_NULL)
        .isPresent();
  }

  private static Diagnostic diagnostic(
      Function function, Inst.StackAddress address, Advice advice) {
    String name =
        function.slots().stream()
            .filter(slot -> slot.id() == address.slot())
            .map(StackSlot::name)
            .findFirst()
            .orElse("instance");
    return advice.error(
        Code.BPF2009,
        address.origin(),
        "`" + name + "` is created again while the instance of the previous round is in use",
        List.of("each `new` has one place on the stack"),
        "create it once before the loop, or copy what is kept:   Helpers.copy(from, to);");
  }
}
