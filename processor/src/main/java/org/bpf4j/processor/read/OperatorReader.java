package org.bpf4j.processor.read;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.util.TreePath;
import java.util.Optional;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Expr.BinaryOp;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Type.Special;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Span;

/// Reads operators: arithmetic with its promotions, comparisons, assignments.
final class OperatorReader {
  private final Source source;
  private final ExpressionReader expressions;

  OperatorReader(Source source, ExpressionReader expressions) {
    this.source = source;
    this.expressions = expressions;
  }

  Expr unary(TreePath path, UnaryTree tree) {
    TreePath operand = Source.child(path, tree.getExpression());
    Span span = source.span(tree);
    return switch (tree.getKind()) {
      case UNARY_PLUS -> promoted(expressions.read(operand), tree);
      case UNARY_MINUS -> unary(Expr.UnaryOp.NEGATE, operand, tree);
      case BITWISE_COMPLEMENT -> unary(Expr.UnaryOp.COMPLEMENT, operand, tree);
      case LOGICAL_COMPLEMENT ->
          new Expr.Unary(
              Expr.UnaryOp.NOT,
              expressions.read(operand, Primitive.BOOLEAN),
              Primitive.BOOLEAN,
              span);
      case PREFIX_INCREMENT -> increment(operand, true, 1, span);
      case PREFIX_DECREMENT -> increment(operand, true, -1, span);
      case POSTFIX_INCREMENT -> increment(operand, false, 1, span);
      case POSTFIX_DECREMENT -> increment(operand, false, -1, span);
      default -> throw source.reject(Code.BPF1006, tree, "this operator has no BPF form", "");
    };
  }

  private Expr unary(Expr.UnaryOp op, TreePath operand, UnaryTree tree) {
    Expr value = promoted(expressions.read(operand), tree);
    return new Expr.Unary(op, value, value.type(), source.span(tree));
  }

  private Expr promoted(Expr value, Tree tree) {
    Primitive primitive = primitive(value, tree);
    return Conversions.to(JavaTypes.promoted(primitive), value);
  }

  private Expr increment(TreePath path, boolean prefix, int delta, Span span) {
    Expr.Place place = numericPlace(path);
    return new Expr.Increment(place, prefix, delta, place.type(), span);
  }

  private Expr.Place numericPlace(TreePath path) {
    Expr.Place place = expressions.place(path);
    if (!(place.type() instanceof Primitive)) {
      throw source.reject(
          Code.BPF1006,
          path.getLeaf(),
          "arithmetic on a boxed variable would create objects",
          "use a primitive variable");
    }
    return place;
  }

  Expr assign(TreePath path, AssignmentTree tree) {
    TreePath variable = Source.child(path, tree.getVariable());
    if (expressions.constants().evaluate(variable).isPresent()) {
      throw source.reject(
          Code.BPF1008,
          tree,
          "a variable of type String keeps its first value in BPF code",
          "declare another one, or name the text where it is used");
    }
    Expr.Place target = expressions.place(variable);
    Expr value = expressions.read(Source.child(path, tree.getExpression()), target.type());
    boolean reference =
        target instanceof Expr.FieldPlace
            || target instanceof Expr.ElementPlace
            || target instanceof Expr.GlobalPlace;
    if (reference && !isStorable(target.type())) {
      throw source.reject(
          Code.BPF2013,
          tree,
          "a reference to a struct, view or buffer cannot be stored: what it refers to may be gone",
          "keep it in a local, or copy with Helpers.copy(from, to)");
    }
    return new Expr.Assign(target, value, target.type(), source.span(tree));
  }

  private static boolean isStorable(Type type) {
    return type instanceof Primitive
        || type instanceof Type.EnumType
        || type instanceof Type.RecordType
        || type instanceof Type.ArenaType;
  }

  Expr compound(TreePath path, CompoundAssignmentTree tree) {
    Expr.Place target = numericPlace(Source.child(path, tree.getVariable()));
    Expr value = expressions.read(Source.child(path, tree.getExpression()));
    BinaryOp op = compoundOp(tree.getKind(), tree);
    Primitive left = (Primitive) target.type();
    Primitive right = primitive(value, tree.getExpression());
    Primitive operation = operationType(op, left, right);
    Primitive valueType = op.isShift() ? JavaTypes.promoted(right) : operation;
    return new Expr.CompoundAssign(
        op, target, Conversions.to(valueType, value), operation, left, source.span(tree));
  }

  private static Primitive operationType(BinaryOp op, Primitive left, Primitive right) {
    if (left == Primitive.BOOLEAN) {
      return Primitive.BOOLEAN;
    }
    return op.isShift() ? JavaTypes.promoted(left) : JavaTypes.promoted(left, right);
  }

  private Primitive primitive(Expr value, Tree tree) {
    return JavaTypes.unboxed(value.type())
        .orElseThrow(
            () ->
                value.type() == Special.TEXT
                    ? source.reject(
                        Code.BPF1004,
                        tree,
                        "texts cannot be joined: BPF has no memory to put the result in",
                        "print the parts with Helpers.printk(\"%s %d\", …), or fill a BpfString")
                    : source.reject(
                        Code.BPF1006, tree, "this operator needs numbers or booleans", ""));
  }

