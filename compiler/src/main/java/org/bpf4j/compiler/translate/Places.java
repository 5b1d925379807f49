package org.bpf4j.compiler.translate;

import org.bpf4j.compiler.ast.Declaration.Member;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.GlobalLayout;
import org.bpf4j.compiler.ast.GlobalLayout.Placement;
import org.bpf4j.compiler.ast.Layouts;
import org.bpf4j.compiler.ast.Layouts.Field;
import org.bpf4j.compiler.ast.Layouts.StructLayout;
import org.bpf4j.compiler.ast.Storage;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Unit.Global;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Terminator.AbortReason;
import org.bpf4j.compiler.ssa.Value;

/// Variables of all kinds: reading them, and the three forms of assignment in the order of JLS
/// 15.26: object and index first, then the value, then the checks and the store; compound forms
/// check and read before the value.
final class Places {
  private final Body body;
  private final Code code;

  /// A place whose parts have been evaluated.
  private sealed interface Spot {
    record Local(Slot slot) implements Spot {}

    record Memory(Address at, Type type, Storage storage, int length) implements Spot {}

    record Kernel(Value address, Type type, Storage storage) implements Spot {}

    /// An element of an array in the context, where addresses must be constant.
    record Scattered(Address array, Value index, int length, Type type) implements Spot {}

    /// An element whose index has not been checked.
    record Element(Operand array, Value index, Type type, Expr.ElementPlace place)
        implements Spot {}
  }

  Places(Body body) {
    this.body = body;
    this.code = body.code;
  }

  Operand read(Expr.Place place) {
    Spot spot = locate(place);
    body.at(place.span());
    return read(checked(spot), place.type());
  }

  Operand assign(Expr.Assign expr) {
    Spot spot = locate(expr.target());
    Operand value = body.expressions.valueAs(expr.value(), expr.target().type());
    body.at(expr.span());
    write(checked(spot), value);
    return value;
  }

  Operand compound(Expr.CompoundAssign expr) {
    Type type = expr.target().type();
    Spot spot = checked(locate(expr.target()));
    body.at(expr.target().span());
    Operand old = read(spot, type);
    String subject = Subjects.of(expr.target());
    Value left = body.expressions.convert(old, type, expr.operationType(), subject).only();
    Value right = body.expressions.number(expr.value());
    body.at(expr.span());
    Value result = body.arithmetic.binary(expr.op(), left, right);
    Operand value =
        body.expressions.convert(Operand.of(result), expr.operationType(), type, subject);
    write(spot, value);
    return value;
  }

  Operand increment(Expr.Increment expr) {
    Type type = expr.target().type();
    Spot spot = checked(locate(expr.target()));
    body.at(expr.span());
    Operand old = read(spot, type);
    Primitive wide =
        Expressions.primitiveOf(type) == Primitive.LONG ? Primitive.LONG : Primitive.INT;
    String subject = Subjects.of(expr.target());
    Value number = body.expressions.convert(old, type, wide, subject).only();
    Value next = code.binary(BinaryOp.ADD, number, expr.delta());
    Operand value = body.expressions.convert(Operand.of(next), wide, type, subject);
    write(spot, value);
    return expr.prefix() ? value : old;
  }

  private Operand read(Spot spot, Type type) {
    return switch (spot) {
      case Spot.Local(Slot slot) -> slot.read(code.ssa());
      case Spot.Memory m -> body.memory.read(m.at(), lying(m, type), m.storage(), m.length());
      case Spot.Scattered s -> body.scattered.read(s.array(), s.index(), s.length(), s.type());
      case Spot.Kernel k -> body.views.kernel().probe(k.address(), k.type(), k.storage(), 0);
      case Spot.Element _ -> throw new CompilerBug("unchecked element");
    };
  }

  /// What lies there: of an array of arrays the expression's type does not say how long rows are.
  private static Type lying(Spot.Memory spot, Type type) {
    return type instanceof Type.ArrayType ? spot.type() : type;
  }

  private void write(Spot spot, Operand value) {
    switch (spot) {
      case Spot.Local(Slot slot) -> slot.write(code.ssa(), value);
      case Spot.Memory m -> {
        refuseConstant(m.at().base());
        body.memory.write(m.at(), m.type(), m.storage(), value);
      }
      case Spot.Scattered s ->
          body.scattered.write(s.array(), s.index(), s.length(), s.type(), value);
      case Spot.Kernel _ -> throw new CompilerBug("a variable of the kernel is written");
      case Spot.Element _ -> throw new CompilerBug("unchecked element");
    }
  }

