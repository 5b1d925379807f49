package org.bpf4j.compiler.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bpf4j.compiler.ssa.Inst.CoreAccess;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.isa.Insn.AluOp;
import org.bpf4j.isa.Insn.AtomicOp;
import org.bpf4j.isa.Insn.JumpOp;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.isa.Width;
import org.bpf4j.object.KernelFunction;
import org.bpf4j.object.KfuncType;

/// An instruction in one of BPF's shapes: the machine on a page.
///
/// Most become one instruction; the others say so. Arithmetic has two addresses: the destination is
/// also the left operand. In physical code the arguments of a call stand in `r1`…`r5`, its result
/// and what [CompareExchange] compares and gives in `r0`, and a call destroys `r0`…`r5`.
public sealed interface MachineInsn<R extends Register> {

  /// Where it comes from.
  Origin origin();

  /// `dst = value`; `W32` clears the upper half. A value beyond 32 bits takes two slots.
  record Constant<R extends Register>(Width width, R dst, long value, Origin origin)
      implements MachineInsn<R> {}

  /// `dst = src`; `W32` copies the low half and clears the upper, `W64` is a mere copy.
  record Move<R extends Register>(Width width, R dst, R src, Origin origin)
      implements MachineInsn<R> {}

  /// `dst = dst op src`; never a `MOV`, whose kinds have records of their own.
  record Alu<R extends Register>(Width width, AluOp op, R dst, Source<R> src, Origin origin)
      implements MachineInsn<R> {}

  /// Converts the low `bits` of `dst` between host and network order and clears what is above.
  record ToBigEndian<R extends Register>(int bits, R dst, Origin origin)
      implements MachineInsn<R> {}

  /// `dst =` the place in the arena that `src` says by its low half: where programs reach it, or,
  /// if it is `shared`, where user space does.
  record ArenaCast<R extends Register>(boolean shared, R dst, R src, Origin origin)
      implements MachineInsn<R> {}

  /// `dst = *(size *) (base + offset)`, zero-extended.
  record Load<R extends Register>(MemorySize size, R dst, Base<R> base, int offset, Origin origin)
      implements MachineInsn<R> {}

  /// `*(size *) (base + offset) = src`.
  record Store<R extends Register>(
      MemorySize size, Base<R> base, int offset, Source<R> src, Origin origin)
      implements MachineInsn<R> {}

  /// Atomically `*(size *) (base + offset) op= src`; with `fetch` the old value replaces `src`.
  /// `CMPXCHG` is a [CompareExchange].
  record Atomic<R extends Register>(
      MemorySize size, AtomicOp op, boolean fetch, Base<R> base, int offset, R src, Origin origin)
      implements MachineInsn<R> {}

  /// Atomically stores `replacement` if memory holds `expected`; `result` is what memory held.
  record CompareExchange<R extends Register>(
      MemorySize size, R result, Base<R> base, int offset, R expected, R replacement, Origin origin)
      implements MachineInsn<R> {}

  /// `dst =` the address of something that is known when the object is loaded; two slots.
  record Address<R extends Register>(R dst, Symbol symbol, Origin origin)
      implements MachineInsn<R> {}

  /// `dst =` the address of a byte of the frame; two instructions.
  record FrameAddress<R extends Register>(R dst, int slot, int offset, Origin origin)
      implements MachineInsn<R> {}

  /// `dst =` a constant that the loader patches in, 64 bits wide, in a move's immediate.
  record CoreConstant<R extends Register>(R dst, CoreAccess access, Origin origin)
      implements MachineInsn<R> {}

  /// `dst = *(size *) (base + offset)` with an offset that the loader patches in.
  record CoreLoad<R extends Register>(
      MemorySize size, R dst, R base, CoreAccess access, Origin origin) implements MachineInsn<R> {}

  /// Calls a function of the kernel.
  record CallKernel<R extends Register>(
      Optional<R> result, KernelFunction function, List<R> arguments, Origin origin)
      implements MachineInsn<R> {
    /// Copies the list.
    public CallKernel {
      arguments = List.copyOf(arguments);
    }
  }

  /// Calls a function of the program.
  record CallFunction<R extends Register>(
      Optional<R> result, String function, List<R> arguments, Origin origin)
      implements MachineInsn<R> {
    /// Copies the list.
    public CallFunction {
      arguments = List.copyOf(arguments);
    }
  }

  /// An instruction that ends a block.
  sealed interface End<R extends Register> extends MachineInsn<R> {
    /// The blocks that may come next, in order.
    List<Integer> targets();

    @Override
    <S extends Register> End<S> map(Function<? super R, ? extends S> registers);
  }

  /// Goes to a block; nothing where the block comes next.
  record Jump<R extends Register>(int target, Origin origin) implements End<R> {
    @Override
    public List<Integer> targets() {
      return List.of(target);
    }

