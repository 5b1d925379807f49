package org.bpf4j.compiler.ssa;

import java.util.List;
import java.util.Optional;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.object.CoreRelocation;
import org.bpf4j.object.KernelFunction;
import org.bpf4j.object.KfuncType;

/// An instruction of a block, the last one (its [Terminator]) excepted: the SSA on a page.
///
/// Widths: unless said otherwise operands and result have the same type. An `I32` result leaves the
/// register's upper half zero. Every effect (store, atomic, call) keeps its place relative to other
/// effects and to loads of regions it may touch.
public sealed interface Inst {

  /// Where it comes from.
  Origin origin();

  /// A number, `I32` (as the 32 bits, sign-extended here) or `I64`; for `PTR` only 0, null.
  record Const(Value result, long value, Origin origin) implements Inst {}

  /// Arithmetic. For shifts `right` is `I32` or `I64` and is taken modulo the width, as in Java.
  record Binary(Value result, BinaryOp op, Value left, Value right, Origin origin)
      implements Inst {}

  /// A change of width, sign or byte order; see [UnaryOp] for the types.
  record Unary(Value result, UnaryOp op, Value operand, Origin origin) implements Inst {}

  /// `left op right` as 0 or 1, `I32`; the operands may be of any one type.
  record Compare(Value result, CompareOp op, Value left, Value right, Origin origin)
      implements Inst {}

  /// Passes `value` on, knowing the fact; costs nothing. Accesses use the refined value, so that
  /// the check's register is the access's register. Never moved above its definition's block.
  record Refine(Value result, Value value, Fact fact, Origin origin) implements Inst {}

  /// Reads memory. Results below 8 bytes are `I32`, extended as `signed` says; `DW` gives `I64`, or
  /// `PTR` for the context's packet pointers (a `W` load in the UAPI's layout, see
  /// `Region.CONTEXT`) and pointers in context structs. `kept`: neither left out nor merged with
  /// another, as memory that others change without notice wants it; stores to such memory always
  /// are.
  record Load(
      Value result,
      MemorySize size,
      boolean signed,
      Value base,
      int offset,
      Region region,
      boolean kept,
      Origin origin)
      implements Inst {
    /// A load that is made if it is needed.
    public Load(
        Value result,
        MemorySize size,
        boolean signed,
        Value base,
        int offset,
        Region region,
        Origin origin) {
      this(result, size, signed, base, offset, region, false, origin);
    }
  }

  /// Writes the low bytes of `value`.
  record Store(MemorySize size, Value base, int offset, Value value, Region region, Origin origin)
      implements Inst {}

  /// Zeroes `bytes` bytes.
  record Zero(Value base, int offset, int bytes, Region region, Origin origin) implements Inst {}

  /// Copies `bytes` bytes between regions that do not overlap.
  record Copy(
      Value to,
      int toOffset,
      Region toRegion,
      Value from,
      int fromOffset,
      Region fromRegion,
      int bytes,
      Origin origin)
      implements Inst {}

  /// An atomic read-modify-write of 4 (`I32`) or 8 (`I64`) bytes; with a result it fetches the old
  /// value. `expected` is there for `CMPXCHG` only.
  record Atomic(
      Optional<Value> result,
      AtomicOp op,
      MemorySize size,
      Value base,
      int offset,
      Value operand,
      Optional<Value> expected,
      Region region,
      Origin origin)
      implements Inst {}

  /// The address of a stack slot. `fresh`: an instance begins here (Java's `new`).
  record StackAddress(Value result, int slot, boolean fresh, Origin origin) implements Inst {}

  /// A map, as helpers want it.
  record MapAddress(Value result, String map, Origin origin) implements Inst {}

  /// The address of a byte of a data section.
  record GlobalAddress(Value result, String section, int offset, Origin origin) implements Inst {}

  /// The address of a subprogram, for callbacks.
  record FunctionAddress(Value result, String function, Origin origin) implements Inst {}

  /// The address of a function or variable of the kernel, `PTR`; null if it is weak and the kernel
  /// has none.
  ///
  /// @param type what a variable is that each CPU has its own of: the kernel finds it by its types
  record KernelAddress(
      Value result, String symbol, boolean weak, Optional<KfuncType> type, Origin origin)
      implements Inst {}

  /// `base + offset` as an address; `offset` is `I64`, and refined unless constant.
  record PtrAdd(Value result, Value base, Value offset, Origin origin) implements Inst {}

  /// Calls a function of the kernel, mostly a helper; the result is `I64`, or `PTR` where it gives
  /// an address.
  record CallKernel(
      Optional<Value> result, KernelFunction function, List<Value> arguments, Origin origin)
      implements Inst {
    /// Copies the list.
    public CallKernel {
      arguments = List.copyOf(arguments);
    }
  }

  /// Calls a function of the program, at most five arguments.
  record CallFunction(Optional<Value> result, String function, List<Value> arguments, Origin origin)
      implements Inst {
    /// Copies the list.
    public CallFunction {
      arguments = List.copyOf(arguments);
    }
  }

  /// A constant that the loader patches in from the running kernel's BTF, `I64`. Opaque: never
  /// folded, equal only to itself.
  record CoreConst(Value result, CoreAccess access, Origin origin) implements Inst {}

  /// What a [CoreConst] asks of the kernel.
  ///
  /// @param kind the question
  /// @param view the binary name of the view that stands for the kernel type, or the kernel's name
  ///   of an enum
  /// @param path the kernel's field path, dots for nesting; empty for the type itself; for a
  ///   constant its name, `=` and the number that the program has for it
  record CoreAccess(CoreRelocation.Kind kind, String view, String path) {}

