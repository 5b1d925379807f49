package org.bpf4j.compiler.translate;

import java.util.ArrayList;
import java.util.List;
import org.bpf4j.compiler.ast.Declaration.Member;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Value;

/// Expressions, evaluated from left to right.
final class Expressions {
  private final Body body;
  private final Code code;

  Expressions(Body body) {
    this.body = body;
    this.code = body.code;
  }

  /// Evaluates an expression of a type with one value.
  Value number(Expr expr) {
    return value(expr).only();
  }

  /// Evaluates an expression where a type is expected: `null` becomes that type's null.
  Operand valueAs(Expr expr, Type type) {
    if (expr instanceof Expr.Null) {
      body.at(expr.span());
      return nullOf(type);
    }
    return convert(value(expr), expr.type(), type, Subjects.of(expr));
  }

  /// Evaluates an expression. One arm per expression.
  Operand value(Expr expr) {
    return switch (expr) {
      case Expr.Literal e -> literal(e);
      case Expr.MapRef e -> {
        body.at(e.span());
        yield Operand.of(code.mapAddress(body.scope.symbols().map(e.owner(), e.name())));
      }
      case Expr.Text e ->
          throw new Refusal(
              Diagnostic.error(
                  org.bpf4j.compiler.diagnostic.Code.BPF1006,
                  e.span(),
                  "a constant text is no value that BPF code hands on",
                  "name it where it is printed, compared or copied"));
      case Expr.Null _, Expr.ClassLiteral _, Expr.Lambda _, Expr.ComponentRef _ ->
          throw new CompilerBug("no value of its own at " + expr.span() + ": " + expr);
      case Expr.Place e -> body.places.read(e);
      case Expr.Unary e -> unary(e);
      case Expr.Binary e -> Operand.of(binary(e));
      case Expr.Logical e -> Operand.of(body.conditions.logical(e));
      case Expr.Conditional e -> conditional(e);
      case Expr.Convert e -> {
        Operand operand = e.operand() instanceof Expr.Null ? nullOf(e.type()) : value(e.operand());
        body.at(e.span());
        yield e.operand() instanceof Expr.Null
            ? operand
            : convert(operand, e.operand().type(), e.type(), Subjects.of(e.operand()));
      }
      case Expr.Assign e -> body.places.assign(e);
      case Expr.CompoundAssign e -> body.places.compound(e);
      case Expr.Increment e -> body.places.increment(e);
      case Expr.Call e -> body.calls.call(e);
      case Expr.LibraryCall e -> body.library.call(e, true);
      case Expr.KernelCall e -> body.library.helpers().call(e);
      case Expr.NewStruct e -> body.allocations.struct(e);
      case Expr.NewRecord e -> body.allocations.record(e);
      case Expr.NewArray e -> body.allocations.array(e);
      case Expr.ArrayLength e -> arrayLength(e);
      case Expr.Component e -> component(e);
      case Expr.ViewRead e -> body.views.read(e);
      case Expr.ViewWrite e -> body.views.write(e);
      case Expr.Bind e -> {
        bind(e);
        yield Operand.of(code.i32(1));
      }
      case Expr.IsNull e -> Operand.of(body.conditions.isNull(e));
      case Expr.SwitchExpr e -> body.switches.expression(e);
    };
  }

  /// Evaluates an expression whose value nobody wants.
  void run(Expr expr) {
    if (expr instanceof Expr.LibraryCall call) {
      body.library.call(call, false);
    } else {
      value(expr);
    }
  }

  /// Gives a local its value, where the code has come to a pattern that fits.
  void bind(Expr.Bind expr) {
    Operand value = valueAs(expr.value(), expr.local().type());
    body.at(expr.span());
    body.frame().declare(expr.local(), body.shapes).write(code.ssa(), value);
  }

  private Operand literal(Expr.Literal expr) {
    body.at(expr.span());
    if (expr.type() instanceof Type.EnumType type) {
      body.scope.requireAction(type.name(), expr.value(), code.ssa().origin());
    }
    return Operand.of(code.number(body.shapes.of(expr.type()).getLast(), expr.value()));
  }

  private Operand unary(Expr.Unary expr) {
    Value operand = number(expr.operand());
    body.at(expr.span());
    return Operand.of(
        switch (expr.op()) {
          case NEGATE -> code.unary(UnaryOp.NEG, operand);
          case COMPLEMENT -> code.binary(BinaryOp.XOR, operand, -1);
          case NOT -> body.conditions.not(operand);
        });
  }

