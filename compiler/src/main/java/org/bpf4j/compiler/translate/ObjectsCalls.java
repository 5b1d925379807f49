package org.bpf4j.compiler.translate;

import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Value;

/// Methods of `java.util.Objects` on what may be null.
///
/// `requireNonNull` aborts where Java throws: whoever writes it has decided so, while a null that
/// nobody thought of is an error when the program is compiled.
final class ObjectsCalls {
  private final Body body;
  private final Code code;

  ObjectsCalls(Body body) {
    this.body = body;
    this.code = body.code;
  }

  Operand call(Expr.LibraryCall call) {
    Expr first = call.arguments().getFirst();
    return switch (call.method()) {
      case IS_NULL -> Operand.of(body.conditions.isNull(new Expr.IsNull(first, call.span())));
      case NON_NULL -> {
        Value isNull = body.conditions.isNull(new Expr.IsNull(first, call.span()));
        yield Operand.of(body.conditions.not(isNull));
      }
      case REQUIRE_NON_NULL -> {
        Operand operand = body.expressions.valueAs(first, call.type());
        body.at(call.span());
        body.conditions.requireNonNull(operand, call.type());
        yield operand;
      }
      case REQUIRE_NON_NULL_ELSE -> orElse(call, first, call.arguments().getLast());
      case OBJECTS_EQUALS -> {
        Operand left = body.expressions.valueAs(first, first.type());
        Operand right = body.expressions.valueAs(call.arguments().getLast(), first.type());
        body.at(call.span());
        yield Operand.of(body.conditions.equal(left, right));
      }
      default -> throw new CompilerBug(call.method() + " of an object");
    };
  }

  private Operand orElse(Expr.LibraryCall call, Expr first, Expr other) {
    Type type = call.type();
    Operand wanted = body.expressions.valueAs(first, type);
    Operand instead = body.expressions.valueAs(other, type);
    body.at(call.span());
    Draft missing = code.ssa().newBlock();
    Draft there = code.ssa().newBlock();
    Draft join = code.ssa().newBlock();
    Slot result = body.expressions.temporary(type);
    Value flag = wanted.flag();
    long nothing = type instanceof Type.EnumType e ? body.numbers.nullOf(e) : 0;
    code.ssa().branch(CompareOp.EQ, flag, code.number(flag.type(), nothing), missing, there);
    code.ssa().enterSealed(there);
    result.write(code.ssa(), wanted);
    code.ssa().jump(join);
    code.ssa().enterSealed(missing);
    body.conditions.requireNonNull(instead, type);
    result.write(code.ssa(), instead);
    code.ssa().jump(join);
    code.ssa().enterSealed(join);
    return result.read(code.ssa());
  }
}
