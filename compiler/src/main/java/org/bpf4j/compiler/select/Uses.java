package org.bpf4j.compiler.select;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.object.CoreRelocation;
import org.bpf4j.object.DataSection;

/// How a function uses its values: what needs a register and what its users compute.
///
/// Values that are the same bits share the register of their *root*: the operand of a refinement,
/// of an `I32` widened without sign, of a pointer read as a number. The register that was checked
/// is then the register that is used.
final class Uses {

  private final Map<Value, Inst> definitions = new HashMap<>();
  private final Map<Value, Value> roots = new HashMap<>();
  private final Map<Value, Integer> counts = new HashMap<>();
  private final Map<Value, Integer> asAddress = new HashMap<>();
  private final Map<Value, Integer> asPlainLoadBase = new HashMap<>();
  private final Map<Value, Integer> asNarrowStore = new HashMap<>();
  private final Set<Value> checked = new HashSet<>();
  private final Set<Value> fused = new HashSet<>();

  private Uses() {}

  static Uses of(Function function) {
    Uses uses = new Uses();
    for (Block block : function.blocks()) {
      for (Inst inst : block.insts()) {
        inst.defined().ifPresent(value -> uses.definitions.put(value, inst));
      }
    }
    for (Block block : function.blocks()) {
      block.insts().forEach(uses::count);
      block.terminator().operands().forEach(uses::inRegister);
    }
    for (Block block : function.blocks()) {
      uses.fuse(block.terminator());
      block.insts().forEach(uses::fuse);
    }
    return uses;
  }

  private void count(Inst inst) {
    switch (inst) {
      case Inst.Refine i -> {
        if (i.fact() instanceof Fact.Range) {
          checked.add(root(i.value()));
        }
      }
      case Inst.Unary i when isSameBits(i) -> {}
      case Inst.Load i -> {
        address(i.base());
        if (i.offset() == 0) {
          asPlainLoadBase.merge(root(i.base()), 1, Integer::sum);
        }
      }
      case Inst.Store i -> {
        address(i.base());
        inRegister(i.value());
        if (narrowed(i).isPresent()) {
          asNarrowStore.merge(root(i.value()), 1, Integer::sum);
        }
      }
      case Inst.Zero i -> address(i.base());
      case Inst.Copy i -> {
        address(i.to());
        address(i.from());
      }
      case Inst.Atomic i -> {
        address(i.base());
        inRegister(i.operand());
        i.expected().ifPresent(this::inRegister);
      }
      case Inst.PtrAdd i when distance(i).isPresent() -> address(i.base());
      case Inst.Const _,
          Inst.Binary _,
          Inst.Unary _,
          Inst.Compare _,
          Inst.StackAddress _,
          Inst.MapAddress _,
          Inst.GlobalAddress _,
          Inst.FunctionAddress _,
          Inst.KernelAddress _,
          Inst.PtrAdd _,
          Inst.CallKernel _,
          Inst.CallFunction _,
          Inst.CoreConst _ ->
          inst.operands().forEach(this::inRegister);
    }
  }

  private void inRegister(Value value) {
    counts.merge(root(value), 1, Integer::sum);
  }

  private void address(Value value) {
    counts.merge(root(value), 1, Integer::sum);
    asAddress.merge(root(value), 1, Integer::sum);
  }

  private void fuse(Terminator terminator) {
    if (terminator instanceof Terminator.Branch branch) {
      condition(branch).ifPresent(inst -> inst.defined().ifPresent(fused::add));
    }
  }

  private void fuse(Inst inst) {
    if (inst instanceof Inst.PtrAdd add
        && definitions.get(add.offset()) instanceof Inst.CoreConst core
        && count(add.result()) > 0
        && count(add.result()) == asPlainLoadBase.getOrDefault(add.result(), 0)
        && count(core.result()) == 1) {
      fused.add(add.result());
      fused.add(core.result());
    }
    inst.defined()
        .filter(value -> count(value) > 0)
        .filter(value -> count(value) == asNarrowStore.getOrDefault(value, 0))
        .ifPresent(fused::add);
  }

  /// The value whose register this value shares.
  Value root(Value value) {
    Value known = roots.get(value);
    if (known == null) {
      known =
          switch (definitions.get(value)) {
            case Inst.Refine refine -> root(refine.value());
            case Inst.Unary unary when isSameBits(unary) -> root(unary.operand());
            case null, default -> value;
          };
      roots.put(value, known);
    }
    return known;
  }

  private boolean isSameBits(Inst.Unary unary) {
    return unary.op() == UnaryOp.ZEXT32
        || unary.op() == UnaryOp.ADDRESS
        || unary.op() == UnaryOp.POINTER
        || unary.op() == UnaryOp.TRUNC && hasNoUpperHalf(root(unary.operand()));
  }

  /// Whether the upper half of a root's register is surely zero.
  private boolean hasNoUpperHalf(Value root) {
    return root.type() == Type.I32
        || definitions.get(root) instanceof Inst.Binary binary
            && constant(binary.right()).isPresent()
            && hasNoUpperHalf(binary.op(), constant(binary.right()).getAsLong());
  }

  private static boolean hasNoUpperHalf(BinaryOp op, long right) {
    return op == BinaryOp.SHR && (right & 63) >= 32
        || op == BinaryOp.AND && right >>> 32 == 0
        || op == BinaryOp.UMOD && right > 0 && right >>> 32 == 0;
  }

