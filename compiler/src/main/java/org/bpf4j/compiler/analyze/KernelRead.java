package org.bpf4j.compiler.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Definitions;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Inst.CoreAccess;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.CoreRelocation.Kind;
import org.bpf4j.object.Helper;

/// A number that is read from a kernel struct: a call of the helper that reads, and the load behind
/// it from where the helper put what it read.
///
/// @param call the call
/// @param load the instruction behind it
/// @param base the address of the struct
/// @param path the members that lead to the number, each in the one before
public record KernelRead(Inst.CallKernel call, Inst.Load load, Value base, List<CoreAccess> path) {

  /// Copies the list.
  public KernelRead {
    path = List.copyOf(path);
  }

  /// An address as that of a struct and members in it.
  ///
  /// @param base the address of the struct
  /// @param path the members, each in the one before
  public record Place(Value base, List<CoreAccess> path) {}

  /// The read that an instruction of a block begins.
  ///
  /// @param index the call's place in the block
  public static Optional<KernelRead> at(Block block, int index, Definitions definitions) {
    if (index + 1 < block.insts().size()
        && block.insts().get(index) instanceof Inst.CallKernel call
        && call.function() == Helper.PROBE_READ_KERNEL
        && block.insts().get(index + 1) instanceof Inst.Load load
        && load.base().equals(call.arguments().getFirst())
        && load.offset() == 0
        && definitions.of(load.base()).orElse(null) instanceof Inst.StackAddress
        && definitions.isConstant(call.arguments().get(1), load.size().bytes())) {
      Place place = place(call.arguments().get(2), definitions);
      return place.path.isEmpty()
          ? Optional.empty()
          : Optional.of(new KernelRead(call, load, place.base, place.path));
    }
    return Optional.empty();
  }

  /// Takes an address apart.
  public static Place place(Value address, Definitions definitions) {
    List<CoreAccess> path = new ArrayList<>();
    Value base = definitions.unrefined(address);
    while (definitions.of(base).orElse(null)
            instanceof Inst.Binary(_, BinaryOp op, Value l, Value r, _)
        && op == BinaryOp.ADD
        && definitions.of(r).orElse(null) instanceof Inst.CoreConst core
        && core.access().kind() == Kind.FIELD_BYTE_OFFSET) {
      path.addFirst(core.access());
      base = l;
      if (definitions.of(base).orElse(null) instanceof Inst.Refine) {
        break;
      }
    }
    return new Place(path.isEmpty() ? address : base, path);
  }
}
