package org.bpf4j.isa;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bpf4j.isa.Insn.AluOp;
import org.bpf4j.isa.Insn.AtomicOp;
import org.bpf4j.isa.Insn.CallKind;
import org.bpf4j.isa.Insn.ImmKind;
import org.bpf4j.isa.Insn.JumpOp;
import org.bpf4j.isa.Insn.Operand;
import org.bpf4j.isa.Insn.Order;

/// Random instructions of every shape, canonical in the operands that they ignore.
public final class RandomInsns {

  /// The number of shapes [#insn] chooses from.
  public static final int SHAPES = 18;

  private final RandomGenerator random;

  public RandomInsns(RandomGenerator random) {
    this.random = random;
  }

  /// A list in which every shape occurs when it is long enough.
  public List<Insn> insns(int count) {
    List<Insn> insns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      insns.add(insn(i % SHAPES));
    }
    return insns;
  }

  /// An instruction of a shape from 0 to [#SHAPES] − 1.
  public Insn insn(int shape) {
    return switch (shape) {
      case 0 -> alu();
      case 1 -> moveSignExtend();
      case 2 -> new Insn.Swap(pick(Order.values()), 16 << random.nextInt(3), register());
      case 3 -> new Insn.LoadImm64(register(), pick(ImmKind.values()), random.nextLong());
      case 4 -> load();
      case 5 -> new Insn.Store(size(), register(), off(), operand());
      case 6 -> atomic();
      case 7 -> new Insn.Ordered(size(), random.nextBoolean(), register(), register(), off());
      case 8 -> new Insn.Jump(false, off());
      case 9 -> new Insn.Jump(true, random.nextInt());
      case 10 -> new Insn.Branch(width(), pick(JumpOp.values()), register(), operand(), off());
      case 11 -> new Insn.MayGoto(off());
      case 12 -> new Insn.Call(pick(CallKind.values()), random.nextInt());
      case 13 -> new Insn.CallRegister(register());
      case 14 -> new Insn.Exit();
      case 15 -> legacyLoad();
      case 16 ->
          new Insn.AddressSpaceCast(
              register(), register(), random.nextInt(1 << 16), random.nextInt(1 << 16));
      default -> new Insn.JumpRegister(register());
    };
  }

  private Insn alu() {
    AluOp op = pick(AluOp.values());
    Operand src = op == AluOp.NEG ? new Operand.Imm(0) : operand();
    return new Insn.Alu(width(), op, register(), src);
  }

  private Insn moveSignExtend() {
    Width width = width();
    int bits = 8 << random.nextInt(width == Width.W64 ? 3 : 2);
    return new Insn.MoveSignExtend(width, bits, register(), register());
  }

  private Insn load() {
    MemorySize size = size();
    boolean signed = size != MemorySize.DW && random.nextBoolean();
    return new Insn.Load(size, signed, register(), register(), off());
  }

  private Insn atomic() {
    AtomicOp op = pick(AtomicOp.values());
    boolean fetch = op == AtomicOp.XCHG || op == AtomicOp.CMPXCHG || random.nextBoolean();
    MemorySize size = random.nextBoolean() ? MemorySize.W : MemorySize.DW;
    return new Insn.Atomic(size, op, fetch, register(), off(), register());
  }

  private Insn legacyLoad() {
    MemorySize size = MemorySize.ofBytes(1 << random.nextInt(3));
    boolean indirect = random.nextBoolean();
    Register index = indirect ? register() : Register.R0;
    return new Insn.LegacyLoad(size, indirect, index, random.nextInt());
  }

  private Operand operand() {
    return random.nextBoolean()
        ? new Operand.Reg(register())
        : new Operand.Imm(random.nextInt() >> random.nextInt(32));
  }

  private Register register() {
    return pick(Register.values());
  }

  private MemorySize size() {
    return pick(MemorySize.values());
  }

  private Width width() {
    return pick(Width.values());
  }

  private int off() {
    return (short) random.nextInt();
  }

  private <T> T pick(T[] from) {
    return from[random.nextInt(from.length)];
  }
}
