package org.bpf4j.compiler.select;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bpf4j.compiler.machine.MachineBlock;
import org.bpf4j.compiler.machine.MachineFunction.Slot;
import org.bpf4j.compiler.machine.MachineInsn;
import org.bpf4j.compiler.machine.MachineInsn.Source;
import org.bpf4j.compiler.machine.MachineInsn.Symbol;
import org.bpf4j.compiler.machine.Register.Content;
import org.bpf4j.compiler.machine.Register.Virtual;
import org.bpf4j.compiler.ssa.Function.StackSlot;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.isa.Insn.AluOp;
import org.bpf4j.isa.Width;

/// A machine function being written: one open block, the finished ones, the frame so far.
///
/// Only slots that are named get a place in the frame. Addresses of maps and data are loaded once
/// between two calls of a block: loading one again is cheaper than keeping it over a call.
final class Assembly {

  private final List<StackSlot> declared;
  private final Map<Integer, Integer> slotNumbers = new LinkedHashMap<>();
  private final List<MachineBlock<Virtual>> blocks = new ArrayList<>();
  private final Map<Symbol, Virtual> loaded = new HashMap<>();
  private List<MachineInsn<Virtual>> insns = new ArrayList<>();
  private int open;
  private int nextRegister;
  private int nextBlock;

  Assembly(List<StackSlot> declared, int firstFreeBlock) {
    this.declared = declared;
    this.nextBlock = firstFreeBlock;
  }

  /// A register that nothing uses yet.
  Virtual fresh(Content content) {
    return new Virtual(nextRegister++, content);
  }

  /// A block id that nothing uses yet.
  int freshBlock() {
    return nextBlock++;
  }

  /// Opens a block.
  void begin(int block) {
    open = block;
    insns = new ArrayList<>();
    loaded.clear();
  }

  /// Opens the block that alone the current one, or a diamond from it, leads to.
  void proceed(int block) {
    open = block;
    insns = new ArrayList<>();
  }

  /// Writes an instruction to the open block.
  void add(MachineInsn<Virtual> insn) {
    insns.add(insn);
    if (insn.isCall()) {
      loaded.clear();
    }
  }

  /// Ends the open block.
  void end(MachineInsn.End<Virtual> end) {
    blocks.add(new MachineBlock<>(open, insns, end));
  }

  /// `dst op= constant`.
  void alu(Width width, AluOp op, Virtual dst, int constant, Origin origin) {
    add(new MachineInsn.Alu<>(width, op, dst, new Source.Imm<>(constant), origin));
  }

  /// `dst op= src`.
  void alu(Width width, AluOp op, Virtual dst, Virtual src, Origin origin) {
    add(new MachineInsn.Alu<>(width, op, dst, new Source.Reg<>(src), origin));
  }

  /// `dst = src`.
  void copy(Virtual dst, Virtual src, Origin origin) {
    add(new MachineInsn.Move<>(Width.W64, dst, src, origin));
  }

  /// `dst = value`, by the shortest instruction.
  void constant(Virtual dst, long value, Origin origin) {
    Width width = (int) value != value && value >>> 32 == 0 ? Width.W32 : Width.W64;
    add(new MachineInsn.Constant<>(width, dst, width == Width.W32 ? (int) value : value, origin));
  }

  /// The address of a symbol, in a register that must not be written.
  Virtual address(Symbol symbol, Origin origin) {
    Function<Symbol, Virtual> load =
        s -> {
          Virtual dst = fresh(Content.POINTER);
          add(new MachineInsn.Address<>(dst, s, origin));
          return dst;
        };
    return loaded.computeIfAbsent(symbol, load);
  }

  /// The frame's number of an SSA slot.
  int slot(int declaredId) {
    return slotNumbers.computeIfAbsent(declaredId, _ -> slotNumbers.size());
  }

  /// The slots in use, in the order of their numbers.
  List<Slot> slots() {
    return slotNumbers.keySet().stream()
        .map(id -> declared.stream().filter(slot -> slot.id() == id).findFirst().orElseThrow())
        .map(slot -> new Slot(slot.bytes(), slot.name(), false))
        .toList();
  }

  /// The finished blocks.
  List<MachineBlock<Virtual>> blocks() {
    return blocks;
  }
}
