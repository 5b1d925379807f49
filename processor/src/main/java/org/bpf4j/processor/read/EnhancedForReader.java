package org.bpf4j.processor.read;

import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import org.bpf4j.compiler.ast.Declaration.ViewKind;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Stmt;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Unit.Local;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.object.KernelIterator;

/// Reads `for (T x : …)` over an array or a range as a loop that counts. What it goes over is
/// evaluated once, before the first round, and no round changes how many follow (JLS 14.14.2).
final class EnhancedForReader {
  private static final String HELPERS = "org.bpf4j.lang.Helpers";
  private static final String RANGE = "range";
  private static final String WALK = "org.bpf4j.lang.Walk";

  private final Source source;
  private final JavaTypes types;
  private final Scope scope;
  private final ExpressionReader expressions;
  private final StatementReader statements;

  EnhancedForReader(
      Source source,
      JavaTypes types,
      Scope scope,
      ExpressionReader expressions,
      StatementReader statements) {
    this.source = source;
    this.types = types;
    this.scope = scope;
    this.expressions = expressions;
    this.statements = statements;
  }

  Stmt read(TreePath path, EnhancedForLoopTree tree) {
    TreePath over = Source.child(path, tree.getExpression());
    while (over.getLeaf() instanceof ParenthesizedTree outer) {
      over = Source.child(over, outer.getExpression());
    }
    Optional<KernelIterator> iterator = iterator(over);
    Stmt loop =
        iterator.isPresent()
            ? overObjects(path, tree, over, iterator.get())
            : range(over).isPresent() ? overRange(path, tree, over) : overArray(path, tree, over);
    return statements.budgeted(variable(path, tree), tree.getVariable(), loop);
  }

  /// The call of `Helpers.range` that an expression is.
  private Optional<MethodInvocationTree> range(TreePath path) {
    return path.getLeaf() instanceof MethodInvocationTree call
            && source.trees().getElement(path) instanceof ExecutableElement method
            && method.getSimpleName().contentEquals(RANGE)
            && JavaTypes.owner(method).getQualifiedName().contentEquals(HELPERS)
        ? Optional.of(call)
        : Optional.empty();
  }

  private Optional<KernelIterator> iterator(TreePath path) {
    return path.getLeaf() instanceof MethodInvocationTree
            && source.trees().getElement(path) instanceof ExecutableElement method
            && JavaTypes.owner(method).getQualifiedName().contentEquals(WALK)
        ? KernelIterator.ofMethod(method.getSimpleName().toString())
        : Optional.empty();
  }

  private Stmt overObjects(
      TreePath path, EnhancedForLoopTree tree, TreePath over, KernelIterator iterator) {
    List<Expr> arguments = new ArrayList<>();
    for (ExpressionTree argument : ((MethodInvocationTree) over.getLeaf()).getArguments()) {
      Expr given = expressions.read(Source.child(over, argument));
      arguments.add(
          given.type() instanceof Primitive ? Conversions.to(Primitive.LONG, given) : given);
    }
    Element variable = variable(path, tree);
    Optional<Type> type = types.of(variable.asType());
    if (!(type.orElse(null) instanceof Type.ViewType(String view))
        || !types.isView(view, ViewKind.KERNEL_STRUCT)) {
      throw source.reject(
          Code.BPF1005,
          tree.getExpression(),
          "what the kernel gives is seen through a view",
          "a @KernelStruct interface for " + iterator.item());
    }
    Local item = scope.declare(variable, type.get());
    return new Stmt.Each(
        new Expr.KernelCall(
            iterator.asked(), arguments, Type.Special.VOID, source.span(over.getLeaf())),
        iterator,
        item,
        statements.read(Source.child(path, tree.getStatement())),
        source.span(tree));
  }

  private Stmt overRange(TreePath path, EnhancedForLoopTree tree, TreePath over) {
    Span at = source.span(over.getLeaf());
    List<Expr> bounds = new ArrayList<>();
    for (ExpressionTree bound : range(over).orElseThrow().getArguments()) {
      bounds.add(expressions.read(Source.child(over, bound), Primitive.INT));
    }
    if (bounds.size() == 1) {
      bounds.addFirst(new Expr.Literal(Primitive.INT, 0, at));
    }
    Local number = scope.temporary("number", Primitive.INT);
    Local end = scope.temporary("end", Primitive.INT);
    return counting(
        path,
        tree,
        List.of(
            new Stmt.Declare(number, Optional.of(bounds.getFirst()), at),
            new Stmt.Declare(end, Optional.of(bounds.getLast()), at)),
        new Expr.LocalPlace(number, at),
        new Expr.LocalPlace(end, at),
        new Expr.LocalPlace(number, at));
  }

  private Stmt overArray(TreePath path, EnhancedForLoopTree tree, TreePath over) {
    Expr array = expressions.read(over);
    if (!(array.type() instanceof Type.ArrayType(Type elementType))) {
      throw source.reject(
          Code.BPF1005,
          tree.getExpression(),
          "only arrays, ranges and what Walk gives can be iterated",
          "for (int i : Helpers.range(0, n)) …");
    }
    Span at = source.span(tree.getExpression());
    Local elements = scope.temporary("array", array.type());
    Local index = scope.temporary("index", Primitive.INT);
    Expr.LocalPlace indexPlace = new Expr.LocalPlace(index, at);
    Expr.LocalPlace arrayPlace = new Expr.LocalPlace(elements, at);
    return counting(
        path,
        tree,
        List.of(
            new Stmt.Declare(elements, Optional.of(array), at),
            new Stmt.Declare(index, Optional.of(new Expr.Literal(Primitive.INT, 0, at)), at)),
        indexPlace,
        new Expr.ArrayLength(arrayPlace, at),
        new Expr.ElementPlace(arrayPlace, indexPlace, elementType, at));
  }

  /// The loop from what a counter is up to its end, with the variable that each round has.
  private Stmt counting(
      TreePath path,
      EnhancedForLoopTree tree,
      List<Stmt> init,
      Expr.LocalPlace counter,
      Expr end,
      Expr each) {
    Span span = source.span(tree);
    Span at = counter.span();
    Element variable = variable(path, tree);
    Type type = types.of(variable.asType()).orElseThrow(Rejected::quietly);
    Local local = scope.declare(variable, type);
    Stmt body =
        new Stmt.Block(
            List.of(
                new Stmt.Declare(local, Optional.of(Conversions.to(type, each)), at),
                statements.read(Source.child(path, tree.getStatement()))),
            span);
    return new Stmt.For(
        init,
        Optional.of(new Expr.Binary(Expr.BinaryOp.LT, counter, end, Primitive.BOOLEAN, at)),
        List.of(new Expr.Increment(counter, true, 1, Primitive.INT, at)),
        body,
        span);
  }

  private Element variable(TreePath path, EnhancedForLoopTree tree) {
    Element variable = source.trees().getElement(Source.child(path, tree.getVariable()));
    if (variable == null) {
      throw Rejected.quietly();
    }
    return variable;
  }
}
