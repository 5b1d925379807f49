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
import javax.lang.model.type.TypeMirror;
import org.bpf4j.compiler.ast.Declaration.ViewKind;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Stmt;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Unit.Local;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.object.Iteration;
import org.bpf4j.object.KernelIterator;
import org.bpf4j.object.KfuncType;

/// Reads `for (T x : …)` over an array or a range as a loop that counts, and over what an iterator
/// of the kernel gives. What it goes over is evaluated once, before the first round, and no round
/// changes how many follow (JLS 14.14.2).
final class EnhancedForReader {
  private static final String HELPERS = "org.bpf4j.lang.Helpers";
  private static final String RANGE = "range";
  private static final String WALK = "org.bpf4j.lang.Walk";

  private final Source source;
  private final JavaTypes types;
  private final Scope scope;
  private final ExpressionReader expressions;
  private final StatementReader statements;
  private final KfuncReader kfuncs;

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
    this.kfuncs = new KfuncReader(source, types);
  }

  Stmt read(TreePath path, EnhancedForLoopTree tree) {
    TreePath over = Source.child(path, tree.getExpression());
    while (over.getLeaf() instanceof ParenthesizedTree outer) {
      over = Source.child(over, outer.getExpression());
    }
    Optional<Iteration> iteration = iteration(over);
    Stmt loop =
        iteration.isPresent()
            ? overIteration(path, tree, over, iteration.get())
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

  /// The iterator that a method stands for: one of `Walk`, or one that the program declares.
  private Optional<Iteration> iteration(TreePath path) {
    if (!(path.getLeaf() instanceof MethodInvocationTree call)
        || !(source.trees().getElement(path) instanceof ExecutableElement method)) {
      return Optional.empty();
    }
    return JavaTypes.owner(method).getQualifiedName().contentEquals(WALK)
        ? KernelIterator.ofMethod(method.getSimpleName().toString()).map(KernelIterator::iteration)
        : kfuncs.iteration(method, call);
  }

  private Stmt overIteration(
      TreePath path, EnhancedForLoopTree tree, TreePath over, Iteration iteration) {
    Expr.KernelCall begin =
        new Expr.KernelCall(
            iteration.asked(),
            arguments((MethodInvocationTree) over.getLeaf(), over),
            Type.Special.VOID,
            source.span(over.getLeaf()));
    return iteration.item().form() == KfuncType.Form.NUMBERS
        ? overNumbers(path, tree, begin, iteration)
        : overObjects(path, tree, begin, iteration);
  }

  /// Arguments, numbers as wide as the method takes them; of a variable number an array.
  private List<Expr> arguments(MethodInvocationTree call, TreePath over) {
    if (!(source.trees().getElement(over) instanceof ExecutableElement method)) {
      throw Rejected.quietly();
    }
    List<Expr> arguments = new ArrayList<>();
    for (int i = 0; i < call.getArguments().size(); i++) {
      Expr given = expressions.read(Source.child(over, call.getArguments().get(i)));
      TypeMirror parameter =
          method.getParameters().get(Math.min(i, method.getParameters().size() - 1)).asType();
      boolean number = given.type() instanceof Primitive || given.type() instanceof Type.Boxed;
      arguments.add(
          method.isVarArgs() && number
              ? Conversions.to(Primitive.LONG, given)
              : types.of(parameter).map(type -> Conversions.to(type, given)).orElse(given));
    }
    boolean listed = arguments.stream().allMatch(each -> each.type() == Primitive.LONG);
    return method.isVarArgs() && listed
        ? List.of(
            new Expr.NewArray(
                arguments.size(),
                arguments,
                new Type.ArrayType(Primitive.LONG),
                source.span(over.getLeaf())))
        : arguments;
  }

  /// What an iterator shows is a number, which each round has in a variable of its own.
  private Stmt overNumbers(
      TreePath path, EnhancedForLoopTree tree, Expr.KernelCall begin, Iteration iteration) {
    Primitive shown = iteration.item().bytes() == Long.BYTES ? Primitive.LONG : Primitive.INT;
    Local number = scope.temporary("number", shown);
    Element variable = variable(path, tree);
    Type type = types.of(variable.asType()).orElseThrow(Rejected::quietly);
    Local local = scope.declare(variable, type);
    Expr each = Conversions.to(type, new Expr.LocalPlace(number, begin.span()));
    Stmt body =
        new Stmt.Block(
            List.of(
                new Stmt.Declare(local, Optional.of(each), begin.span()),
                statements.read(Source.child(path, tree.getStatement()))),
            source.span(tree));
    return new Stmt.Each(begin, iteration, number, body, source.span(tree));
  }

  private Stmt overObjects(
      TreePath path, EnhancedForLoopTree tree, Expr.KernelCall begin, Iteration iteration) {
    Element variable = variable(path, tree);
    Optional<Type> type = types.of(variable.asType());
    if (!(type.orElse(null) instanceof Type.ViewType(String view))
        || !types.isView(view, ViewKind.KERNEL_STRUCT)) {
      throw source.reject(
          Code.BPF1005,
          tree.getExpression(),
          "what the kernel gives is seen through a view",
          "a @KernelStruct interface for " + iteration.item().struct());
    }
    Local item = scope.declare(variable, type.get());
    return new Stmt.Each(
        begin,
        iteration,
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
          "only arrays, ranges and iterators of the kernel can be iterated",
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
