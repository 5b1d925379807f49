package org.bpf4j.compiler.emit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bpf4j.compiler.machine.MachineBlock;
import org.bpf4j.compiler.machine.MachineFunction;
import org.bpf4j.compiler.machine.MachineInsn;
import org.bpf4j.compiler.machine.MachineInsn.Base;
import org.bpf4j.compiler.machine.MachineInsn.Source;
import org.bpf4j.compiler.machine.MachineInsn.Symbol;
import org.bpf4j.compiler.machine.Register.Physical;
import org.bpf4j.compiler.ssa.Inst.CoreAccess;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.isa.Insn;
import org.bpf4j.isa.Insn.AluOp;
import org.bpf4j.isa.Insn.Operand;
import org.bpf4j.isa.InsnIndex;
import org.bpf4j.isa.Register;
import org.bpf4j.isa.Width;
import org.bpf4j.object.CoreRelocation;
import org.bpf4j.object.Helper;
import org.bpf4j.object.HelperVariant;
import org.bpf4j.object.KernelFunction;
import org.bpf4j.object.Kfunc;
import org.bpf4j.object.Relocation;
import org.bpf4j.object.Relocation.Target;

/// Writes one function's instructions.
final class Encoder {

  /// A function's code.
  ///
  /// @param insns the instructions
  /// @param origins where each comes from
  /// @param relocations places that name maps, data and functions
  /// @param coreRelocations places that name the kernel's types
  /// @param reachable whether every jump reaches its target with 16 bits
  record Encoded(
      List<Insn> insns,
      List<Origin> origins,
      List<Relocation> relocations,
      List<CoreRelocation> coreRelocations,
      boolean reachable) {}

  /// The address space of arenas, as user space knows it; that of programs is 0.
  private static final int ARENA = 1;

  private record PendingJump(int insn, int slot, int target) {}

  private final int[] slotOffsets;
  private final KernelTypes kernelTypes;
  private final KernelSymbols kernelSymbols;
  private final List<Insn> insns = new ArrayList<>();
  private final List<Origin> origins = new ArrayList<>();
  private final List<Relocation> relocations = new ArrayList<>();
  private final List<CoreRelocation> coreRelocations = new ArrayList<>();
  private final Map<Integer, Integer> starts = new HashMap<>();
  private final List<PendingJump> jumps = new ArrayList<>();
  private int slot;

  private Encoder(
      MachineFunction<Physical> function, KernelTypes kernelTypes, KernelSymbols kernelSymbols) {
    this.slotOffsets = function.slotOffsets();
    this.kernelTypes = kernelTypes;
    this.kernelSymbols = kernelSymbols;
  }

  static Encoded encode(
      MachineFunction<Physical> function,
      KernelTypes kernelTypes,
      KernelSymbols kernelSymbols,
      Optional<String> arena) {
    Encoder encoder = new Encoder(function, kernelTypes, kernelSymbols);
    arena.ifPresent(map -> encoder.nameArena(function, map));
    BlockOrder order = BlockOrder.of(function);
    List<MachineBlock<Physical>> blocks = order.blocks();
    for (int i = 0; i < blocks.size(); i++) {
      MachineBlock<Physical> block = blocks.get(i);
      encoder.starts.put(block.id(), encoder.slot);
      encoder.meet(block, order.checkpoints());
      block.insns().forEach(encoder::encode);
      int next = i + 1 < blocks.size() ? blocks.get(i + 1).id() : -1;
      if (block.end() instanceof MachineInsn.Jump<Physical> back && order.isBottomTest(next)) {
        encoder.goBack(back);
      } else {
        encoder.encode(block, next, order);
      }
    }
    return encoder.finish();
  }

  /// The kernel knows the arena of casts by any instruction that names the map; `r0` holds nothing
  /// yet.
  private void nameArena(MachineFunction<Physical> function, String map) {
    function.blocks().stream()
        .flatMap(block -> block.insns().stream())
        .filter(MachineInsn.ArenaCast.class::isInstance)
        .findFirst()
        .ifPresent(
            cast ->
                relocate(
                    new Insn.LoadImm64(Register.R0, Insn.ImmKind.VALUE, 0),
                    new Target.MapReference(map),
                    function.blocks().getFirst().insns().isEmpty()
                        ? cast.origin()
                        : function.blocks().getFirst().insns().getFirst().origin()));
  }

  private Encoded finish() {
    boolean reachable = true;
    for (PendingJump jump : jumps) {
      int distance = Objects.requireNonNull(starts.get(jump.target)) - jump.slot - 1;
      reachable &= distance == (short) distance;
      insns.set(
          jump.insn,
          switch (insns.get(jump.insn)) {
            case Insn.Jump _ -> new Insn.Jump(false, distance);
            case Insn.MayGoto _ -> new Insn.MayGoto(distance);
            case Insn.Branch(Width width, var op, Register left, Operand right, _) ->
                new Insn.Branch(width, op, left, right, distance);
            default -> throw new IllegalStateException("no jump at " + jump.slot);
          });
    }
    return new Encoded(insns, origins, relocations, coreRelocations, reachable);
  }