  /// The instruction that computes the value's root, unless that is a block parameter.
  Optional<Inst> definition(Value value) {
    return Optional.ofNullable(definitions.get(root(value)));
  }

  /// The bits of a value that is known, `I32` sign-extended.
  OptionalLong constant(Value value) {
    return switch (definitions.get(value)) {
      case Inst.Const i -> OptionalLong.of(i.value());
      case Inst.Refine i -> constant(i.value());
      case Inst.Unary i when i.op() == UnaryOp.ADDRESS -> constant(i.operand());
      case Inst.Unary i when i.op() == UnaryOp.ZEXT32 && constant(i.operand()).isPresent() ->
          OptionalLong.of(constant(i.operand()).getAsLong() & 0xffff_ffffL);
      case Inst.Unary i when i.op() == UnaryOp.TRUNC && constant(i.operand()).isPresent() ->
          OptionalLong.of((long) (int) constant(i.operand()).getAsLong());
      case null, default -> OptionalLong.empty();
    };
  }

  /// Whether it is how far a member is from the start of its struct, which the loader fills in.
  boolean isMember(Value value) {
    return definitions.get(root(value)) instanceof Inst.CoreConst core
        && core.access().kind() == CoreRelocation.Kind.FIELD_BYTE_OFFSET;
  }

  /// How far an address is moved, if that is known and an access could name it: a larger distance
  /// is a number like any other, which only code that never runs has.
  OptionalInt distance(Inst.PtrAdd add) {
    OptionalLong offset = constant(add.offset());
    return offset.isPresent() && offset.getAsLong() == (short) offset.getAsLong()
        ? OptionalInt.of((int) offset.getAsLong())
        : OptionalInt.empty();
  }

  /// How often the root of the value is read.
  int count(Value value) {
    return counts.getOrDefault(root(value), 0);
  }

  /// Whether its users compute it themselves, so that it needs no instruction.
  boolean isFused(Value value) {
    return fused.contains(root(value));
  }

  /// Whether every read of the address can name a base and an offset instead.
  boolean isOnlyAddress(Value value) {
    return asAddress.getOrDefault(root(value), 0) == count(value);
  }

  /// Whether the value was compared to give it a range.
  boolean isChecked(Value value) {
    return checked.contains(root(value));
  }

  /// The comparison or mask that a branch decides on, if the branch is its only user.
  Optional<Inst> condition(Terminator.Branch branch) {
    boolean testsZero =
        (branch.op() == CompareOp.NE || branch.op() == CompareOp.EQ)
            && constant(branch.right()).orElse(1) == 0
            && count(branch.left()) == 1;
    Optional<Inst> tested = testsZero ? definition(branch.left()) : Optional.empty();
    return tested.filter(
        inst ->
            inst instanceof Inst.Compare
                || inst instanceof Inst.Binary b && b.op() == BinaryOp.AND);
  }

  /// The value whose low bytes a store may take instead of the narrowed one's.
  Optional<Value> narrowed(Inst.Store store) {
    return definition(store.value())
        .filter(Inst.Unary.class::isInstance)
        .map(Inst.Unary.class::cast)
        .filter(unary -> keepsLowBytes(unary.op(), store.size()))
        .map(Inst.Unary::operand)
        .filter(operand -> constant(operand).isEmpty());
  }

  private static boolean keepsLowBytes(UnaryOp op, MemorySize size) {
    return switch (op) {
      case SEXT8, ZEXT8 -> size == MemorySize.B;
      case SEXT16, ZEXT16 -> size == MemorySize.B || size == MemorySize.H;
      case TRUNC, SEXT32, ZEXT32 -> size != MemorySize.DW;
      case NEG, BE16, BE32, BE64, ADDRESS, POINTER, NUMBER, ARENA, ARENA_ADDRESS -> false;
    };
  }

  /// The address, if it is one of a fixed place in the frame or a data section.
  Optional<Fixed> fixed(Value value) {
    return switch (definitions.get(root(value))) {
      case Inst.StackAddress i -> Optional.of(new Fixed.Frame(i.slot(), 0));
      case Inst.GlobalAddress i when !isSymbol(i) ->
          Optional.of(new Fixed.Data(i.section(), i.offset()));
      case Inst.PtrAdd i when distance(i).isPresent() ->
          fixed(i.base()).map(fixed -> fixed.plus(distance(i).getAsInt()));
      case null, default -> Optional.empty();
    };
  }

  /// Whether an address is that of a symbol of its own, from which others are not counted.
  static boolean isSymbol(Inst.GlobalAddress address) {
    return address.section().equals(DataSection.KERNEL_CONFIG);
  }

  /// A fixed place.
  sealed interface Fixed {
    /// A byte of a stack slot.
    record Frame(int slot, int offset) implements Fixed {}

    /// A byte of a data section.
    record Data(String section, int offset) implements Fixed {}

    /// The place so many bytes further on.
    default Fixed plus(int bytes) {
      return switch (this) {
        case Frame(int slot, int offset) -> new Frame(slot, offset + bytes);
        case Data(String section, int offset) -> new Data(section, offset + bytes);
      };
    }
  }
}
