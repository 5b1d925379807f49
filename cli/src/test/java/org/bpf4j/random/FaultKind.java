package org.bpf4j.random;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bpf4j.compiler.machine.MachineInsn;
import org.bpf4j.compiler.machine.Register;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Terminator.Edge;
import org.bpf4j.compiler.ssa.Type;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.Insn.AluOp;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.isa.Width;

/// A mistake that a stage of the compiler could make: what it turns one instruction into.
///
/// What comes out is well-formed wherever a stage behind would stop at less; one that notices
/// counts as having found the mistake.
enum FaultKind {
  // Of the translation, before any pass.
  SIGNED_DIVISION_AS_UNSIGNED(translated(FaultKind::unsignedDivision)),
  REMAINDER_AS_QUOTIENT(translated(binary(BinaryOp.SMOD, BinaryOp.SDIV))),
  CHECK_DROPPED(Stage.TRANSLATED, Rewriting.ofEnds(FaultKind::withoutAbort)),
  EARLY_BRANCH_SWAPPED(Stage.TRANSLATED, Rewriting.ofEnds(FaultKind::swappedBranch)),
  EARLY_STORE_DROPPED(translated(FaultKind::droppedStore)),
  EARLY_WRONG_OFFSET(translated(FaultKind::loadBeside)),
  // Of the passes.
  ADDITION_SUBTRACTS(optimized(binary(BinaryOp.ADD, BinaryOp.SUB))),
  SUBTRACTION_ADDS(optimized(binary(BinaryOp.SUB, BinaryOp.ADD))),
  AND_IS_OR(optimized(binary(BinaryOp.AND, BinaryOp.OR))),
  XOR_IS_OR(optimized(binary(BinaryOp.XOR, BinaryOp.OR))),
  MULTIPLICATION_ADDS(optimized(binary(BinaryOp.MUL, BinaryOp.ADD))),
  SHIFT_WITHOUT_SIGN(optimized(binary(BinaryOp.SAR, BinaryOp.SHR))),
  SHIFT_WITH_SIGN(optimized(binary(BinaryOp.SHR, BinaryOp.SAR))),
  OPERANDS_SWAPPED(optimized(FaultKind::swappedOperands)),
  WRONG_CONSTANT(optimized(FaultKind::nextConstant)),
  WIDE_CONSTANT_CUT(optimized(FaultKind::cutConstant)),
  EXTENSION_WITHOUT_SIGN(optimized(FaultKind::unsignedExtension)),
  EXTENSION_TOO_NARROW(optimized(FaultKind::narrowExtension)),
  BYTE_ORDER_KEPT(optimized(FaultKind::withoutSwap)),
  COMPARISON_WITHOUT_SIGN(optimized(FaultKind::unsignedComparison)),
  COMPARISON_OFF_BY_ONE(optimized(FaultKind::weakComparison)),
  BRANCH_WITHOUT_SIGN(Stage.OPTIMIZED, Rewriting.ofEnds(FaultKind::unsignedBranch)),
  BRANCH_OFF_BY_ONE(Stage.OPTIMIZED, Rewriting.ofEnds(FaultKind::weakBranch)),
  BRANCH_SWAPPED(Stage.OPTIMIZED, Rewriting.ofEnds(FaultKind::swappedBranch)),
  BLOCK_ARGUMENTS_SWAPPED(Stage.OPTIMIZED, Rewriting.ofEnds(FaultKind::swappedArguments)),
  LOAD_TOO_NARROW(optimized(FaultKind::narrowLoad)),
  LOAD_WITH_OTHER_SIGN(optimized(FaultKind::otherSign)),
  LOAD_BESIDE(optimized(FaultKind::loadBeside)),
  STORE_BESIDE(optimized(FaultKind::storeBeside)),
  STORE_TOO_NARROW(optimized(FaultKind::narrowStore)),
  STORE_DROPPED(optimized(FaultKind::droppedStore)),
  COPY_TOO_SHORT(optimized(FaultKind::shortCopy)),
  CALL_DROPPED(optimized(FaultKind::droppedCall)),
  ARGUMENTS_SWAPPED(optimized(FaultKind::swappedCall)),
  ATOMIC_OPERATION(optimized(FaultKind::otherAtomic)),
  EXCHANGED_EXPECTATION(optimized(FaultKind::swappedExpectation)),
  LOAD_BEFORE_STORE(Stage.OPTIMIZED, Rewriting.ofPairs(FaultKind::loadFirst)),
  // Of the selection.
  COPY_OF_HALF(selected(FaultKind::narrowMove)),
  ARITHMETIC_TOO_WIDE(selected(FaultKind::wideAlu)),
  ARITHMETIC_TOO_NARROW(selected(FaultKind::narrowAlu)),
  MACHINE_CONSTANT_CUT(selected(FaultKind::cutMachineConstant)),
  // Of the allocation.
  RELOAD_OF_NEIGHBOUR(allocated(FaultKind::neighbour)),
  SPILL_DROPPED(allocated(FaultKind::withoutSpill)),
  COPY_DROPPED(allocated(FaultKind::withoutMove)),
  WRONG_REGISTER(allocated(FaultKind::otherRegister));

