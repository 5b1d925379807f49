package org.bpf4j.compiler.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.compiler.machine.MachineFunction.Slot;
import org.bpf4j.compiler.machine.MachineInsn.Base;
import org.bpf4j.compiler.machine.MachineInsn.Source;
import org.bpf4j.compiler.machine.MachineInsn.Symbol;
import org.bpf4j.compiler.machine.Register.Content;
import org.bpf4j.compiler.machine.Register.Virtual;
import org.bpf4j.compiler.ssa.Function.Role;
import org.bpf4j.compiler.ssa.Inst.CoreAccess;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.isa.Insn.AluOp;
import org.bpf4j.isa.Insn.AtomicOp;
import org.bpf4j.isa.Insn.JumpOp;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.isa.Width;
import org.bpf4j.object.CoreRelocation;
import org.bpf4j.object.Helper;

/// Makes machine functions by chance: any instruction, any shape of control flow, more values than
/// there are registers.
public final class RandomMachine {

  private static final List<AluOp> OPS =
      List.of(
          AluOp.ADD,
          AluOp.SUB,
          AluOp.MUL,
          AluOp.DIV,
          AluOp.MOD,
          AluOp.OR,
          AluOp.AND,
          AluOp.XOR,
          AluOp.LSH,
          AluOp.RSH,
          AluOp.ARSH,
          AluOp.NEG);
  private static final int SLOT_BYTES = 16;

  private final Random random;
  private final List<Virtual> values = new ArrayList<>();
  private final List<Virtual> parameters = new ArrayList<>();
  private final Virtual address;
  private int line = 1;
  private int nextId;

  private RandomMachine(long seed) {
    random = new Random(seed);
    int count = 1 + random.nextInt(20);
    for (int i = 0; i < count; i++) {
      values.add(fresh());
    }
    int arity = random.nextInt(6);
    for (int i = 0; i < Math.min(arity, count); i++) {
      parameters.add(values.get(i));
    }
    address = new Virtual(nextId++, Content.POINTER);
  }

  /// The function of a seed.
  public static MachineFunction<Virtual> of(long seed) {
    return new RandomMachine(seed).function();
  }

  private Virtual fresh() {
    return new Virtual(nextId++, pick(List.of(Content.values())));
  }

