package org.bpf4j.vm;

import java.io.Serial;
import java.util.Arrays;
import org.bpf4j.isa.Insn;
import org.bpf4j.isa.InsnIndex;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.vm.Outcome.Kind;

/// One run of a program: its registers, its frames, and what is left of its budget.
///
/// A call of a subprogram or a callback is a call of [#enter] in Java, at most eight deep
/// (`MAX_CALL_FRAMES`). A frame's 512 bytes (`MAX_BPF_STACK`), and the argument registers after a
/// call, hold a pattern and not zeros: what is read before it is written shows.
final class Execution implements KernelCall {

  private static final int FRAMES = 8;
  private static final int STACK = 512;

  /// `BPF_MAX_LOOPS`: how often the `may_goto`s of one frame fall through.
  private static final int MAX_LOOPS = 1 << 23;

  private static final byte UNWRITTEN = (byte) 0xa5;
  private static final long CLOBBERED = 0xa5a5_a5a5_a5a5_a5a5L;

  private static final int R0 = 0;
  private static final int R1 = 1;
  private static final int R6 = 6;
  private static final int R10 = 10;

  private final Code code;
  private final Memory memory;
  private final Helpers helpers;
  private final long budget;
  private final long[] r;
  private int depth;
  private long left;
  private int at;

  Execution(Code code, Memory memory, Helpers helpers, long budget) {
    this.code = code;
    this.memory = memory;
    this.helpers = helpers;
    this.budget = budget;
    this.left = budget;
    this.r = code.registerFile();
  }

  Outcome run(long... arguments) {
    return run(0, arguments);
  }

  private Outcome run(int slot, long... arguments) {
    try {
      System.arraycopy(arguments, 0, r, R1, arguments.length);
      enter(slot);
      return new Outcome.Returned(r[R0]);
    } catch (FaultException fault) {
      return new Outcome.Fault(fault.kind(), new InsnIndex(at), fault.text());
    } catch (BudgetException _) {
      return new Outcome.BudgetExhausted(new InsnIndex(at), budget);
    }
  }

  @Override
  public long argument(int number) {
    return r[number];
  }

  @Override
  public Memory memory() {
    return memory;
  }

  @Override
  public long callBack(long function, long... arguments) {
    long[] before = Arrays.copyOf(r, R6);
    int caller = at;
    System.arraycopy(arguments, 0, r, R1, arguments.length);
    enter(code.function(function));
    long result = r[R0];
    System.arraycopy(before, 0, r, 0, R6);
    at = caller;
    return result;
  }

  @Override
  public Deferred later(long function) {
    int slot = code.function(function);
    return (others, arguments) -> new Execution(code, memory, others, budget).run(slot, arguments);
  }

  /// Runs a function in a frame of its own; `r6` to `r10` are afterwards what they were.
  private void enter(int slot) {
    if (depth == FRAMES) {
      throw new FaultException(Kind.CALL_DEPTH, "more than " + FRAMES + " nested calls");
    }
    long[] saved = Arrays.copyOfRange(r, R6, R10 + 1);
    byte[] stack = new byte[STACK];
    Arrays.fill(stack, UNWRITTEN);
    Region frame = memory.add("stack", stack);
    r[R10] = frame.address(STACK);
    depth++;
    try {
      execute(slot);
    } finally {
      depth--;
      memory.remove(frame);
    }
    System.arraycopy(saved, 0, r, R6, saved.length);
  }

