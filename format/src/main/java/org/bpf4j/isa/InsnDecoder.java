package org.bpf4j.isa;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.bpf4j.isa.Insn.AluOp;
import org.bpf4j.isa.Insn.AtomicOp;
import org.bpf4j.isa.Insn.CallKind;
import org.bpf4j.isa.Insn.ImmKind;
import org.bpf4j.isa.Insn.JumpOp;
import org.bpf4j.isa.Insn.Operand;
import org.bpf4j.isa.Insn.Order;
import org.jspecify.annotations.Nullable;

/// The arrow from bytes to instructions: holds one slot at a time.
///
/// Every field that an instruction does not use must be zero, as the kernel demands. A slot is
/// decoded to its end whatever it holds; what is wrong with it is noted, and decides what becomes
/// of it.
final class InsnDecoder {

  private final ByteBuffer in;
  private final boolean strict;

  /// What is wrong with the instruction that is being decoded.
  private @Nullable String problem;

  private int opcode;
  private int dst;
  private int src;
  private int off;
  private int imm;

  /// @param strict whether what is no instruction is an error
  InsnDecoder(byte[] bytes, boolean strict) {
    this.strict = strict;
    in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  List<Insn> decode() {
    if (in.capacity() % InsnCodec.SLOT_BYTES != 0) {
      throw new MalformedObjectException(
          in.capacity() + " bytes of instructions are not a multiple of 8");
    }
    List<Insn> insns = new ArrayList<>(in.capacity() / InsnCodec.SLOT_BYTES);
    while (in.hasRemaining()) {
      insns.add(next());
    }
    return insns;
  }

  private Insn next() {
    int start = in.position();
    problem = null;
    fetch();
    Insn insn = insn();
    if (problem == null) {
      return insn;
    }
    if (strict) {
      throw new MalformedObjectException(
          "instruction " + start / InsnCodec.SLOT_BYTES + ": " + problem);
    }
    in.position(start + InsnCodec.SLOT_BYTES);
    return new Insn.Unknown(in.getLong(start));
  }

  private void fetch() {
    opcode = Byte.toUnsignedInt(in.get());
    int registers = Byte.toUnsignedInt(in.get());
    dst = registers & 0xf;
    src = registers >> 4;
    off = in.getShort();
    imm = in.getInt();
  }

  private Insn insn() {
    return switch (opcode & 7) {
      case Opcodes.LD -> load();
      case Opcodes.LDX -> loadMemory();
      case Opcodes.ST -> storeImmediate();
      case Opcodes.STX -> store();
      case Opcodes.JMP, Opcodes.JMP32 -> jump();
      default -> alu();
    };
  }

  private Insn load() {
    if (opcode == Opcodes.WIDE_LOAD) {
      return wideLoad();
    }
    int mode = opcode & 0xe0;
    boolean indirect = mode == Opcodes.MODE_IND;
    MemorySize size = Opcodes.size(opcode);
    only((indirect || mode == Opcodes.MODE_ABS) && size != MemorySize.DW);
    zero("dst", dst);
    zero("off", off);
    if (!indirect) {
      zero("src", src);
    }
    return new Insn.LegacyLoad(size, indirect, register(src), imm);
  }

  private Insn wideLoad() {
    Register target = register(dst);
    int low = imm;
    zero("off", off);
    ImmKind kind = constant(ImmKind.values(), src, "a wide load of unknown kind ");
    if (!in.hasRemaining()) {
      return malformed("the second half of a wide load is missing");
    }
    fetch();
    if (opcode != 0 || dst != 0 || src != 0 || off != 0) {
      return malformed("the second half of a wide load has reserved bits set");
    }
    long value = (long) imm << 32 | Integer.toUnsignedLong(low);
    return new Insn.LoadImm64(target, kind, value);
  }

  private Insn loadMemory() {
    int mode = opcode & 0xe0;
    boolean signed = mode == Opcodes.MODE_MEMSX;
    MemorySize size = Opcodes.size(opcode);
    only(signed ? size != MemorySize.DW : mode == Opcodes.MODE_MEM);
    zero("imm", imm);
    return new Insn.Load(size, signed, register(dst), register(src), off);
  }

  private Insn storeImmediate() {
    only((opcode & 0xe0) == Opcodes.MODE_MEM);
    zero("src", src);
    return new Insn.Store(Opcodes.size(opcode), register(dst), off, new Operand.Imm(imm));
  }

  private Insn store() {
    MemorySize size = Opcodes.size(opcode);
    return switch (opcode & 0xe0) {
      case Opcodes.MODE_MEM -> {
        zero("imm", imm);
        yield new Insn.Store(size, register(dst), off, new Operand.Reg(register(src)));
      }
      case Opcodes.MODE_ATOMIC ->
          switch (imm) {
            case Opcodes.LOAD_ACQUIRE ->
                new Insn.Ordered(size, false, register(dst), register(src), off);
            case Opcodes.STORE_RELEASE ->
                new Insn.Ordered(size, true, register(src), register(dst), off);
            default -> atomic(size);
          };
      default -> unknown();
    };
  }

  private Insn atomic(MemorySize size) {
    only(size == MemorySize.W || size == MemorySize.DW);
    boolean fetch = (imm & Opcodes.ATOMIC_FETCH) != 0;
    for (AtomicOp op : AtomicOp.values()) {
      boolean exchange = op == AtomicOp.XCHG || op == AtomicOp.CMPXCHG;
      if (Opcodes.of(op) == (imm & ~Opcodes.ATOMIC_FETCH) && (fetch || !exchange)) {
        return new Insn.Atomic(size, op, fetch, register(dst), off, register(src));
      }
    }
    return malformed("unknown atomic operation 0x" + Integer.toHexString(imm));
  }

  private Insn alu() {
    Width width = (opcode & 7) == Opcodes.ALU64 ? Width.W64 : Width.W32;
    boolean fromRegister = (opcode & Opcodes.SOURCE_REGISTER) != 0;
    int high = opcode & 0xf0;
    if (high > Opcodes.ALU_END) {
      return unknown();
    }
    if (high == Opcodes.ALU_END) {
      return swap(width, fromRegister);
    }
    if (high == Opcodes.ALU_NEG) {
      only(!fromRegister);
      zero("src", src);
      zero("off", off);
      zero("imm", imm);
      return new Insn.Alu(width, AluOp.NEG, register(dst), new Operand.Imm(0));
    }
    if (high == Opcodes.ALU_MOV && fromRegister && off != 0) {
      return extendingMove(width);
    }
    AluOp op = Opcodes.aluOp(high);
    if (off == Opcodes.VARIANT && op == AluOp.DIV) {
      op = AluOp.SDIV;
    } else if (off == Opcodes.VARIANT && op == AluOp.MOD) {
      op = AluOp.SMOD;
    } else {
      zero("off", off);
    }
    return new Insn.Alu(width, op, register(dst), operand(fromRegister));
  }

  private Insn swap(Width width, boolean bigEndian) {
    zero("src", src);
    zero("off", off);
    if (width == Width.W64 && bigEndian || imm != 16 && imm != 32 && imm != 64) {
      return malformed("an unknown byte swap");
    }
    Order order = width == Width.W64 ? Order.SWAP : bigEndian ? Order.BE : Order.LE;
    return new Insn.Swap(order, imm, register(dst));
  }

  private Insn extendingMove(Width width) {
    if (off == Opcodes.VARIANT && width == Width.W64) {
      return new Insn.AddressSpaceCast(register(dst), register(src), imm >>> 16, imm & 0xffff);
    }
    if (off != 8 && off != 16 && !(off == 32 && width == Width.W64)) {
      return malformed("a move that extends " + off + " bits");
    }
    zero("imm", imm);
    return new Insn.MoveSignExtend(width, off, register(dst), register(src));
  }

  private Insn jump() {
    boolean wide = (opcode & 7) == Opcodes.JMP;
    boolean fromRegister = (opcode & Opcodes.SOURCE_REGISTER) != 0;
    int high = opcode & 0xf0;
    return switch (high) {
      case Opcodes.JMP_JA -> jumpAlways(wide, fromRegister);
      case Opcodes.JMP_CALL -> call(wide, fromRegister);
      case Opcodes.JMP_EXIT -> {
        only(wide && !fromRegister);
        zero("dst", dst);
        zero("src", src);
        zero("off", off);
        zero("imm", imm);
        yield new Insn.Exit();
      }
      case Opcodes.JMP_JCOND -> {
        only(wide && !fromRegister);
        zero("dst", dst);
        zero("src", src);
        zero("imm", imm);
        yield new Insn.MayGoto(off);
      }
      case 0xf0 -> unknown();
      default -> {
        JumpOp op = Opcodes.jumpOp(high);
        Width width = wide ? Width.W64 : Width.W32;
        yield new Insn.Branch(width, op, register(dst), operand(fromRegister), off);
      }
    };
  }

  private Insn jumpAlways(boolean near, boolean fromRegister) {
    zero("src", src);
    if (fromRegister) {
      only(near);
      zero("off", off);
      zero("imm", imm);
      return new Insn.JumpRegister(register(dst));
    }
    zero("dst", dst);
    if (near) {
      zero("imm", imm);
      return new Insn.Jump(false, off);
    }
    zero("off", off);
    return new Insn.Jump(true, imm);
  }

  private Insn call(boolean wide, boolean fromRegister) {
    only(wide);
    zero("off", off);
    if (fromRegister) {
      zero("src", src);
      zero("imm", imm);
      return new Insn.CallRegister(register(dst));
    }
    zero("dst", dst);
    return new Insn.Call(constant(CallKind.values(), src, "a call of unknown kind "), imm);
  }

  private Operand operand(boolean fromRegister) {
    if (fromRegister) {
      zero("imm", imm);
      return new Operand.Reg(register(src));
    }
    zero("src", src);
    return new Operand.Imm(imm);
  }

  private Register register(int number) {
    if (number > Register.R10.number()) {
      note("there is no register r" + number);
      return Register.R0;
    }
    return Register.of(number);
  }

  private <T> T constant(T[] constants, int number, String problem) {
    if (number >= constants.length) {
      note(problem + number);
      return constants[0];
    }
    return constants[number];
  }

  private void zero(String field, int value) {
    if (value != 0) {
      note("the unused field " + field + " is " + value);
    }
  }

  private void only(boolean known) {
    if (!known) {
      unknown();
    }
  }

  private Insn unknown() {
    return malformed("unknown opcode 0x" + Integer.toHexString(opcode));
  }

  /// Notes what is wrong; any instruction stands for it.
  private Insn malformed(String what) {
    note(what);
    return new Insn.Exit();
  }

  private void note(String what) {
    problem = problem == null ? what : problem;
  }
}
