package org.bpf4j.compiler.machine;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.machine.MachineInsn.Base;
import org.bpf4j.compiler.machine.MachineInsn.Source;
import org.bpf4j.compiler.machine.Register.Physical;
import org.bpf4j.isa.Insn.AluOp;
import org.bpf4j.isa.Insn.AtomicOp;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.isa.Width;

/// Says what holds of every machine function, and throws [CompilerBug] where it does not.
///
/// Blocks and slots that are named exist; registers are written before they are read, on every
/// path; immediates and offsets fit; accesses to the frame are aligned and inside their slot; in
/// physical code operands stand where instructions pin them, and calls destroy `r0` to `r5`.
public final class Checker {

  /// Arguments travel in `r1` to `r5`.
  private static final int MAX_ARGUMENTS = 5;

  private static final int PHYSICAL = 10;
  private static final int CALL_CLOBBERED = 6;

  private final MachineFunction<?> function;
  private final Map<Integer, MachineBlock<?>> blocks = new HashMap<>();

  private Checker(MachineFunction<?> function) {
    this.function = function;
  }

  /// Checks every function of a program, and that what they call is there.
  public static void check(MachineProgram<?> program) {
    Set<String> names = new HashSet<>();
    program.functions().forEach(function -> names.add(function.name()));
    for (MachineFunction<?> function : program.functions()) {
      check(function);
      for (MachineBlock<?> block : function.blocks()) {
        for (MachineInsn<?> insn : block.insns()) {
          if (insn instanceof MachineInsn.CallFunction<?> call
              && !names.contains(call.function())) {
            throw new CompilerBug(function.name() + " calls " + call.function());
          }
        }
      }
    }
  }

  /// Checks a function.
  public static void check(MachineFunction<?> function) {
    new Checker(function).check();
  }

  private void check() {
    for (MachineBlock<?> block : function.blocks()) {
      demand(blocks.put(block.id(), block) == null, "b" + block.id() + " is there twice");
    }
    demand(function.parameters().size() <= MAX_ARGUMENTS, "too many parameters");
    checkPinned(function.parameters(), "parameters");
    for (MachineBlock<?> block : function.blocks()) {
      for (MachineInsn<?> insn : block.all()) {
        checkShape(insn);
      }
      for (int target : block.end().targets()) {
        demand(blocks.containsKey(target), "no block b" + target);
        demand(target != function.entry().id(), "an edge enters the entry");
      }
    }
    checkAssignment();
  }

  private void demand(boolean condition, String complaint) {
    if (!condition) {
      throw new CompilerBug(complaint + " in\n" + Printer.print(function));
    }
  }

  private void checkPinned(List<? extends Register> registers, String what) {
    for (int i = 0; i < registers.size(); i++) {
      if (registers.get(i) instanceof Physical physical) {
        demand(physical.number() == i + 1, what + " are not in r1, r2, …");
      }
    }
  }

  private void checkResult(Register register) {
    demand(
        !(register instanceof Physical physical) || physical.number() == 0,
        "a result is not in r0");
  }

  private void checkShape(MachineInsn<?> insn) {
    switch (insn) {
      case MachineInsn.Constant<?> i ->
          demand(i.width() == Width.W64 || i.value() == (int) i.value(), "constant of 32 bits");
      case MachineInsn.Alu<?> i -> checkAlu(i.width(), i.op(), i.src());
      case MachineInsn.ToBigEndian<?> i ->
          demand(i.bits() == 16 || i.bits() == 32 || i.bits() == 64, "byte order of odd width");
      case MachineInsn.Load<?> i -> checkAccess(i.base(), i.offset(), i.size());
      case MachineInsn.Store<?> i -> checkAccess(i.base(), i.offset(), i.size());
      case MachineInsn.Atomic<?> i -> {
        checkAtomic(i.size());
        demand(i.op() != AtomicOp.CMPXCHG, "a compare-exchange has its own record");
        demand(i.fetch() || i.op() != AtomicOp.XCHG, "an exchange always fetches");
        checkAccess(i.base(), i.offset(), i.size());
      }
      case MachineInsn.CompareExchange<?> i -> {
        checkAtomic(i.size());
        checkResult(i.result());
        checkResult(i.expected());
        checkAccess(i.base(), i.offset(), i.size());
      }
      case MachineInsn.FrameAddress<?> i -> {
        demand(i.slot() < function.slots().size(), "no slot s" + i.slot());
        demand(
            i.offset() >= 0 && i.offset() <= function.slots().get(i.slot()).bytes(),
            "address outside its slot");
      }
      case MachineInsn.CallKernel<?> i -> {
        checkPinned(i.arguments(), "arguments");
        demand(i.arguments().size() <= MAX_ARGUMENTS, "too many arguments");
        i.result().ifPresent(this::checkResult);
      }
      case MachineInsn.CallFunction<?> i -> {
        checkPinned(i.arguments(), "arguments");
        demand(i.arguments().size() <= MAX_ARGUMENTS, "too many arguments");
        i.result().ifPresent(this::checkResult);
      }
      case MachineInsn.Exit<?> i -> i.value().ifPresent(this::checkResult);
      case MachineInsn.Move<?> _,
          MachineInsn.ArenaCast<?> _,
          MachineInsn.Address<?> _,
          MachineInsn.CoreConstant<?> _,
          MachineInsn.CoreLoad<?> _,
          MachineInsn.Jump<?> _,
          MachineInsn.Branch<?> _,
          MachineInsn.MayGoto<?> _ -> {}
    }
  }