  /// The stage behind which the mistake is made.
  enum Stage {
    TRANSLATED,
    OPTIMIZED,
    SELECTED,
    ALLOCATED
  }

  private final Stage stage;
  private final Rewriting rewriting;

  FaultKind(Stage stage, Rewriting rewriting) {
    this.stage = stage;
    this.rewriting = rewriting;
  }

  FaultKind(Placed placed) {
    this(placed.stage, placed.rewriting);
  }

  Stage stage() {
    return stage;
  }

  Rewriting rewriting() {
    return rewriting;
  }

  private record Placed(Stage stage, Rewriting rewriting) {}

  private static Placed translated(Function<Inst, Optional<List<Inst>>> fault) {
    return new Placed(Stage.TRANSLATED, Rewriting.ofInsts(fault));
  }

  private static Placed optimized(Function<Inst, Optional<List<Inst>>> fault) {
    return new Placed(Stage.OPTIMIZED, Rewriting.ofInsts(fault));
  }

  private static Placed selected(
      Function<MachineInsn<Register>, Optional<List<MachineInsn<Register>>>> fault) {
    return new Placed(Stage.SELECTED, Rewriting.ofMachine(fault));
  }

  private static Placed allocated(
      Function<MachineInsn<Register>, Optional<List<MachineInsn<Register>>>> fault) {
    return new Placed(Stage.ALLOCATED, Rewriting.ofMachine(fault));
  }

  private static <T> Optional<List<T>> by(T replacement) {
    return Optional.of(List.of(replacement));
  }

  private static <T> Optional<List<T>> dropped() {
    return Optional.of(List.of());
  }

  private static Function<Inst, Optional<List<Inst>>> binary(BinaryOp right, BinaryOp wrong) {
    return inst ->
        inst instanceof Inst.Binary i && i.op() == right
            ? by(new Inst.Binary(i.result(), wrong, i.left(), i.right(), i.origin()))
            : Optional.empty();
  }

  private static Optional<List<Inst>> unsignedDivision(Inst inst) {
    return inst instanceof Inst.Binary i && (i.op() == BinaryOp.SDIV || i.op() == BinaryOp.SMOD)
        ? by(
            new Inst.Binary(
                i.result(),
                i.op() == BinaryOp.SDIV ? BinaryOp.UDIV : BinaryOp.UMOD,
                i.left(),
                i.right(),
                i.origin()))
        : Optional.empty();
  }

  private static Optional<List<Inst>> swappedOperands(Inst inst) {
    return inst instanceof Inst.Binary i
            && i.left().type() == i.right().type()
            && !i.left().equals(i.right())
            && (i.op() == BinaryOp.SUB || i.op() == BinaryOp.SHL || i.op() == BinaryOp.SAR)
        ? by(new Inst.Binary(i.result(), i.op(), i.right(), i.left(), i.origin()))
        : Optional.empty();
  }

  private static Optional<List<Inst>> nextConstant(Inst inst) {
    return inst instanceof Inst.Const i && i.result().type() != Type.PTR && i.value() != -1
        ? by(new Inst.Const(i.result(), (int) (i.value() + 1), i.origin()))
        : Optional.empty();
  }

  private static Optional<List<Inst>> cutConstant(Inst inst) {
    return inst instanceof Inst.Const i && i.value() != (int) i.value()
        ? by(new Inst.Const(i.result(), (int) i.value(), i.origin()))
        : Optional.empty();
  }