  Expr binary(TreePath path, BinaryTree tree) {
    Expr left = expressions.read(Source.child(path, tree.getLeftOperand()));
    Expr right = expressions.read(Source.child(path, tree.getRightOperand()));
    Span span = source.span(tree);
    return switch (tree.getKind()) {
      case CONDITIONAL_AND, CONDITIONAL_OR ->
          new Expr.Logical(
              tree.getKind() == Tree.Kind.CONDITIONAL_AND,
              Conversions.to(Primitive.BOOLEAN, left),
              Conversions.to(Primitive.BOOLEAN, right),
              span);
      case EQUAL_TO -> equality(left, right, tree, span);
      case NOT_EQUAL_TO -> negated(equality(left, right, tree, span));
      default -> arithmetic(operator(tree.getKind(), tree), left, right, tree, span);
    };
  }

  private static Expr negated(Expr equality) {
    return equality instanceof Expr.Binary(_, Expr left, Expr right, Type type, Span span)
        ? new Expr.Binary(BinaryOp.NE, left, right, type, span)
        : new Expr.Unary(Expr.UnaryOp.NOT, equality, Primitive.BOOLEAN, equality.span());
  }

  private Expr equality(Expr left, Expr right, BinaryTree tree, Span span) {
    if (right.type() == Special.NULL) {
      return new Expr.IsNull(left, span);
    }
    if (left.type() == Special.NULL) {
      return new Expr.IsNull(right, span);
    }
    if (left.type() instanceof Type.EnumType
        || left.type() instanceof Type.ArenaType && right.type() instanceof Type.ArenaType) {
      return new Expr.Binary(BinaryOp.EQ, left, right, Primitive.BOOLEAN, span);
    }
    if (left.type() instanceof Primitive || right.type() instanceof Primitive) {
      return arithmetic(BinaryOp.EQ, left, right, tree, span);
    }
    throw source.reject(
        Code.BPF1010,
        tree,
        "`==` compares references, which mean nothing in BPF",
        left.type() instanceof Type.RecordType
            ? "use equals(…), which compares the components"
            : "compare what they hold");
  }

  private Expr arithmetic(BinaryOp op, Expr left, Expr right, BinaryTree tree, Span span) {
    Primitive leftType = primitive(left, tree);
    Primitive rightType = primitive(right, tree);
    if (op.isShift()) {
      Primitive type = JavaTypes.promoted(leftType);
      return new Expr.Binary(
          op,
          Conversions.to(type, left),
          Conversions.to(JavaTypes.promoted(rightType), right),
          type,
          span);
    }
    Primitive operand =
        leftType == Primitive.BOOLEAN ? Primitive.BOOLEAN : JavaTypes.promoted(leftType, rightType);
    return new Expr.Binary(
        op,
        Conversions.to(operand, left),
        Conversions.to(operand, right),
        op.isComparison() ? Primitive.BOOLEAN : operand,
        span);
  }

  private BinaryOp operator(Tree.Kind kind, Tree tree) {
    return switch (kind) {
      case PLUS -> BinaryOp.ADD;
      case MINUS -> BinaryOp.SUB;
      case MULTIPLY -> BinaryOp.MUL;
      case DIVIDE -> BinaryOp.DIV;
      case REMAINDER -> BinaryOp.REM;
      case AND -> BinaryOp.AND;
      case OR -> BinaryOp.OR;
      case XOR -> BinaryOp.XOR;
      case LEFT_SHIFT -> BinaryOp.SHL;
      case RIGHT_SHIFT -> BinaryOp.SHR;
      case UNSIGNED_RIGHT_SHIFT -> BinaryOp.USHR;
      case LESS_THAN -> BinaryOp.LT;
      case LESS_THAN_EQUAL -> BinaryOp.LE;
      case GREATER_THAN -> BinaryOp.GT;
      case GREATER_THAN_EQUAL -> BinaryOp.GE;
      default -> throw source.reject(Code.BPF1006, tree, "this operator has no BPF form", "");
    };
  }

  private BinaryOp compoundOp(Tree.Kind kind, Tree tree) {
    Optional<BinaryOp> op =
        switch (kind) {
          case PLUS_ASSIGNMENT -> Optional.of(BinaryOp.ADD);
          case MINUS_ASSIGNMENT -> Optional.of(BinaryOp.SUB);
          case MULTIPLY_ASSIGNMENT -> Optional.of(BinaryOp.MUL);
          case DIVIDE_ASSIGNMENT -> Optional.of(BinaryOp.DIV);
          case REMAINDER_ASSIGNMENT -> Optional.of(BinaryOp.REM);
          case AND_ASSIGNMENT -> Optional.of(BinaryOp.AND);
          case OR_ASSIGNMENT -> Optional.of(BinaryOp.OR);
          case XOR_ASSIGNMENT -> Optional.of(BinaryOp.XOR);
          case LEFT_SHIFT_ASSIGNMENT -> Optional.of(BinaryOp.SHL);
          case RIGHT_SHIFT_ASSIGNMENT -> Optional.of(BinaryOp.SHR);
          case UNSIGNED_RIGHT_SHIFT_ASSIGNMENT -> Optional.of(BinaryOp.USHR);
          default -> Optional.empty();
        };
    return op.orElseThrow(
        () -> source.reject(Code.BPF1006, tree, "this operator has no BPF form", ""));
  }
}
