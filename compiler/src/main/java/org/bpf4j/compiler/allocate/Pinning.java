package org.bpf4j.compiler.allocate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.bpf4j.compiler.machine.MachineBlock;
import org.bpf4j.compiler.machine.MachineFunction;
import org.bpf4j.compiler.machine.MachineInsn;
import org.bpf4j.compiler.machine.MachineInsn.CallFunction;
import org.bpf4j.compiler.machine.MachineInsn.CallKernel;
import org.bpf4j.compiler.machine.MachineInsn.CompareExchange;
import org.bpf4j.compiler.machine.MachineInsn.Exit;
import org.bpf4j.compiler.machine.Register;
import org.bpf4j.compiler.machine.Register.Physical;
import org.bpf4j.compiler.machine.Register.Virtual;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.isa.Width;

/// Moves operands to and from the registers that instructions insist on.
final class Pinning {

  private static final Register R0 = Physical.of(0);

  private final Code code;
  private List<Line> lines = new ArrayList<>();

  private Pinning(MachineFunction<Virtual> function) {
    code = new Code(function);
  }

  static Code pin(MachineFunction<Virtual> function) {
    return new Pinning(function).pin();
  }

  private Code pin() {
    MachineFunction<Virtual> function = code.source;
    function.parameters().forEach(code::know);
    Set<Virtual> read = new HashSet<>();
    for (MachineBlock<Virtual> block : function.blocks()) {
      for (MachineInsn<Virtual> insn : block.all()) {
        insn.uses().forEach(code::know);
        insn.defined().ifPresent(code::know);
        read.addAll(insn.uses());
      }
    }
    for (MachineBlock<Virtual> block : function.blocks()) {
      lines = new ArrayList<>();
      if (block.id() == function.entry().id()) {
        parameters(function, read);
      }
      block.all().forEach(this::pin);
      code.blocks.add(new Code.LineBlock(block.id(), lines));
    }
    return code;
  }

  private void parameters(MachineFunction<Virtual> function, Set<Virtual> read) {
    for (int i = 0; i < function.parameters().size(); i++) {
      Virtual parameter = function.parameters().get(i);
      if (read.contains(parameter)) {
        move(parameter, Physical.of(i + 1), Origin.of(function.span()));
      }
    }
  }

  private void move(Register to, Register from, Origin origin) {
    lines.add(new Line.Inserted(new MachineInsn.Move<>(Width.W64, to, from, origin)));
  }

  private void pin(MachineInsn<Virtual> insn) {
    switch (insn) {
      case CallKernel<Virtual>(
              Optional<Virtual> result,
              var helper,
              List<Virtual> arguments,
              Origin origin) -> {
        List<Register> pinned = arguments(arguments, origin);
        keep(new CallKernel<>(result.map(_ -> R0), helper, pinned, origin), insn);
        result.ifPresent(to -> move(to, R0, origin));
      }
      case CallFunction<Virtual>(
              Optional<Virtual> result,
              String function,
              List<Virtual> arguments,
              Origin origin) -> {
        List<Register> pinned = arguments(arguments, origin);
        keep(new CallFunction<>(result.map(_ -> R0), function, pinned, origin), insn);
        result.ifPresent(to -> move(to, R0, origin));
      }
      case CompareExchange<Virtual> i -> {
        move(R0, i.expected(), i.origin());
        keep(
            new CompareExchange<>(
                i.size(),
                R0,
                i.base().map(Function.<Register>identity()),
                i.offset(),
                R0,
                i.replacement(),
                i.origin()),
            insn);
        move(i.result(), R0, i.origin());
      }
      case Exit<Virtual>(Optional<Virtual> value, Origin origin) -> {
        value.ifPresent(from -> move(R0, from, origin));
        keep(new Exit<>(value.map(_ -> R0), origin), insn);
      }
      case MachineInsn.Constant<Virtual> _,
          MachineInsn.Move<Virtual> _,
          MachineInsn.Alu<Virtual> _,
          MachineInsn.ToBigEndian<Virtual> _,
          MachineInsn.ArenaCast<Virtual> _,
          MachineInsn.Load<Virtual> _,
          MachineInsn.Store<Virtual> _,
          MachineInsn.Atomic<Virtual> _,
          MachineInsn.Address<Virtual> _,
          MachineInsn.FrameAddress<Virtual> _,
          MachineInsn.CoreConstant<Virtual> _,
          MachineInsn.CoreLoad<Virtual> _,
          MachineInsn.Jump<Virtual> _,
          MachineInsn.Branch<Virtual> _,
          MachineInsn.MayGoto<Virtual> _ ->
          keep(insn.map(Function.<Register>identity()), insn);
    }
  }

  private void keep(MachineInsn<Register> insn, MachineInsn<Virtual> of) {
    lines.add(new Line.Kept(insn, of));
  }

  private List<Register> arguments(List<Virtual> arguments, Origin origin) {
    List<Register> pinned = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      Register register = Physical.of(i + 1);
      move(register, arguments.get(i), origin);
      pinned.add(register);
    }
    return pinned;
  }
}