  private static Optional<List<Inst>> unary(Inst.Unary i, UnaryOp op) {
    return by(new Inst.Unary(i.result(), op, i.operand(), i.origin()));
  }

  private static Optional<List<Inst>> unsignedExtension(Inst inst) {
    return inst instanceof Inst.Unary i
        ? switch (i.op()) {
          case SEXT8 -> unary(i, UnaryOp.ZEXT8);
          case SEXT16 -> unary(i, UnaryOp.ZEXT16);
          case SEXT32 -> unary(i, UnaryOp.ZEXT32);
          default -> Optional.empty();
        }
        : Optional.empty();
  }

  private static Optional<List<Inst>> narrowExtension(Inst inst) {
    return inst instanceof Inst.Unary i
        ? switch (i.op()) {
          case SEXT16 -> unary(i, UnaryOp.SEXT8);
          case ZEXT16 -> unary(i, UnaryOp.ZEXT8);
          default -> Optional.empty();
        }
        : Optional.empty();
  }

  private static Optional<List<Inst>> withoutSwap(Inst inst) {
    return inst instanceof Inst.Unary i
            && (i.op() == UnaryOp.BE16 || i.op() == UnaryOp.BE32 || i.op() == UnaryOp.BE64)
        ? by(new Inst.Binary(i.result(), BinaryOp.OR, i.operand(), i.operand(), i.origin()))
        : Optional.empty();
  }

  private static Optional<CompareOp> withoutSign(CompareOp op) {
    return switch (op) {
      case SLT -> Optional.of(CompareOp.ULT);
      case SLE -> Optional.of(CompareOp.ULE);
      case SGT -> Optional.of(CompareOp.UGT);
      case SGE -> Optional.of(CompareOp.UGE);
      case EQ, NE, ULT, ULE, UGT, UGE -> Optional.empty();
    };
  }

  private static Optional<CompareOp> weaker(CompareOp op) {
    return switch (op) {
      case SLT -> Optional.of(CompareOp.SLE);
      case SLE -> Optional.of(CompareOp.SLT);
      case SGT -> Optional.of(CompareOp.SGE);
      case SGE -> Optional.of(CompareOp.SGT);
      case EQ, NE, ULT, ULE, UGT, UGE -> Optional.empty();
    };
  }

  private static Optional<List<Inst>> unsignedComparison(Inst inst) {
    return inst instanceof Inst.Compare i
        ? withoutSign(i.op())
            .map(op -> List.of(new Inst.Compare(i.result(), op, i.left(), i.right(), i.origin())))
        : Optional.empty();
  }

  private static Optional<List<Inst>> weakComparison(Inst inst) {
    return inst instanceof Inst.Compare i
        ? weaker(i.op())
            .map(op -> List.of(new Inst.Compare(i.result(), op, i.left(), i.right(), i.origin())))
        : Optional.empty();
  }

  private static Terminator.Branch branch(Terminator.Branch t, CompareOp op) {
    return new Terminator.Branch(op, t.left(), t.right(), t.then(), t.otherwise(), t.origin());
  }

  private static Optional<Terminator> unsignedBranch(
      Terminator end, org.bpf4j.compiler.ssa.Function in) {
    return end instanceof Terminator.Branch t
        ? withoutSign(t.op()).map(op -> branch(t, op))
        : Optional.empty();
  }

  private static Optional<Terminator> weakBranch(
      Terminator end, org.bpf4j.compiler.ssa.Function in) {
    return end instanceof Terminator.Branch t
        ? weaker(t.op()).map(op -> branch(t, op))
        : Optional.empty();
  }

  private static Optional<Terminator> swappedBranch(
      Terminator end, org.bpf4j.compiler.ssa.Function in) {
    return end instanceof Terminator.Branch t && t.left().type() != Type.PTR
        ? Optional.of(branch(t, t.op().negated()))
        : Optional.empty();
  }

  private static Optional<Terminator> withoutAbort(
      Terminator end, org.bpf4j.compiler.ssa.Function in) {
    return end instanceof Terminator.Branch t && aborts(t.otherwise(), in)
        ? Optional.of(new Terminator.Jump(t.then(), t.origin()))
        : end instanceof Terminator.Branch t && aborts(t.then(), in)
            ? Optional.of(new Terminator.Jump(t.otherwise(), t.origin()))
            : Optional.empty();
  }