  private void checkAlu(Width width, AluOp op, Source<?> source) {
    demand(op != AluOp.MOV, "a move has its own record");
    demand(op != AluOp.SDIV && op != AluOp.SMOD, "signed division needs ISA v4");
    boolean shift = op == AluOp.LSH || op == AluOp.RSH || op == AluOp.ARSH;
    boolean division = op == AluOp.DIV || op == AluOp.MOD;
    if (source instanceof Source.Imm<?>(int value)) {
      demand(
          !shift || value >= 0 && value < (width == Width.W32 ? Integer.SIZE : Long.SIZE),
          "shift by " + value);
      demand(!division || value != 0, "division by the constant 0");
    }
  }

  private void checkAtomic(MemorySize size) {
    demand(size == MemorySize.W || size == MemorySize.DW, "atomic of " + size);
  }

  private void checkAccess(Base<?> base, int offset, MemorySize size) {
    demand(offset == (short) offset, "offset " + offset);
    if (base instanceof Base.Slot<?>(int slot)) {
      demand(slot < function.slots().size(), "no slot s" + slot);
      demand(
          offset >= 0 && offset + size.bytes() <= function.slots().get(slot).roundedBytes(),
          "access outside slot s" + slot);
      demand(offset % size.bytes() == 0, "misaligned access to slot s" + slot);
    }
  }

  private static int index(Register register) {
    return switch (register) {
      case Physical physical -> physical.number();
      case Register.Virtual virtual -> PHYSICAL + virtual.id();
    };
  }

  /// Follows which registers are written on every path.
  private void checkAssignment() {
    MachineFlow flow = MachineFlow.of(function);
    Map<Integer, BitSet> entries = new HashMap<>();
    BitSet parameters = new BitSet();
    function.parameters().forEach(register -> parameters.set(index(register)));
    entries.put(function.entry().id(), parameters);
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int id : flow.order()) {
        BitSet written = (BitSet) Objects.requireNonNull(entries.get(id)).clone();
        for (MachineInsn<?> insn : block(id).all()) {
          pass(insn, written);
        }
        for (int next : flow.successors(id)) {
          BitSet known = entries.get(next);
          if (known == null) {
            entries.put(next, (BitSet) written.clone());
            changed = true;
          } else {
            int before = known.cardinality();
            known.and(written);
            changed |= known.cardinality() != before;
          }
        }
      }
    }
    for (int id : flow.order()) {
      BitSet written = (BitSet) Objects.requireNonNull(entries.get(id)).clone();
      for (MachineInsn<?> insn : block(id).all()) {
        for (Register register : insn.uses()) {
          demand(written.get(index(register)), register + " is read before it is written");
        }
        pass(insn, written);
      }
    }
  }

  private MachineBlock<?> block(int id) {
    MachineBlock<?> block = blocks.get(id);
    if (block == null) {
      throw new CompilerBug("no block b" + id);
    }
    return block;
  }

  private static void pass(MachineInsn<?> insn, BitSet written) {
    if (insn.isCall()) {
      written.clear(0, CALL_CLOBBERED);
    }
    insn.defined().ifPresent(register -> written.set(index(register)));
  }
}