    @Override
    public <S extends Register> Jump<S> map(Function<? super R, ? extends S> registers) {
      return new Jump<>(target, origin);
    }
  }

  /// Goes to `then` if `left op right`, else to `otherwise`; one or two instructions.
  record Branch<R extends Register>(
      Width width, JumpOp op, R left, Source<R> right, int then, int otherwise, Origin origin)
      implements End<R> {
    @Override
    public List<Integer> targets() {
      return List.of(then, otherwise);
    }

    @Override
    public <S extends Register> Branch<S> map(Function<? super R, ? extends S> registers) {
      return new Branch<>(
          width, op, registers.apply(left), right.map(registers), then, otherwise, origin);
    }

    /// The same with the opposite condition and the targets exchanged; no condition is the opposite
    /// of `SET`.
    public Optional<Branch<R>> inverted() {
      JumpOp opposite =
          switch (op) {
            case EQ -> JumpOp.NE;
            case NE -> JumpOp.EQ;
            case GT -> JumpOp.LE;
            case LE -> JumpOp.GT;
            case GE -> JumpOp.LT;
            case LT -> JumpOp.GE;
            case SGT -> JumpOp.SLE;
            case SLE -> JumpOp.SGT;
            case SGE -> JumpOp.SLT;
            case SLT -> JumpOp.SGE;
            case SET -> JumpOp.SET;
          };
      return opposite == op
          ? Optional.empty()
          : Optional.of(
              new Branch<>(
                  width,
                  opposite,
                  left,
                  right,
                  /* then= */ otherwise,
                  /* otherwise= */ then,
                  origin));
    }
  }

  /// Goes to `body` while the kernel's loop budget lasts, then to `exhausted`.
  record MayGoto<R extends Register>(int body, int exhausted, Origin origin) implements End<R> {
    @Override
    public List<Integer> targets() {
      return List.of(body, exhausted);
    }

    @Override
    public <S extends Register> MayGoto<S> map(Function<? super R, ? extends S> registers) {
      return new MayGoto<>(body, exhausted, origin);
    }
  }

  /// Leaves the function.
  record Exit<R extends Register>(Optional<R> value, Origin origin) implements End<R> {
    @Override
    public List<Integer> targets() {
      return List.of();
    }

    @Override
    public <S extends Register> Exit<S> map(Function<? super R, ? extends S> registers) {
      return new Exit<>(value.map(registers), origin);
    }
  }

  /// A register, or a constant that the instruction sign-extends to its width.
  sealed interface Source<R extends Register> {
    /// A register's value.
    record Reg<R extends Register>(R register) implements Source<R> {}

    /// A constant.
    record Imm<R extends Register>(int value) implements Source<R> {}

    /// The same with other registers.
    default <S extends Register> Source<S> map(Function<? super R, ? extends S> registers) {
      return switch (this) {
        case Source.Reg<R>(R register) -> new Source.Reg<>(registers.apply(register));
        case Imm<R>(int value) -> new Imm<>(value);
      };
    }
  }

  /// What an access is relative to.
  sealed interface Base<R extends Register> {
    /// An address in a register.
    record Reg<R extends Register>(R register) implements Base<R> {}

    /// A slot of the frame.
    record Slot<R extends Register>(int slot) implements Base<R> {}

    /// The same with other registers.
    default <S extends Register> Base<S> map(Function<? super R, ? extends S> registers) {
      return switch (this) {
        case Base.Reg<R>(R register) -> new Base.Reg<>(registers.apply(register));
        case Slot<R>(int slot) -> new Slot<>(slot);
      };
    }
  }

  /// What has an address when the object is loaded.
  sealed interface Symbol {
    /// A map.
    record MapSymbol(String name) implements Symbol {}

    /// A byte of a data section.
    record DataSymbol(String section, int offset) implements Symbol {}

    /// A function of the program.
    record FunctionSymbol(String name) implements Symbol {}

    /// A function or variable of the kernel, or null if it is weak and the kernel has none.
    ///
    /// @param type what a variable is that each CPU has its own of
    record KernelSymbol(String name, boolean weak, Optional<KfuncType> type) implements Symbol {}
  }

  /// The register it writes, if any. Where it is also read, [#uses] has it too.
  default Optional<R> defined() {
    return switch (this) {
      case Constant<R> i -> Optional.of(i.dst);
      case Move<R> i -> Optional.of(i.dst);
      case Alu<R> i -> Optional.of(i.dst);
      case ToBigEndian<R> i -> Optional.of(i.dst);
      case ArenaCast<R> i -> Optional.of(i.dst);
      case Load<R> i -> Optional.of(i.dst);
      case Store<R> _ -> Optional.empty();
      case Atomic<R> i -> i.fetch ? Optional.of(i.src) : Optional.empty();
      case CompareExchange<R> i -> Optional.of(i.result);
      case Address<R> i -> Optional.of(i.dst);
      case FrameAddress<R> i -> Optional.of(i.dst);
      case CoreConstant<R> i -> Optional.of(i.dst);
      case CoreLoad<R> i -> Optional.of(i.dst);
      case CallKernel<R> i -> i.result;
      case CallFunction<R> i -> i.result;
      case End<R> _ -> Optional.empty();
    };
  }