  private static boolean aborts(Edge edge, org.bpf4j.compiler.ssa.Function in) {
    return in.blocks().stream()
        .anyMatch(b -> b.id() == edge.block() && b.terminator() instanceof Terminator.Abort);
  }

  private static Optional<Terminator> swappedArguments(
      Terminator end, org.bpf4j.compiler.ssa.Function in) {
    return end instanceof Terminator.Jump(Edge edge, var origin)
        ? swapped(edge.arguments(), 0)
            .map(arguments -> new Terminator.Jump(new Edge(edge.block(), arguments), origin))
        : Optional.empty();
  }

  /// The list with the first two different values of one type exchanged.
  private static Optional<List<Value>> swapped(List<Value> values, int from) {
    for (int i = from; i < values.size(); i++) {
      for (int j = i + 1; j < values.size(); j++) {
        if (values.get(i).type() == values.get(j).type() && !values.get(i).equals(values.get(j))) {
          List<Value> result = new ArrayList<>(values);
          Collections.swap(result, i, j);
          return Optional.of(result);
        }
      }
    }
    return Optional.empty();
  }

  private static MemorySize half(MemorySize size) {
    return size == MemorySize.W ? MemorySize.H : MemorySize.B;
  }

  private static boolean isNumber(MemorySize size, Region region, Type type) {
    return region.kind() != Region.Kind.CONTEXT
        && type == Type.I32
        && (size == MemorySize.W || size == MemorySize.H);
  }

  private static Inst load(Inst.Load i, MemorySize size, boolean signed, int offset) {
    return new Inst.Load(i.result(), size, signed, i.base(), offset, i.region(), i.origin());
  }

  private static Optional<List<Inst>> narrowLoad(Inst inst) {
    return inst instanceof Inst.Load i && isNumber(i.size(), i.region(), i.result().type())
        ? by(load(i, half(i.size()), i.signed(), i.offset()))
        : Optional.empty();
  }

  private static Optional<List<Inst>> otherSign(Inst inst) {
    return inst instanceof Inst.Load i && i.size().bytes() < 4
        ? by(load(i, i.size(), !i.signed(), i.offset()))
        : Optional.empty();
  }

  private static Optional<List<Inst>> loadBeside(Inst inst) {
    return inst instanceof Inst.Load i
            && i.region().kind() == Region.Kind.GLOBAL
            && i.result().type() != Type.PTR
        ? by(load(i, i.size(), i.signed(), i.offset() + i.size().bytes()))
        : Optional.empty();
  }

  private static Inst store(Inst.Store i, MemorySize size, int offset) {
    return new Inst.Store(size, i.base(), offset, i.value(), i.region(), i.origin());
  }

  private static Optional<List<Inst>> storeBeside(Inst inst) {
    return inst instanceof Inst.Store i && i.region().kind() == Region.Kind.GLOBAL
        ? by(store(i, i.size(), i.offset() + i.size().bytes()))
        : Optional.empty();
  }

  private static Optional<List<Inst>> narrowStore(Inst inst) {
    return inst instanceof Inst.Store i && isNumber(i.size(), i.region(), i.value().type())
        ? by(store(i, half(i.size()), i.offset()))
        : Optional.empty();
  }

  private static Optional<List<Inst>> droppedStore(Inst inst) {
    return inst instanceof Inst.Store i && i.value().type() != Type.PTR
        ? dropped()
        : Optional.empty();
  }

  private static Optional<List<Inst>> shortCopy(Inst inst) {
    return inst instanceof Inst.Copy i && i.bytes() > 8
        ? by(
            new Inst.Copy(
                i.to(),
                i.toOffset(),
                i.toRegion(),
                i.from(),
                i.fromOffset(),
                i.fromRegion(),
                i.bytes() - 8,
                i.origin()))
        : Optional.empty();
  }

  private static Optional<List<Inst>> droppedCall(Inst inst) {
    return inst instanceof Inst.CallKernel i && i.result().isEmpty() ? dropped() : Optional.empty();
  }

  private static Optional<List<Inst>> swappedCall(Inst inst) {
    return inst instanceof Inst.CallFunction i
        ? swapped(i.arguments(), 0)
            .map(a -> List.of(new Inst.CallFunction(i.result(), i.function(), a, i.origin())))
        : Optional.empty();
  }