  private void add(Insn insn, Origin origin) {
    insns.add(insn);
    origins.add(origin);
    slot += insn.slots();
  }

  private void addJump(Insn insn, int target, Origin origin) {
    jumps.add(new PendingJump(insns.size(), slot, target));
    add(insn, origin);
  }

  private void relocate(Insn insn, Target target, Origin origin) {
    Relocation relocation = new Relocation(new InsnIndex(slot), target);
    relocations.add(relocation);
    add(relocation.placeholder(insn), origin);
  }

  private KernelTypes.Resolved core(CoreAccess access) {
    KernelTypes.Resolved resolved = kernelTypes.resolve(access);
    coreRelocations.add(
        new CoreRelocation(new InsnIndex(slot), resolved.typeId(), resolved.path(), access.kind()));
    return resolved;
  }

  private void encode(MachineInsn<Physical> insn) {
    Origin origin = insn.origin();
    switch (insn) {
      case MachineInsn.Constant<Physical> i -> constant(i);
      case MachineInsn.Move<Physical> i ->
          add(alu(i.width(), AluOp.MOV, i.dst(), new Operand.Reg(i.src().register())), origin);
      case MachineInsn.Alu<Physical> i ->
          add(alu(i.width(), i.op(), i.dst(), operand(i.src())), origin);
      case MachineInsn.ToBigEndian<Physical> i ->
          add(new Insn.Swap(Insn.Order.BE, i.bits(), i.dst().register()), origin);
      case MachineInsn.ArenaCast<Physical> i ->
          add(
              new Insn.AddressSpaceCast(
                  i.dst().register(),
                  i.src().register(),
                  i.shared() ? ARENA : 0,
                  i.shared() ? 0 : ARENA),
              origin);
      case MachineInsn.Load<Physical> i ->
          add(
              new Insn.Load(
                  i.size(), false, i.dst().register(), base(i.base()), at(i.base(), i.offset())),
              origin);
      case MachineInsn.Store<Physical> i ->
          add(
              new Insn.Store(i.size(), base(i.base()), at(i.base(), i.offset()), operand(i.src())),
              origin);
      case MachineInsn.Atomic<Physical> i ->
          add(
              new Insn.Atomic(
                  i.size(),
                  i.op(),
                  i.fetch(),
                  base(i.base()),
                  at(i.base(), i.offset()),
                  i.src().register()),
              origin);
      case MachineInsn.CompareExchange<Physical> i ->
          add(
              new Insn.Atomic(
                  i.size(),
                  Insn.AtomicOp.CMPXCHG,
                  true,
                  base(i.base()),
                  at(i.base(), i.offset()),
                  i.replacement().register()),
              origin);
      case MachineInsn.Address<Physical> i ->
          relocate(
              new Insn.LoadImm64(i.dst().register(), Insn.ImmKind.VALUE, 0),
              target(i.symbol()),
              origin);
      case MachineInsn.FrameAddress<Physical> i -> {
        add(alu(Width.W64, AluOp.MOV, i.dst(), new Operand.Reg(Register.R10)), origin);
        int offset = slotOffsets[i.slot()] + i.offset();
        add(alu(Width.W64, AluOp.ADD, i.dst(), new Operand.Imm(offset)), origin);
      }
      case MachineInsn.CoreConstant<Physical> i -> {
        int value = core(i.access()).value();
        add(
            i.access().kind() == CoreRelocation.Kind.ENUMVAL_VALUE
                ? new Insn.LoadImm64(i.dst().register(), Insn.ImmKind.VALUE, value)
                : alu(Width.W64, AluOp.MOV, i.dst(), new Operand.Imm(value)),
            origin);
      }
      case MachineInsn.CoreLoad<Physical> i -> {
        int offset = core(i.access()).value();
        add(
            new Insn.Load(i.size(), false, i.dst().register(), i.base().register(), offset),
            origin);
      }
      case MachineInsn.CallKernel<Physical> i -> call(i.function(), origin);
      case MachineInsn.CallFunction<Physical> i ->
          relocate(
              new Insn.Call(Insn.CallKind.SUBPROGRAM, -1),
              new Target.SubprogramCall(i.function()),
              origin);
      case MachineInsn.End<Physical> _ ->
          throw new IllegalStateException("a block ends before its end");
    }
  }

  private void constant(MachineInsn.Constant<Physical> i) {
    if (i.width() == Width.W32 || i.value() == (int) i.value()) {
      add(alu(i.width(), AluOp.MOV, i.dst(), new Operand.Imm((int) i.value())), i.origin());
    } else {
      add(new Insn.LoadImm64(i.dst().register(), Insn.ImmKind.VALUE, i.value()), i.origin());
    }
  }