  /// The value it defines, if any.
  default Optional<Value> defined() {
    return switch (this) {
      case Const i -> Optional.of(i.result);
      case Binary i -> Optional.of(i.result);
      case Unary i -> Optional.of(i.result);
      case Compare i -> Optional.of(i.result);
      case Refine i -> Optional.of(i.result);
      case Load i -> Optional.of(i.result);
      case Store _, Zero _, Copy _ -> Optional.empty();
      case Atomic i -> i.result;
      case StackAddress i -> Optional.of(i.result);
      case MapAddress i -> Optional.of(i.result);
      case GlobalAddress i -> Optional.of(i.result);
      case FunctionAddress i -> Optional.of(i.result);
      case KernelAddress i -> Optional.of(i.result);
      case PtrAdd i -> Optional.of(i.result);
      case CallKernel i -> i.result;
      case CallFunction i -> i.result;
      case CoreConst i -> Optional.of(i.result);
    };
  }

  /// The values it reads, in order.
  default List<Value> operands() {
    return switch (this) {
      case Const _,
          StackAddress _,
          MapAddress _,
          GlobalAddress _,
          FunctionAddress _,
          KernelAddress _,
          CoreConst _ ->
          List.of();
      case Binary i -> List.of(i.left, i.right);
      case Unary i -> List.of(i.operand);
      case Compare i -> List.of(i.left, i.right);
      case Refine i ->
          i.fact instanceof Fact.Present(Value flag, _) ? List.of(i.value, flag) : List.of(i.value);
      case Load i -> List.of(i.base);
      case Store i -> List.of(i.base, i.value);
      case Zero i -> List.of(i.base);
      case Copy i -> List.of(i.to, i.from);
      case Atomic i ->
          i.expected.isPresent()
              ? List.of(i.base, i.operand, i.expected.get())
              : List.of(i.base, i.operand);
      case PtrAdd i -> List.of(i.base, i.offset);
      case CallKernel i -> i.arguments;
      case CallFunction i -> i.arguments;
    };
  }

  /// Operations of [Binary].
  enum BinaryOp {
    ADD,
    SUB,
    MUL,
    /// Java's `/` for a divisor that is not 0.
    SDIV,
    /// Java's `%` for a divisor that is not 0.
    SMOD,
    /// Unsigned division; by 0 it gives 0.
    UDIV,
    /// Unsigned remainder; by 0 it gives the dividend.
    UMOD,
    AND,
    OR,
    XOR,
    SHL,
    /// Logical right shift, Java's `>>>`.
    SHR,
    /// Arithmetic right shift, Java's `>>`.
    SAR
  }

  /// Operations of [Unary].
  enum UnaryOp {
    /// Negates.
    NEG,
    /// Sign-extends the low 8 bits (`I32` → `I32`).
    SEXT8,
    /// Sign-extends the low 16 bits (`I32` → `I32`).
    SEXT16,
    /// Zero-extends the low 8 bits (`I32` → `I32`).
    ZEXT8,
    /// Zero-extends the low 16 bits (`I32` → `I32`).
    ZEXT16,
    /// `I32` → `I64`, signed.
    SEXT32,
    /// `I32` → `I64`, unsigned.
    ZEXT32,
    /// `I64` → `I32`, the low half.
    TRUNC,
    /// Converts the low 16 bits between host and network order (`I32`, upper bits zero).
    BE16,
    /// Converts between host and network order (`I32`).
    BE32,
    /// Converts between host and network order (`I64`).
    BE64,
    /// `PTR` → `I64`: the address as a number.
    ADDRESS,
    /// `I64` → `PTR`: a number that the kernel's verifier knows to be an address.
    POINTER,
    /// Copies an `I64`, so that the kernel's verifier takes it for a number even if it was an
    /// address that it knows: with such it lets nothing be computed.
    NUMBER,
    /// `I64` → `PTR`: the place in the arena that a number says by its low half.
    ARENA,
    /// `I64` → `I64`: the address that user space has of such a place; 0 for the arena's start.
    ARENA_ADDRESS;

    /// Whether its result is computed from its operand alone.
    public boolean isArithmetic() {
      return this != ARENA && this != ARENA_ADDRESS;
    }
  }

  /// Conditions of [Compare] and [Terminator.Branch].
  enum CompareOp {
    EQ,
    NE,
    SLT,
    SLE,
    SGT,
    SGE,
    ULT,
    ULE,
    UGT,
    UGE;

    /// The condition that holds exactly when this one does not.
    public CompareOp negated() {
      return switch (this) {
        case EQ -> NE;
        case NE -> EQ;
        case SLT -> SGE;
        case SLE -> SGT;
        case SGT -> SLE;
        case SGE -> SLT;
        case ULT -> UGE;
        case ULE -> UGT;
        case UGT -> ULE;
        case UGE -> ULT;
      };
    }

    /// The condition with its sides exchanged.
    public CompareOp swapped() {
      return switch (this) {
        case EQ, NE -> this;
        case SLT -> SGT;
        case SLE -> SGE;
        case SGT -> SLT;
        case SGE -> SLE;
        case ULT -> UGT;
        case ULE -> UGE;
        case UGT -> ULT;
        case UGE -> ULE;
      };
    }
  }

  /// Operations of [Atomic].
  enum AtomicOp {
    ADD,
    AND,
    OR,
    XOR,
    XCHG,
    CMPXCHG
  }
}