  private static Optional<List<Inst>> otherAtomic(Inst inst) {
    return inst instanceof Inst.Atomic i && i.op() == Inst.AtomicOp.ADD
        ? by(
            new Inst.Atomic(
                i.result(),
                Inst.AtomicOp.OR,
                i.size(),
                i.base(),
                i.offset(),
                i.operand(),
                i.expected(),
                i.region(),
                i.origin()))
        : Optional.empty();
  }

  private static Optional<List<Inst>> swappedExpectation(Inst inst) {
    return inst instanceof Inst.Atomic i && i.expected().isPresent()
        ? by(
            new Inst.Atomic(
                i.result(),
                i.op(),
                i.size(),
                i.base(),
                i.offset(),
                i.expected().get(),
                Optional.of(i.operand()),
                i.region(),
                i.origin()))
        : Optional.empty();
  }

  /// A load of the bytes that the store before it writes.
  private static boolean loadFirst(Inst first, Inst second) {
    return first instanceof Inst.Store store
        && second instanceof Inst.Load load
        && store.region().equals(load.region())
        && store.region().kind() != Region.Kind.STACK
        && store.offset() == load.offset();
  }

  private static Optional<List<MachineInsn<Register>>> narrowMove(MachineInsn<Register> insn) {
    return insn instanceof MachineInsn.Move<Register> i && i.width() == Width.W64
        ? by(new MachineInsn.Move<>(Width.W32, i.dst(), i.src(), i.origin()))
        : Optional.empty();
  }

  private static Optional<List<MachineInsn<Register>>> alu(
      MachineInsn<Register> insn, Width right) {
    return insn instanceof MachineInsn.Alu<Register> i && i.width() == right
        ? by(
            new MachineInsn.Alu<>(
                right == Width.W64 ? Width.W32 : Width.W64, i.op(), i.dst(), i.src(), i.origin()))
        : Optional.empty();
  }

  private static Optional<List<MachineInsn<Register>>> wideAlu(MachineInsn<Register> insn) {
    return insn instanceof MachineInsn.Alu<Register> i && i.op() != AluOp.AND
        ? alu(insn, Width.W32)
        : Optional.empty();
  }

  private static Optional<List<MachineInsn<Register>>> narrowAlu(MachineInsn<Register> insn) {
    return alu(insn, Width.W64);
  }

  private static Optional<List<MachineInsn<Register>>> cutMachineConstant(
      MachineInsn<Register> insn) {
    return insn instanceof MachineInsn.Constant<Register> i && i.value() != (short) i.value()
        ? by(new MachineInsn.Constant<>(i.width(), i.dst(), (short) i.value(), i.origin()))
        : Optional.empty();
  }

  /// Spill slots are the last ones and whole words.
  private static Optional<List<MachineInsn<Register>>> neighbour(MachineInsn<Register> insn) {
    return insn instanceof MachineInsn.Load<Register> i
            && i.base() instanceof MachineInsn.Base.Slot<Register>(int slot)
            && i.size() == MemorySize.DW
            && slot > 0
        ? by(
            new MachineInsn.Load<>(
                i.size(), i.dst(), new MachineInsn.Base.Slot<>(slot - 1), i.offset(), i.origin()))
        : Optional.empty();
  }

  private static Optional<List<MachineInsn<Register>>> withoutSpill(MachineInsn<Register> insn) {
    return insn instanceof MachineInsn.Store<Register> i
            && i.base() instanceof MachineInsn.Base.Slot<Register>
            && i.size() == MemorySize.DW
        ? dropped()
        : Optional.empty();
  }

  private static Optional<List<MachineInsn<Register>>> withoutMove(MachineInsn<Register> insn) {
    return insn instanceof MachineInsn.Move<Register> i && i.width() == Width.W64
        ? dropped()
        : Optional.empty();
  }

  /// `r6` where `r7` is meant, and the other way round.
  private static Optional<List<MachineInsn<Register>>> otherRegister(MachineInsn<Register> insn) {
    return insn instanceof MachineInsn.Alu<Register> i
            && i.src() instanceof MachineInsn.Source.Reg<Register>(Register src)
            && src instanceof Register.Physical from
            && (from.number() == 6 || from.number() == 7)
        ? by(
            new MachineInsn.Alu<>(
                i.width(),
                i.op(),
                i.dst(),
                new MachineInsn.Source.Reg<>(Register.Physical.of(13 - from.number())),
                i.origin()))
        : Optional.empty();
  }
}
