package org.bpf4j.processor.read;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.util.TreePath;
import java.util.Optional;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Type.Special;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Span;
import org.jspecify.annotations.Nullable;

/// Reads expressions: dispatches on the tree and makes Java's silent conversions visible.
final class ExpressionReader {
  private final Source source;
  private final JavaTypes types;
  private final Constants constants;
  private final OperatorReader operators;
  private final NameReader names;
  private final CallReader calls;
  private final CreationReader creations;
  private final StatementReader statements;
  private final PatternReader patterns;

  ExpressionReader(Source source, JavaTypes types, Scope scope, StatementReader statements) {
    this.source = source;
    this.types = types;
    this.constants = new Constants(source.trees());
    this.operators = new OperatorReader(source, this);
    this.names = new NameReader(source, types, scope, this);
    this.calls = new CallReader(source, types, scope, this);
    this.creations = new CreationReader(source, types, this, calls);
    this.statements = statements;
    this.patterns = new PatternReader(source, types, scope, this);
  }

  /// Reads calls.
  CallReader calls() {
    return calls;
  }

  /// Reads an expression and converts it to the type that its context wants.
  Expr read(TreePath path, Type target) {
    return Conversions.to(target, read(path));
  }

  /// Reads an expression with its own type.
  Expr read(TreePath path) {
    ExpressionTree tree = (ExpressionTree) path.getLeaf();
    refuseFloatingPoint(source.trees().getTypeMirror(path), tree);
    Optional<Expr> constant = constant(path, tree);
    if (constant.isPresent()) {
      return constant.get();
    }
    return switch (tree) {
      case ParenthesizedTree p -> read(Source.child(path, p.getExpression()));
      case LiteralTree literal -> literal(literal);
      case IdentifierTree identifier -> names.identifier(path, identifier);
      case MemberSelectTree select -> names.select(path, select);
      case ArrayAccessTree access -> element(path, access);
      case UnaryTree unary -> operators.unary(path, unary);
      case BinaryTree binary -> operators.binary(path, binary);
      case AssignmentTree assignment -> operators.assign(path, assignment);
      case CompoundAssignmentTree compound -> operators.compound(path, compound);
      case ConditionalExpressionTree conditional -> conditional(path, conditional);
      case TypeCastTree cast -> cast(path, cast);
      case MethodInvocationTree call ->
          creations
              .filled(path, call)
              .or(() -> creations.string(path, call))
              .orElseGet(() -> calls.read(path, call));
      case NewClassTree creation -> creations.object(path, creation);
      case NewArrayTree creation -> creations.array(path, creation);
      case SwitchExpressionTree s -> statements.switches().expression(path, s);
      case LambdaExpressionTree _, MemberReferenceTree _ ->
          throw source.reject(
              Code.BPF1016,
              tree,
              "a lambda or method reference cannot be called here",
              "call a static method");
      case InstanceOfTree test -> patterns.instanceOf(path, test);
      default ->
          throw source.reject(
              Code.BPF1006,
              tree,
              "this kind of expression cannot be compiled to BPF",
              "use arithmetic, calls of static methods, structs, records and maps");
    };
  }

  /// The type of an expression, which must be one that BPF code can use.
  Type type(TreePath path) {
    TypeMirror mirror = mirror(path);
    return types
        .of(mirror)
        .orElseThrow(
            () ->
                source.reject(
                    Code.BPF1008,
                    path.getLeaf(),
                    "BPF code cannot use the type " + mirror,
                    "use " + StandardLibrary.insteadOf(mirror)));
  }

  /// javac's type of an expression; gives up quietly where javac reported an error.
  TypeMirror mirror(TreePath path) {
    TypeMirror mirror = source.trees().getTypeMirror(path);
    if (mirror == null || mirror.getKind() == TypeKind.ERROR) {
      throw Rejected.quietly();
    }
    return mirror;
  }

  CreationReader creations() {
    return creations;
  }

  PatternReader patterns() {
    return patterns;
  }

  Constants constants() {
    return constants;
  }