  /// Executes from a slot to the frame's exit. Longer than other methods: one line for each [Op].
  private void execute(int entry) {
    int loops = MAX_LOOPS;
    int pc = entry;
    while (true) {
      if (--left < 0) {
        throw new BudgetException();
      }
      at = pc;
      Op op = code.ops[pc];
      int d = code.dst[pc];
      int s = code.src[pc];
      int off = code.offset[pc];
      pc++;
      switch (op) {
        case ADD64 -> r[d] += r[s];
        case SUB64 -> r[d] -= r[s];
        case MUL64 -> r[d] *= r[s];
        case DIV64 -> r[d] = r[s] == 0 ? 0 : Long.divideUnsigned(r[d], r[s]);
        case OR64 -> r[d] |= r[s];
        case AND64 -> r[d] &= r[s];
        case LSH64 -> r[d] <<= r[s];
        case RSH64 -> r[d] >>>= r[s];
        case NEG64 -> r[d] = -r[d];
        case MOD64 -> r[d] = r[s] == 0 ? r[d] : Long.remainderUnsigned(r[d], r[s]);
        case XOR64 -> r[d] ^= r[s];
        case MOV64 -> r[d] = r[s];
        case ARSH64 -> r[d] >>= r[s];
        case SDIV64 -> r[d] = r[s] == 0 ? 0 : r[d] / r[s];
        case SMOD64 -> r[d] = r[s] == 0 ? r[d] : r[d] % r[s];
        case ADD32 -> r[d] = low(r[d] + r[s]);
        case SUB32 -> r[d] = low(r[d] - r[s]);
        case MUL32 -> r[d] = low(r[d] * r[s]);
        case DIV32 -> r[d] = low(r[s]) == 0 ? 0 : low(r[d]) / low(r[s]);
        case OR32 -> r[d] = low(r[d] | r[s]);
        case AND32 -> r[d] = low(r[d] & r[s]);
        case LSH32 -> r[d] = low((int) r[d] << (int) r[s]);
        case RSH32 -> r[d] = low((int) r[d] >>> (int) r[s]);
        case NEG32 -> r[d] = low(-r[d]);
        case MOD32 -> r[d] = low(r[s]) == 0 ? low(r[d]) : low(r[d]) % low(r[s]);
        case XOR32 -> r[d] = low(r[d] ^ r[s]);
        case MOV32 -> r[d] = low(r[s]);
        case ARSH32 -> r[d] = low((int) r[d] >> (int) r[s]);
        case SDIV32 -> r[d] = (int) r[s] == 0 ? 0 : low((int) r[d] / (int) r[s]);
        case SMOD32 -> r[d] = (int) r[s] == 0 ? low(r[d]) : low((int) r[d] % (int) r[s]);
        case EXTEND8_64 -> r[d] = (byte) r[s];
        case EXTEND16_64 -> r[d] = (short) r[s];
        case EXTEND32_64 -> r[d] = (int) r[s];
        case EXTEND8_32 -> r[d] = low((byte) r[s]);
        case EXTEND16_32 -> r[d] = low((short) r[s]);
        case KEEP16 -> r[d] &= 0xffff;
        case KEEP32 -> r[d] = low(r[d]);
        case KEEP64 -> {}
        case SWAP16 -> r[d] = Short.reverseBytes((short) r[d]) & 0xffff;
        case SWAP32 -> r[d] = low(Integer.reverseBytes((int) r[d]));
        case SWAP64 -> r[d] = Long.reverseBytes(r[d]);
        case ARENA -> r[d] = memory.inArena(r[s]);
        case SHARED -> r[d] = memory.shared(r[s]);
        case CONSTANT -> {
          r[d] = r[s];
          pc++;
        }
        case LOAD8 -> r[d] = memory.load(r[s] + off, 1);
        case LOAD16 -> r[d] = memory.load(r[s] + off, 2);
        case LOAD32 -> r[d] = memory.load(r[s] + off, 4);
        case LOAD64 -> r[d] = memory.load(r[s] + off, 8);
        case LOAD8_SIGNED -> r[d] = (byte) memory.load(r[s] + off, 1);
        case LOAD16_SIGNED -> r[d] = (short) memory.load(r[s] + off, 2);
        case LOAD32_SIGNED -> r[d] = (int) memory.load(r[s] + off, 4);
        case STORE8 -> memory.store(r[d] + off, 1, r[s]);
        case STORE16 -> memory.store(r[d] + off, 2, r[s]);
        case STORE32 -> memory.store(r[d] + off, 4, r[s]);
        case STORE64 -> memory.store(r[d] + off, 8, r[s]);
        case ATOMIC -> atomic((Insn.Atomic) code.insns.get(at), r[d] + off, s);
        case JUMP -> pc = off;
        case JUMP_REGISTER -> pc = code.function(r[d]);
        case EQ64 -> pc = r[d] == r[s] ? off : pc;
        case GT64 -> pc = Long.compareUnsigned(r[d], r[s]) > 0 ? off : pc;
        case GE64 -> pc = Long.compareUnsigned(r[d], r[s]) >= 0 ? off : pc;
        case SET64 -> pc = (r[d] & r[s]) != 0 ? off : pc;
        case NE64 -> pc = r[d] != r[s] ? off : pc;
        case SGT64 -> pc = r[d] > r[s] ? off : pc;
        case SGE64 -> pc = r[d] >= r[s] ? off : pc;
        case LT64 -> pc = Long.compareUnsigned(r[d], r[s]) < 0 ? off : pc;
        case LE64 -> pc = Long.compareUnsigned(r[d], r[s]) <= 0 ? off : pc;
        case SLT64 -> pc = r[d] < r[s] ? off : pc;
        case SLE64 -> pc = r[d] <= r[s] ? off : pc;
        case EQ32 -> pc = (int) r[d] == (int) r[s] ? off : pc;
        case GT32 -> pc = low(r[d]) > low(r[s]) ? off : pc;
        case GE32 -> pc = low(r[d]) >= low(r[s]) ? off : pc;
        case SET32 -> pc = (int) (r[d] & r[s]) != 0 ? off : pc;
        case NE32 -> pc = (int) r[d] != (int) r[s] ? off : pc;
        case SGT32 -> pc = (int) r[d] > (int) r[s] ? off : pc;
        case SGE32 -> pc = (int) r[d] >= (int) r[s] ? off : pc;
        case LT32 -> pc = low(r[d]) < low(r[s]) ? off : pc;
        case LE32 -> pc = low(r[d]) <= low(r[s]) ? off : pc;
        case SLT32 -> pc = (int) r[d] < (int) r[s] ? off : pc;
        case SLE32 -> pc = (int) r[d] <= (int) r[s] ? off : pc;
        case MAY_GOTO -> pc = --loops < 0 ? off : pc;
        case CALL_HELPER -> {
          r[R0] = helpers.call(off, this);
          clobberArguments();
        }
        case CALL_SUBPROGRAM -> {
          enter(off);
          clobberArguments();
        }
        case EXIT -> {
          return;
        }
        case REFUSED -> throw new FaultException(Kind.UNSUPPORTED, refusal(code.insns.get(at)));
        case INSIDE -> throw new FaultException(Kind.LEFT_PROGRAM, "inside a wide instruction");
        case OUTSIDE -> throw new FaultException(Kind.LEFT_PROGRAM, "outside of the program");
      }
    }
  }

