package org.bpf4j.compiler.ssa;

import java.util.ArrayList;
import java.util.List;
import org.bpf4j.compiler.ssa.Terminator.Edge;

/// Makes an instruction, terminator or block into the same one over other values.
///
/// The defaults change nothing; one overrides what shall be renamed.
public interface Renaming {

  /// What takes the place of a value that is read.
  default Value use(Value value) {
    return value;
  }

  /// What takes the place of a value that is defined.
  default Value define(Value value) {
    return value;
  }

  /// What takes the place of a stack slot.
  default int slot(int slot) {
    return slot;
  }

  /// What takes the place of a block.
  default int block(int block) {
    return block;
  }

  /// What takes the place of an origin.
  default Origin origin(Origin origin) {
    return origin;
  }

  /// The instruction over renamed values. One arm per instruction.
  default Inst apply(Inst inst) {
    Origin at = origin(inst.origin());
    return switch (inst) {
      case Inst.Const i -> new Inst.Const(define(i.result()), i.value(), at);
      case Inst.Binary i ->
          new Inst.Binary(define(i.result()), i.op(), use(i.left()), use(i.right()), at);
      case Inst.Unary i -> new Inst.Unary(define(i.result()), i.op(), use(i.operand()), at);
      case Inst.Compare i ->
          new Inst.Compare(define(i.result()), i.op(), use(i.left()), use(i.right()), at);
      case Inst.Refine i -> new Inst.Refine(define(i.result()), use(i.value()), fact(i.fact()), at);
      case Inst.Load i ->
          new Inst.Load(
              define(i.result()),
              i.size(),
              i.signed(),
              use(i.base()),
              i.offset(),
              region(i.region()),
              i.kept(),
              at);
      case Inst.Store i ->
          new Inst.Store(
              i.size(), use(i.base()), i.offset(), use(i.value()), region(i.region()), at);
      case Inst.Zero i ->
          new Inst.Zero(use(i.base()), i.offset(), i.bytes(), region(i.region()), at);
      case Inst.Copy i ->
          new Inst.Copy(
              use(i.to()),
              i.toOffset(),
              region(i.toRegion()),
              use(i.from()),
              i.fromOffset(),
              region(i.fromRegion()),
              i.bytes(),
              at);
      case Inst.Atomic i ->
          new Inst.Atomic(
              i.result().map(this::define),
              i.op(),
              i.size(),
              use(i.base()),
              i.offset(),
              use(i.operand()),
              i.expected().map(this::use),
              region(i.region()),
              at);
      case Inst.StackAddress i ->
          new Inst.StackAddress(define(i.result()), slot(i.slot()), i.fresh(), at);
      case Inst.MapAddress i -> new Inst.MapAddress(define(i.result()), i.map(), at);
      case Inst.GlobalAddress i ->
          new Inst.GlobalAddress(define(i.result()), i.section(), i.offset(), at);
      case Inst.KernelAddress i ->
          new Inst.KernelAddress(define(i.result()), i.symbol(), i.weak(), i.type(), at);
      case Inst.FunctionAddress i -> new Inst.FunctionAddress(define(i.result()), i.function(), at);
      case Inst.PtrAdd i -> new Inst.PtrAdd(define(i.result()), use(i.base()), use(i.offset()), at);
      case Inst.CallKernel i ->
          new Inst.CallKernel(i.result().map(this::define), i.function(), uses(i.arguments()), at);
      case Inst.CallFunction i ->
          new Inst.CallFunction(
              i.result().map(this::define), i.function(), uses(i.arguments()), at);
      case Inst.CoreConst i -> new Inst.CoreConst(define(i.result()), i.access(), at);
    };
  }

  /// The terminator over renamed values.
  default Terminator apply(Terminator terminator) {
    Origin at = origin(terminator.origin());
    return switch (terminator) {
      case Terminator.Jump t -> new Terminator.Jump(apply(t.target()), at);
      case Terminator.Branch t ->
          new Terminator.Branch(
              t.op(), use(t.left()), use(t.right()), apply(t.then()), apply(t.otherwise()), at);
      case Terminator.Again t ->
          new Terminator.Again(t.form(), apply(t.body()), apply(t.exhausted()), at);
      case Terminator.Return t -> new Terminator.Return(t.value().map(this::use), at);
      case Terminator.Abort t -> new Terminator.Abort(t.reason(), at);
    };
  }

  /// The edge over renamed values.
  default Edge apply(Edge edge) {
    return new Edge(block(edge.block()), uses(edge.arguments()));
  }

  /// The block over renamed values.
  default Block apply(Block block) {
    List<Value> parameters = new ArrayList<>(block.parameters().size());
    block.parameters().forEach(parameter -> parameters.add(define(parameter)));
    List<Inst> insts = new ArrayList<>(block.insts().size());
    block.insts().forEach(inst -> insts.add(apply(inst)));
    return new Block(block(block.id()), parameters, insts, apply(block.terminator()));
  }

  private List<Value> uses(List<Value> values) {
    List<Value> uses = new ArrayList<>(values.size());
    values.forEach(value -> uses.add(use(value)));
    return uses;
  }

  private Fact fact(Fact fact) {
    return switch (fact) {
      case Fact.Present(Value flag, String subject) -> new Fact.Present(use(flag), subject);
      case Fact.Range _, Fact.NonNull _, Fact.PacketBytes _, Fact.Trusted _, Fact.Member _ -> fact;
    };
  }

  /// What takes the place of a region.
  default Region region(Region region) {
    return region.kind() == Region.Kind.STACK
        ? Region.stack(slot(Integer.parseInt(region.name())))
        : region;
  }

  /// Renames the values that are read, and nothing else.
  static Renaming ofUses(java.util.function.UnaryOperator<Value> uses) {
    return new Renaming() {
      @Override
      public Value use(Value value) {
        return uses.apply(value);
      }
    };
  }
}
