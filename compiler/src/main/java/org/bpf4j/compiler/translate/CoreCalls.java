package org.bpf4j.compiler.translate;

import java.util.List;
import org.bpf4j.compiler.ast.Declaration.Accessor;
import org.bpf4j.compiler.ast.Declaration.ViewDecl;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.ssa.Inst.BinaryOp;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.CoreRelocation.Kind;

/// Questions about the kernel's types: each is a constant that the loader fills in.
final class CoreCalls {
  private final Body body;
  private final Code code;
  private final KernelViews views;

  CoreCalls(Body body) {
    this.body = body;
    this.code = body.code;
    this.views = new KernelViews(body);
  }

  Operand call(Expr.LibraryCall call) {
    body.at(call.span());
    Value answer =
        switch (call.arguments().getFirst()) {
          case Expr.ClassLiteral(String view, _) -> ask(call, body.shapes.declaration(view));
          case Expr.Text(String type, _) -> constant(call, type);
          default -> throw new CompilerBug("nothing to ask for: " + call);
        };
    return switch (Expressions.primitiveOf(call.type())) {
      case BOOLEAN -> Operand.of(code.compare(CompareOp.NE, answer, 0));
      case Primitive type -> Operand.of(body.conversions.convert(answer, Primitive.LONG, type));
    };
  }

  private Value ask(Expr.LibraryCall call, ViewDecl view) {
    if (call.arguments().size() > 1) {
      String name = ((Expr.Text) call.arguments().get(1)).value();
      return views.ask(fieldQuestion(call), view, Views.accessor(view, name));
    }
    Kind question = typeQuestion(call);
    Value answer = KernelViews.core(code, question, view.name(), "");
    if (question == Kind.TYPE_MATCHES) {
      for (Accessor accessor : view.accessors()) {
        if (!accessor.isPlain()) {
          Value there = views.ask(Kind.FIELD_EXISTS, view, accessor);
          answer = code.binary(BinaryOp.AND, answer, there);
        }
      }
    }
    return answer;
  }

  /// The path of an enumerator holds the number that the program has for it.
  private Value constant(Expr.LibraryCall call, String type) {
    List<Expr> arguments = call.arguments();
    String name = ((Expr.Text) arguments.get(1)).value();
    long value = ((Expr.Literal) arguments.get(2)).value();
    return KernelViews.core(code, constantQuestion(call), type, name + "=" + value);
  }

  private static Kind fieldQuestion(Expr.LibraryCall call) {
    return switch (call.method()) {
      case CORE_HAS_FIELD -> Kind.FIELD_EXISTS;
      case CORE_OFFSET_OF -> Kind.FIELD_BYTE_OFFSET;
      case CORE_SIZE_OF -> Kind.FIELD_BYTE_SIZE;
      case CORE_IS_SIGNED -> Kind.FIELD_SIGNED;
      case CORE_LEFT_SHIFT -> Kind.FIELD_LSHIFT_U64;
      case CORE_RIGHT_SHIFT -> Kind.FIELD_RSHIFT_U64;
      default -> throw new CompilerBug(call.method() + " of a field");
    };
  }

  private static Kind typeQuestion(Expr.LibraryCall call) {
    return switch (call.method()) {
      case CORE_HAS_TYPE -> Kind.TYPE_EXISTS;
      case CORE_SIZE_OF -> Kind.TYPE_SIZE;
      case CORE_MATCHES -> Kind.TYPE_MATCHES;
      case CORE_LOCAL_TYPE_ID -> Kind.TYPE_ID_LOCAL;
      case CORE_KERNEL_TYPE_ID -> Kind.TYPE_ID_TARGET;
      default -> throw new CompilerBug(call.method() + " of a type");
    };
  }

  private static Kind constantQuestion(Expr.LibraryCall call) {
    return switch (call.method()) {
      case CORE_HAS_CONSTANT -> Kind.ENUMVAL_EXISTS;
      case CORE_VALUE_OF -> Kind.ENUMVAL_VALUE;
      default -> throw new CompilerBug(call.method() + " of a constant");
    };
  }
}
