package org.bpf4j.processor.read;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeMirror;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Stmt;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Special;
import org.bpf4j.compiler.ast.Unit.Local;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Span;

/// Reads lambdas and method references that are arguments of library methods.
///
/// A method reference becomes a lambda that calls the method. Their types are those of the
/// functional interface's method, as javac inferred them.
final class LambdaReader {
  private final Source source;
  private final JavaTypes types;
  private final Scope scope;
  private final ExpressionReader expressions;
  private final CallReader calls;

  /// What the functional interface's method takes and gives.
  private record Signature(List<Type> parameters, Type result) {}

  LambdaReader(
      Source source, JavaTypes types, Scope scope, ExpressionReader expressions, CallReader calls) {
    this.source = source;
    this.types = types;
    this.scope = scope;
    this.expressions = expressions;
    this.calls = calls;
  }

  /// Whether an argument is code.
  static boolean isCode(ExpressionTree tree) {
    return tree instanceof LambdaExpressionTree || tree instanceof MemberReferenceTree;
  }

  Expr.Lambda read(TreePath path) {
    Signature signature = signature(path);
    return switch (path.getLeaf()) {
      case LambdaExpressionTree lambda -> lambda(path, lambda, signature);
      case MemberReferenceTree reference -> reference(path, reference, signature);
      default -> throw Rejected.quietly();
    };
  }

  private Signature signature(TreePath path) {
    if (!(expressions.mirror(path) instanceof DeclaredType functional)) {
      throw Rejected.quietly();
    }
    ExecutableType method = types.functionOf(functional).orElseThrow(Rejected::quietly);
    List<Type> parameters = new ArrayList<>();
    for (TypeMirror parameter : method.getParameterTypes()) {
      parameters.add(type(parameter, path));
    }
    return new Signature(parameters, type(method.getReturnType(), path));
  }

  private Type type(TypeMirror mirror, TreePath path) {
    return types
        .of(mirror)
        .orElseThrow(
            () ->
                source.reject(
                    Code.BPF1008, path.getLeaf(), "BPF code cannot use the type " + mirror, ""));
  }

  private Expr.Lambda lambda(TreePath path, LambdaExpressionTree tree, Signature signature) {
    Span span = source.span(tree);
    List<Local> parameters = new ArrayList<>();
    for (int i = 0; i < tree.getParameters().size(); i++) {
      VariableTree variable = tree.getParameters().get(i);
      Element element = source.trees().getElement(Source.child(path, variable));
      if (element == null) {
        throw Rejected.quietly();
      }
      Type type = types.of(element.asType()).orElse(signature.parameters().get(i));
      parameters.add(scope.declare(element, type));
    }
    TreePath inside = Source.child(path, tree.getBody());
    Stmt.Block body =
        tree.getBody() instanceof BlockTree
            ? new StatementReader(source, types, scope, signature.result()).block(inside)
            : result(expressions.read(inside, signature.result()), signature, span);
    return new Expr.Lambda(parameters, signature.result(), body, span);
  }

  /// A body that is an expression.
  private static Stmt.Block result(Expr value, Signature signature, Span span) {
    Stmt only =
        signature.result() == Special.VOID
            ? new Stmt.Evaluate(value, value.span())
            : new Stmt.Return(Optional.of(Conversions.to(signature.result(), value)), value.span());
    return new Stmt.Block(List.of(only), span);
  }

  private Expr.Lambda reference(TreePath path, MemberReferenceTree tree, Signature signature) {
    if (!(source.trees().getElement(path) instanceof ExecutableElement method)) {
      throw Rejected.quietly();
    }
    Span span = source.span(tree);
    List<Local> parameters = new ArrayList<>();
    List<Expr> arguments = new ArrayList<>();
    for (Type type : signature.parameters()) {
      Local parameter = scope.temporary("argument" + parameters.size(), type);
      parameters.add(parameter);
      arguments.add(new Expr.LocalPlace(parameter, span));
    }
    boolean isStatic = method.getModifiers().contains(Modifier.STATIC);
    if (!isStatic && arguments.size() == method.getParameters().size()) {
      arguments.addFirst(receiver(path, tree));
    }
    Expr call = calls.referred(tree, method, arguments);
    return new Expr.Lambda(parameters, signature.result(), result(call, signature, span), span);
  }

  /// The object of `object::method`: a name, which has no effect when it is read again.
  private Expr receiver(TreePath path, MemberReferenceTree tree) {
    Expr receiver = expressions.read(Source.child(path, tree.getQualifierExpression()));
    if (receiver instanceof Expr.LocalPlace || receiver instanceof Expr.GlobalPlace) {
      return receiver;
    }
    throw source.reject(
        Code.BPF1016,
        tree.getQualifierExpression(),
        "the object of a method reference is evaluated once, before the calls",
        "assign it to a local variable first");
  }
}