  private void clobberArguments() {
    Arrays.fill(r, R1, R6, CLOBBERED);
  }

  private static long low(long value) {
    return value & 0xffff_ffffL;
  }

  private void atomic(Insn.Atomic insn, long address, int source) {
    int size = insn.size().bytes();
    if ((address & (size - 1)) != 0) {
      throw new FaultException(
          Kind.MISALIGNED, "atomic access of " + size + " bytes, not aligned to them");
    }
    long mask = insn.size() == MemorySize.DW ? -1 : 0xffff_ffffL;
    long old = memory.load(address, size);
    long operand = r[source] & mask;
    boolean stores = insn.op() != Insn.AtomicOp.CMPXCHG || old == (r[R0] & mask);
    long next =
        switch (insn.op()) {
          case ADD -> old + operand;
          case OR -> old | operand;
          case AND -> old & operand;
          case XOR -> old ^ operand;
          case XCHG, CMPXCHG -> operand;
        };
    memory.store(address, size, stores ? next : old);
    switch (insn.op()) {
      case CMPXCHG -> r[R0] = old;
      case XCHG -> r[source] = old;
      case ADD, OR, AND, XOR -> r[source] = insn.fetch() ? old : r[source];
    }
  }

  private static String refusal(Insn insn) {
    return switch (insn) {
      case Insn.CallRegister i -> "callx " + i.target() + " (opcode 0x8d): no kernel takes it";
      case Insn.Unknown i -> "0x%016x is no instruction".formatted(Long.reverseBytes(i.slot()));
      case Insn.LegacyLoad _ -> "legacy packet load (RFC 9669 section 5.4): use packet pointers";
      case Insn.AddressSpaceCast _ -> "addr_space_cast between spaces that no kernel has";
      case Insn.Call i -> "call of kfunc " + i.target() + ": this machine has no kfuncs";
      case Insn.LoadImm64 i -> "wide load of " + i.kind() + " that was not relocated";
      case Insn.MoveSignExtend i -> "sign extension of " + i.bits() + " bits";
      case Insn.Swap i -> "byte swap of " + i.bits() + " bits";
      case Insn.Alu _,
          Insn.Load _,
          Insn.Store _,
          Insn.Atomic _,
          Insn.Ordered _,
          Insn.Jump _,
          Insn.JumpRegister _,
          Insn.Branch _,
          Insn.MayGoto _,
          Insn.Exit _ ->
          insn.toString();
    };
  }

  /// Unwinds a run whose budget is exhausted, through helpers and their callbacks.
  private static final class BudgetException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    BudgetException() {
      super(null, null, false, false);
    }
  }
}