  /// The registers it reads, in order.
  default List<R> uses() {
    return switch (this) {
      case Constant<R> _, Address<R> _, FrameAddress<R> _, CoreConstant<R> _ -> List.of();
      case Move<R> i -> List.of(i.src);
      case Alu<R> i -> uses(Optional.of(i.dst), i.src);
      case ToBigEndian<R> i -> List.of(i.dst);
      case ArenaCast<R> i -> List.of(i.src);
      case Load<R> i -> uses(i.base);
      case Store<R> i -> uses(i.base, i.src);
      case Atomic<R> i -> uses(i.base, new Source.Reg<>(i.src));
      case CompareExchange<R> i -> {
        List<R> uses = new ArrayList<>(uses(i.base));
        uses.add(i.expected);
        uses.add(i.replacement);
        yield uses;
      }
      case CoreLoad<R> i -> List.of(i.base);
      case CallKernel<R> i -> i.arguments;
      case CallFunction<R> i -> i.arguments;
      case Jump<R> _, MayGoto<R> _ -> List.of();
      case Branch<R> i -> uses(Optional.of(i.left), i.right);
      case Exit<R> i -> i.value.map(List::of).orElse(List.of());
    };
  }

  private static <R extends Register> List<R> uses(Base<R> base) {
    return base instanceof Base.Reg<R>(R register) ? List.of(register) : List.of();
  }

  private static <R extends Register> List<R> uses(Base<R> base, Source<R> source) {
    return uses(
        base instanceof Base.Reg<R>(R register) ? Optional.of(register) : Optional.empty(), source);
  }

  private static <R extends Register> List<R> uses(Optional<R> first, Source<R> source) {
    List<R> uses = new ArrayList<>(2);
    first.ifPresent(uses::add);
    if (source instanceof Source.Reg<R>(R register)) {
      uses.add(register);
    }
    return uses;
  }

  /// Whether it destroys `r0` to `r5`.
  default boolean isCall() {
    return this instanceof CallKernel<R> || this instanceof CallFunction<R>;
  }

  /// The same with other registers.
  default <S extends Register> MachineInsn<S> map(Function<? super R, ? extends S> to) {
    return switch (this) {
      case Constant<R> i -> new Constant<>(i.width, to.apply(i.dst), i.value, i.origin);
      case Move<R> i -> new Move<>(i.width, to.apply(i.dst), to.apply(i.src), i.origin);
      case Alu<R> i -> new Alu<>(i.width, i.op, to.apply(i.dst), i.src.map(to), i.origin);
      case ToBigEndian<R> i -> new ToBigEndian<>(i.bits, to.apply(i.dst), i.origin);
      case ArenaCast<R> i -> new ArenaCast<>(i.shared, to.apply(i.dst), to.apply(i.src), i.origin);
      case Load<R> i -> new Load<>(i.size, to.apply(i.dst), i.base.map(to), i.offset, i.origin);
      case Store<R> i -> new Store<>(i.size, i.base.map(to), i.offset, i.src.map(to), i.origin);
      case Atomic<R> i ->
          new Atomic<>(i.size, i.op, i.fetch, i.base.map(to), i.offset, to.apply(i.src), i.origin);
      case CompareExchange<R> i ->
          new CompareExchange<>(
              i.size,
              to.apply(i.result),
              i.base.map(to),
              i.offset,
              to.apply(i.expected),
              to.apply(i.replacement),
              i.origin);
      case Address<R> i -> new Address<>(to.apply(i.dst), i.symbol, i.origin);
      case FrameAddress<R> i -> new FrameAddress<>(to.apply(i.dst), i.slot, i.offset, i.origin);
      case CoreConstant<R> i -> new CoreConstant<>(to.apply(i.dst), i.access, i.origin);
      case CoreLoad<R> i ->
          new CoreLoad<>(i.size, to.apply(i.dst), to.apply(i.base), i.access, i.origin);
      case CallKernel<R> i ->
          new CallKernel<>(i.result.map(to), i.function, all(i.arguments, to), i.origin);
      case CallFunction<R> i ->
          new CallFunction<>(i.result.map(to), i.function, all(i.arguments, to), i.origin);
      case End<R> i -> i.map(to);
    };
  }

  private static <R extends Register, S extends Register> List<S> all(
      List<R> registers, Function<? super R, ? extends S> to) {
    List<S> all = new ArrayList<>(registers.size());
    registers.forEach(register -> all.add(to.apply(register)));
    return all;
  }
}