  /// Refuses a tree of a floating-point type.
  void refuseFloatingPoint(@Nullable TypeMirror mirror, Tree tree) {
    if (mirror == null) {
      return;
    }
    if (mirror.getKind() == TypeKind.ERROR) {
      throw Rejected.quietly();
    }
    if (mirror.getKind() == TypeKind.FLOAT || mirror.getKind() == TypeKind.DOUBLE) {
      throw source.reject(
          Code.BPF1001,
          tree,
          "`" + mirror + "`: BPF has no floating point",
          "scale to long: parts per million, or a shift");
    }
  }

  private Optional<Expr> constant(TreePath path, ExpressionTree tree) {
    if (tree instanceof LiteralTree
        || tree instanceof ParenthesizedTree
        || tree instanceof AssignmentTree) {
      return Optional.empty();
    }
    Optional<Type> type = types.of(mirror(path));
    return constants
        .evaluate(path)
        .flatMap(
            value ->
                switch (value) {
                  case Number n when type.isPresent() && type.get() instanceof Primitive p ->
                      Optional.of(
                          new Expr.Literal(
                              p, Conversions.narrow(p, n.longValue()), source.span(tree)));
                  case Boolean b ->
                      Optional.of(
                          new Expr.Literal(Primitive.BOOLEAN, b ? 1 : 0, source.span(tree)));
                  case String s -> Optional.of(new Expr.Text(s, source.span(tree)));
                  default -> Optional.empty();
                });
  }

  private Expr literal(LiteralTree tree) {
    Span span = source.span(tree);
    return switch (tree.getValue()) {
      case null -> new Expr.Null(span);
      case Integer i -> new Expr.Literal(Primitive.INT, i, span);
      case Long l -> new Expr.Literal(Primitive.LONG, l, span);
      case Character c -> new Expr.Literal(Primitive.CHAR, c, span);
      case Boolean b -> new Expr.Literal(Primitive.BOOLEAN, b ? 1 : 0, span);
      case String s -> new Expr.Text(s, span);
      default -> throw source.reject(Code.BPF1006, tree, "this literal has no BPF form", "");
    };
  }

  private Expr element(TreePath path, ArrayAccessTree tree) {
    Expr array = read(Source.child(path, tree.getExpression()));
    Expr index = read(Source.child(path, tree.getIndex()), Primitive.INT);
    return new Expr.ElementPlace(array, index, type(path), source.span(tree));
  }

  private Expr conditional(TreePath path, ConditionalExpressionTree tree) {
    Type type = type(path);
    return new Expr.Conditional(
        read(Source.child(path, tree.getCondition()), Primitive.BOOLEAN),
        read(Source.child(path, tree.getTrueExpression()), type),
        read(Source.child(path, tree.getFalseExpression()), type),
        type,
        source.span(tree));
  }

  private Expr cast(TreePath path, TypeCastTree tree) {
    Type type = type(path);
    Expr operand = read(Source.child(path, tree.getExpression()));
    boolean possible =
        JavaTypes.unboxed(type).isPresent()
            ? JavaTypes.unboxed(operand.type()).isPresent() || operand.type() == Special.NULL
            : type.equals(operand.type()) || operand.type() == Special.NULL;
    if (!possible) {
      throw source.reject(
          Code.BPF1006,
          tree,
          "a cast from "
              + mirror(Source.child(path, tree.getExpression()))
              + " needs a type at run time",
          "cast numbers only");
    }
    Expr converted = Conversions.to(type, operand);
    return converted instanceof Expr.Literal(Type t, long value, _)
        ? new Expr.Literal(t, value, source.span(tree))
        : converted;
  }

  /// Reads something that can be assigned.
  Expr.Place place(TreePath path) {
    Tree tree = path.getLeaf();
    if (tree instanceof ParenthesizedTree p) {
      return place(Source.child(path, p.getExpression()));
    }
    if (read(path) instanceof Expr.Place place) {
      return place;
    }
    throw source.reject(
        Code.BPF1006, tree, "this cannot be assigned in BPF code", "assign a local or a field");
  }
}