  private Spot locate(Expr.Place place) {
    return switch (place) {
      case Expr.LocalPlace p -> new Spot.Local(body.frame().local(p.local()));
      case Expr.GlobalPlace p -> global(p);
      case Expr.FieldPlace p -> field(p);
      case Expr.ElementPlace p -> {
        Operand array = body.expressions.value(p.array());
        Value index = body.expressions.number(p.index());
        yield new Spot.Element(array, index, p.type(), p);
      }
    };
  }

  private Spot global(Expr.GlobalPlace place) {
    Global global = body.scope.global(place.owner(), place.name());
    body.at(place.span());
    if (global.kind() == Unit.GlobalKind.KERNEL_VARIABLE) {
      String symbol = body.scope.symbols().global(place.owner(), place.name());
      boolean weak = global.symbol().orElseThrow().optional();
      Value address = code.unary(UnaryOp.ADDRESS, code.kernelAddress(symbol, weak));
      return new Spot.Kernel(address, global.type(), global.storage());
    }
    Placement at = body.scope.globals().global(place.owner(), place.name());
    Value base = code.globalAddress(at.section(), at.offset());
    Address address = new Address(base, 0, Operand.MAX_ALIGN).kept(global.isVolatile());
    return new Spot.Memory(address, global.type(), global.storage(), global.length());
  }

  private Spot field(Expr.FieldPlace place) {
    Operand object = body.expressions.value(place.object());
    body.at(place.span());
    Value there = code.refine(object.only(), new Fact.NonNull(Subjects.of(place.object())));
    Value base =
        place.object().type() instanceof Type.ArenaType ? code.unary(UnaryOp.ARENA, there) : there;
    StructLayout layout = body.scope.layouts().struct(place.struct());
    Field field = layout.field(place.field());
    Member member = field.member();
    Address at = Provenance.place(code.ssa(), base, layout.align()).plus(field.offset());
    return new Spot.Memory(
        at.kept(member.isVolatile()), member.type(), member.storage(), member.length());
  }

  private Spot checked(Spot spot) {
    return switch (spot) {
      case Spot.Local _, Spot.Memory _, Spot.Scattered _, Spot.Kernel _ -> spot;
      case Spot.Element(Operand array, Value index, Type type, Expr.ElementPlace place) -> {
        body.at(place.span());
        Value base = code.refine(array.only(), new Fact.NonNull(Subjects.of(place.array())));
        Address start = Provenance.place(code.ssa(), base, array.align());
        if (code.constantOf(index).isEmpty() && Scattered.isNeeded(code, base)) {
          Value checked = body.scattered.check(index, array.extent(), place.index().span());
          yield new Spot.Scattered(start, checked, array.extent(), type);
        }
        Type lying = array.lying(type);
        int size = body.scope.layouts().size(lying);
        Address at = element(start, index, array.extent(), size, place.index().span());
        yield new Spot.Memory(at, lying, Layouts.defaultStorage(lying), 0);
      }
    };
  }

  /// Refuses to write where a reference leads to a table of constants.
  void refuseConstant(Value address) {
    Value source = address;
    while (true) {
      switch (code.ssa().definition(source).orElse(null)) {
        case Inst.Refine inst -> source = inst.value();
        case Inst.PtrAdd inst -> source = inst.base();
        case Inst.GlobalAddress inst when inst.section().equals(GlobalLayout.CONSTANTS) ->
            throw new Refusal(
                Diagnostic.error(
                    org.bpf4j.compiler.diagnostic.Code.BPF2010,
                    code.ssa().origin().span(),
                    "this is a table of constants, which cannot be stored to",
                    "make a copy with clone()"));
        case null, default -> {
          return;
        }
      }
    }
  }

  /// The address of an element; an index out of range aborts.
  Address element(Address array, Value index, int length, int size, Span span) {
    long constant = code.constantOf(index).orElse(-1);
    if (constant >= 0 && constant < length) {
      return array.plus((int) constant * size);
    }
    body.at(span);
    code.ssa().check(CompareOp.ULT, index, code.i32(length), AbortReason.INDEX_OUT_OF_BOUNDS);
    if (length == 0) {
      return array;
    }
    Value inRange = code.refine(index, new Fact.Range(0, length - 1));
    Value distance = code.unary(UnaryOp.ZEXT32, inRange);
    if (size != 1) {
      distance =
          Integer.bitCount(size) == 1
              ? code.binary(BinaryOp.SHL, distance, code.i32(Integer.numberOfTrailingZeros(size)))
              : code.binary(BinaryOp.MUL, distance, size);
    }
    int align = Math.min(array.alignment(), Integer.lowestOneBit(size));
    return new Address(code.pointerAdd(code.pointer(array), distance), 0, align);
  }
}