  private Value binary(Expr.Binary expr) {
    if (expr.op().isComparison()) {
      return body.conditions.comparison(expr);
    }
    Value left = number(expr.left());
    Value right = number(expr.right());
    body.at(expr.span());
    return body.arithmetic.binary(expr.op(), left, right);
  }

  private Operand conditional(Expr.Conditional expr) {
    Draft then = code.ssa().newBlock();
    Draft otherwise = code.ssa().newBlock();
    Draft join = code.ssa().newBlock();
    Slot result = temporary(expr.type());
    body.conditions.branch(expr.condition(), then, otherwise);
    code.ssa().enterSealed(then);
    result.write(code.ssa(), valueAs(expr.then(), expr.type()));
    code.ssa().jump(join);
    code.ssa().enterSealed(otherwise);
    result.write(code.ssa(), valueAs(expr.otherwise(), expr.type()));
    code.ssa().jump(join);
    code.ssa().enterSealed(join);
    body.at(expr.span());
    return result.read(code.ssa());
  }

  /// A variable for a value that several paths give.
  Slot temporary(Type type) {
    return new Slot(body.shapes.of(type).stream().map(Variable::new).toList(), true);
  }

  private Operand arrayLength(Expr.ArrayLength expr) {
    Operand array = value(expr.array());
    body.at(expr.span());
    code.refine(array.only(), new Fact.NonNull(Subjects.of(expr.array())));
    return Operand.of(code.i32(array.extent()));
  }

  private Operand component(Expr.Component expr) {
    Operand object = value(expr.object());
    body.at(expr.span());
    Type.RecordType type = new Type.RecordType(expr.record());
    int part = body.shapes.partOf(type, expr.component());
    Type componentType =
        body.shapes.components(type).stream()
            .filter(member -> member.name().equals(expr.component()))
            .map(Member::type)
            .findFirst()
            .orElse(expr.type());
    int count = body.shapes.of(componentType).size();
    String subject = Subjects.of(expr.object());
    List<Value> parts = new ArrayList<>();
    for (Value value : object.parts().subList(part, part + count)) {
      parts.add(code.refine(value, new Fact.Present(object.flag(), subject)));
    }
    return Operand.of(parts);
  }

  /// Converts between primitives and boxes; other types only to themselves.
  Operand convert(Operand operand, Type from, Type to, String subject) {
    if (from.equals(to) || operand.parts().isEmpty()) {
      return operand;
    }
    if (from instanceof Type.Boxed && to instanceof Type.Boxed) {
      return operand;
    }
    if (from instanceof Type.Boxed(Primitive inner) && to instanceof Primitive primitive) {
      Value number = code.refine(operand.parts().get(1), new Fact.Present(operand.flag(), subject));
      return Operand.of(body.conversions.convert(number, inner, primitive));
    }
    if (from instanceof Primitive primitive && to instanceof Type.Boxed(Primitive inner)) {
      Value number = body.conversions.convert(operand.only(), primitive, inner);
      return Operand.pair(code.i32(1), number);
    }
    if (from instanceof Primitive source && to instanceof Primitive target) {
      return Operand.of(body.conversions.convert(operand.only(), source, target));
    }
    return operand;
  }

  /// Null of a type.
  Operand nullOf(Type type) {
    if (type instanceof Type.EnumType enumType) {
      return Operand.of(code.i32(body.numbers.nullOf(enumType)));
    }
    List<Value> parts = new ArrayList<>();
    for (org.bpf4j.compiler.ssa.Type part : body.shapes.of(type)) {
      parts.add(code.number(part, 0));
    }
    return Operand.of(parts);
  }

  /// The primitive that a number's type computes with.
  static Primitive primitiveOf(Type type) {
    return switch (type) {
      case Primitive primitive -> primitive;
      case Type.Boxed boxed -> boxed.primitive();
      case Type.EnumType _ -> Primitive.INT;
      case Type.StructType _,
          Type.ArenaType _,
          Type.RecordType _,
          Type.ViewType _,
          Type.ArrayType _,
          Type.RowType _,
          Type.AtomicType _,
          Type.MapType _,
          Type.HeldType _,
          Type.ObjectType _,
          Type.CollectionType _,
          Type.Special _ ->
          throw new CompilerBug(type + " is not a number");
    };
  }
}
