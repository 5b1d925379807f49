package org.bpf4j.processor.read;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.ExecutableElement;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;

/// Reads what is handed to BPF functions.
final class ArgumentReader {
  private final Source source;
  private final ExpressionReader expressions;
  private final CallReader calls;

  ArgumentReader(Source source, ExpressionReader expressions, CallReader calls) {
    this.source = source;
    this.expressions = expressions;
    this.calls = calls;
  }

  /// The arguments of a call, as many as the method has parameters.
  ///
  /// @param bound what the types of the parameters stand for
  List<Expr> read(
      TreePath path, MethodInvocationTree tree, ExecutableElement method, JavaTypes bound) {
    List<Expr> arguments =
        method.isVarArgs()
            ? variable(path, tree, method, bound)
            : calls.arguments(path, tree.getArguments(), method, bound);
    refuseTexts(arguments);
    return arguments;
  }

  private void refuseTexts(List<Expr> arguments) {
    for (Expr argument : arguments) {
      if (argument instanceof Expr.Text text) {
        source.report(
            Diagnostic.error(
                Code.BPF1004,
                text.span(),
                "a constant text cannot be handed to BPF code: there is none at run time",
                "compare it where it is, or pass a number or a BpfString"));
      }
    }
  }

  /// Arguments of a method with variable arity, the last of them in an array that the call creates,
  /// unless one is passed.
  private List<Expr> variable(
      TreePath path, MethodInvocationTree tree, ExecutableElement method, JavaTypes bound) {
    int fixed = method.getParameters().size() - 1;
    List<? extends ExpressionTree> trees = tree.getArguments();
    List<Expr> arguments =
        new ArrayList<>(calls.arguments(path, trees.subList(0, fixed), method, bound));
    Type type = bound.of(method.getParameters().getLast().asType()).orElseThrow(Rejected::quietly);
    List<Expr> rest = new ArrayList<>();
    for (ExpressionTree argument : trees.subList(fixed, trees.size())) {
      rest.add(expressions.read(Source.child(path, argument)));
    }
    if (rest.size() == 1 && rest.getFirst().type().equals(type)) {
      arguments.add(rest.getFirst());
      return arguments;
    }
    Type element = ((Type.ArrayType) type).element();
    if (!CreationReader.isValue(element)) {
      throw source.reject(
          Code.BPF1003,
          tree,
          "a call with variable arguments creates an array, which cannot hold references",
          "overload the method for as many arguments as you need");
    }
    List<Expr> elements = rest.stream().map(each -> Conversions.to(element, each)).toList();
    arguments.add(new Expr.NewArray(elements.size(), elements, type, source.span(tree)));
    return arguments;
  }
}