  private static Insn alu(Width width, AluOp op, Physical dst, Operand src) {
    return new Insn.Alu(width, op, dst.register(), src);
  }

  private static Operand operand(Source<Physical> source) {
    return switch (source) {
      case Source.Reg<Physical>(Physical register) -> new Operand.Reg(register.register());
      case Source.Imm<Physical>(int value) -> new Operand.Imm(value);
    };
  }

  private static Register base(Base<Physical> base) {
    return switch (base) {
      case Base.Reg<Physical>(Physical register) -> register.register();
      case Base.Slot<Physical> _ -> Register.R10;
    };
  }

  private int at(Base<Physical> base, int offset) {
    return switch (base) {
      case Base.Reg<Physical> _ -> offset;
      case Base.Slot<Physical>(int frameSlot) -> slotOffsets[frameSlot] + offset;
    };
  }

  private void call(KernelFunction function, Origin origin) {
    switch (function) {
      case Helper helper -> add(new Insn.Call(Insn.CallKind.HELPER, helper.number()), origin);
      case HelperVariant variant -> call(variant.helper(), origin);
      case Kfunc kfunc ->
          relocate(
              new Insn.Call(Insn.CallKind.SUBPROGRAM, -1),
              kernelSymbols.target(kfunc.name()),
              origin);
    }
  }

  private Target target(Symbol symbol) {
    return switch (symbol) {
      case Symbol.MapSymbol(String name) -> new Target.MapReference(name);
      case Symbol.DataSymbol(String section, int offset) ->
          new Target.DataReference(section, offset);
      case Symbol.FunctionSymbol(String name) -> new Target.SubprogramAddress(name);
      case Symbol.KernelSymbol(String name, _, _) -> kernelSymbols.target(name);
    };
  }

  private void encode(MachineBlock<Physical> block, int next, BlockOrder order) {
    switch (block.end()) {
      case MachineInsn.Jump<Physical> jump -> goTo(jump.target(), next, jump.origin());
      case MachineInsn.Branch<Physical> branch ->
          branch(
              branch,
              next,
              order.leavesLoop(block.id(), branch.then()),
              order.leavesLoop(block.id(), branch.otherwise()));
      case MachineInsn.MayGoto<Physical> may -> {
        addJump(new Insn.MayGoto(0), may.exhausted(), may.origin());
        goTo(may.body(), next, may.origin());
      }
      case MachineInsn.Exit<Physical> exit -> add(new Insn.Exit(), exit.origin());
    }
  }

  /// Goes back to a loop's test by a jump, even to the next instruction: older kernels, 6.1 among
  /// them, take a way back for a loop only if a jump ends it. All remove jumps that go nowhere.
  private void goBack(MachineInsn.Jump<Physical> jump) {
    addJump(new Insn.Jump(false, 0), jump.target(), jump.origin());
  }

  /// Lets the verifier's paths meet before a block: what they differ in for nothing is cleared, and
  /// a state is kept by jumps that go nowhere, which kernels remove.
  private void meet(MachineBlock<Physical> block, Checkpoints checkpoints) {
    Origin origin = block.all().getFirst().origin();
    for (Physical register : checkpoints.leftovers(block.id())) {
      add(alu(Width.W64, AluOp.MOV, register, new Operand.Imm(0)), origin);
    }
    for (int i = 0; checkpoints.isNeeded(block.id()) && i < Checkpoints.JUMPS; i++) {
      add(new Insn.Jump(false, 0), origin);
    }
  }

  private void goTo(int target, int next, Origin origin) {
    if (target != next) {
      addJump(new Insn.Jump(false, 0), target, origin);
    }
  }

  /// Of two ways the one that leaves a loop follows, and the other is jumped to, if only across the
  /// jump out of the loop. The verifier remembers where jumps go, and first looks at what follows:
  /// so it need not remember the way out of each round that it follows, of which it can only keep
  /// 8192 in mind (`BPF_COMPLEXITY_LIMIT_JMP_SEQ`).
  private void branch(
      MachineInsn.Branch<Physical> branch, int next, boolean thenLeaves, boolean otherwiseLeaves) {
    MachineInsn.Branch<Physical> written = branch;
    if (thenLeaves != otherwiseLeaves ? thenLeaves : branch.then() == next) {
      Optional<MachineInsn.Branch<Physical>> inverted = branch.inverted();
      written = inverted.orElse(branch);
    }
    addJump(
        new Insn.Branch(
            written.width(), written.op(), written.left().register(), operand(written.right()), 0),
        written.then(),
        branch.origin());
    goTo(written.otherwise(), next, branch.origin());
  }
}