  private MachineFunction<Virtual> function() {
    int count = 1 + random.nextInt(8);
    List<MachineBlock<Virtual>> blocks = new ArrayList<>();
    for (int id = 0; id < count; id++) {
      List<MachineInsn<Virtual>> insns = new ArrayList<>();
      if (id == 0) {
        values.stream().filter(v -> !parameters.contains(v)).forEach(v -> insns.add(constant(v)));
        insns.add(new MachineInsn.FrameAddress<>(address, 1, 8, origin()));
      }
      int length = random.nextInt(14);
      for (int i = 0; i < length; i++) {
        insns.add(insn());
      }
      blocks.add(new MachineBlock<>(id, insns, end(count)));
    }
    return new MachineFunction<>(
        "random",
        Role.PROGRAM,
        parameters,
        blocks,
        List.of(new Slot(SLOT_BYTES, "first", false), new Slot(SLOT_BYTES, "second", false)),
        span());
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private Virtual value() {
    return pick(values);
  }

  private Span span() {
    return new Span("Some.java", line, 3, line++, 9);
  }

  private Origin origin() {
    Origin origin = Origin.of(span());
    return random.nextInt(4) == 0 ? origin.inlinedThrough(Origin.of(span())) : origin;
  }

  private Width width() {
    return random.nextBoolean() ? Width.W32 : Width.W64;
  }

  private MachineInsn<Virtual> constant(Virtual dst) {
    Width width = width();
    long value = random.nextBoolean() ? random.nextInt() : random.nextLong();
    return new MachineInsn.Constant<>(
        width, dst, width == Width.W32 ? (int) value : value, origin());
  }

  private Source<Virtual> source(AluOp op) {
    boolean register = random.nextBoolean();
    return register ? new Source.Reg<>(value()) : new Source.Imm<>(immediate(op));
  }

  private int immediate(AluOp op) {
    return switch (op) {
      case LSH, RSH, ARSH -> random.nextInt(32);
      case DIV, MOD -> 1 + random.nextInt(1000);
      case NEG -> 0;
      default -> random.nextInt();
    };
  }

  private Base<Virtual> base() {
    return random.nextBoolean() ? new Base.Slot<>(0) : new Base.Reg<>(address);
  }

  private int offset(Base<Virtual> base, MemorySize size) {
    int room = base instanceof Base.Slot<Virtual> ? SLOT_BYTES : SLOT_BYTES / 2;
    return random.nextInt(room / size.bytes()) * size.bytes();
  }

  private MachineInsn<Virtual> insn() {
    MemorySize size = pick(List.of(MemorySize.values()));
    MemorySize large = random.nextBoolean() ? MemorySize.W : MemorySize.DW;
    Base<Virtual> base = base();
    AluOp op = pick(OPS);
    return switch (random.nextInt(16)) {
      case 0 -> constant(value());
      case 1, 2, 3 -> new MachineInsn.Move<>(Width.W64, value(), value(), origin());
      case 4 -> new MachineInsn.Move<>(Width.W32, value(), value(), origin());
      case 5, 6, 7 -> new MachineInsn.Alu<>(width(), op, value(), source(op), origin());
      case 8 -> new MachineInsn.ToBigEndian<>(pick(List.of(16, 32, 64)), value(), origin());
      case 9 -> new MachineInsn.Load<>(size, value(), base, offset(base, size), origin());
      case 10 ->
          new MachineInsn.Store<>(size, base, offset(base, size), source(AluOp.ADD), origin());
      case 11 -> {
        boolean fetch = random.nextBoolean();
        AtomicOp atomic =
            fetch && random.nextBoolean()
                ? AtomicOp.XCHG
                : pick(List.of(AtomicOp.ADD, AtomicOp.AND, AtomicOp.OR, AtomicOp.XOR));
        yield new MachineInsn.Atomic<>(
            large, atomic, fetch, base, offset(base, large), value(), origin());
      }
      case 12 ->
          new MachineInsn.CompareExchange<>(
              large, value(), base, offset(base, large), value(), value(), origin());
      case 13 -> new MachineInsn.Address<>(value(), symbol(), origin());
      case 14 -> call();
      default -> {
        CoreAccess access =
            new CoreAccess(CoreRelocation.Kind.FIELD_BYTE_OFFSET, "a.View", "field.inner");
        yield random.nextBoolean()
            ? new MachineInsn.CoreConstant<>(value(), access, origin())
            : new MachineInsn.CoreLoad<>(size, value(), value(), access, origin());
      }
    };
  }

  private Symbol symbol() {
    return switch (random.nextInt(3)) {
      case 0 -> new Symbol.MapSymbol("flows");
      case 1 -> new Symbol.DataSymbol(".bss", 8);
      default -> new Symbol.FunctionSymbol("callee");
    };
  }

  private MachineInsn<Virtual> call() {
    List<Virtual> arguments = new ArrayList<>();
    int count = random.nextInt(6);
    for (int i = 0; i < count; i++) {
      arguments.add(value());
    }
    Optional<Virtual> result = random.nextBoolean() ? Optional.of(value()) : Optional.empty();
    return random.nextBoolean()
        ? new MachineInsn.CallKernel<>(result, Helper.MAP_LOOKUP_ELEM, arguments, origin())
        : new MachineInsn.CallFunction<>(result, "callee", arguments, origin());
  }

  private MachineInsn.End<Virtual> end(int blocks) {
    return switch (blocks == 1 ? 0 : random.nextInt(8)) {
      case 0 -> new MachineInsn.Exit<>(Optional.of(value()), origin());
      case 1, 2 -> new MachineInsn.Jump<>(target(blocks), origin());
      case 3 -> new MachineInsn.MayGoto<>(target(blocks), target(blocks), origin());
      default ->
          new MachineInsn.Branch<>(
              width(),
              pick(List.of(JumpOp.values())),
              value(),
              source(AluOp.ADD),
              target(blocks),
              target(blocks),
              origin());
    };
  }

  private int target(int blocks) {
    return 1 + random.nextInt(blocks - 1);
  }
}
