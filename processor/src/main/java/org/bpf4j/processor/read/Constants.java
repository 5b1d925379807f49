package org.bpf4j.processor.read;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.TypeKind;
import org.jspecify.annotations.Nullable;

/// Evaluates constant expressions (JLS 15.29): javac folds them only for fields and locals.
///
/// Works on attributed trees only: during annotation rounds a constant field may have no value yet.
/// Results are what [ConstantArithmetic] computes with, `Boolean` or `String`, or a `Duration` to
/// ask.
final class Constants {
  private final Trees trees;
  private final Map<Element, Object> bound;

  Constants(Trees trees) {
    this(trees, Map.of());
  }

  /// @param bound the values of parameters and fields, in a constructor, and of methods without
  ///   arguments that are called there
  Constants(Trees trees, Map<Element, Object> bound) {
    this.trees = trees;
    this.bound = new HashMap<>(bound);
  }

  /// Says that a variable that nothing assigns has this value, also if Java does not call it a
  /// constant.
  void bind(Element variable, Object value) {
    bound.put(variable, value);
  }

  /// The value of an expression that must be an integral constant.
  Optional<Long> integral(TreePath path) {
    return evaluate(path)
        .flatMap(
            value ->
                value instanceof Integer || value instanceof Long
                    ? Optional.of(((Number) value).longValue())
                    : Optional.empty());
  }

  /// The value of a constant expression, or empty if it is none.
  Optional<Object> evaluate(TreePath path) {
    ExpressionTree tree = (ExpressionTree) path.getLeaf();
    return switch (tree) {
      case LiteralTree literal -> normalised(literal.getValue());
      case ParenthesizedTree p -> evaluate(Source.child(path, p.getExpression()));
      case UnaryTree unary ->
          evaluate(Source.child(path, unary.getExpression()))
              .flatMap(operand -> ConstantArithmetic.unary(unary.getKind(), operand));
      case BinaryTree binary -> binary(path, binary);
      case MethodInvocationTree call -> call(path, call);
      case TypeCastTree cast ->
          evaluate(Source.child(path, cast.getExpression()))
              .flatMap(value -> ConstantArithmetic.cast(trees.getTypeMirror(path), value));
      case ConditionalExpressionTree conditional ->
          evaluate(Source.child(path, conditional.getCondition()))
              .flatMap(
                  condition ->
                      evaluate(
                          Source.child(
                              path,
                              condition.equals(true)
                                  ? conditional.getTrueExpression()
                                  : conditional.getFalseExpression())))
              .flatMap(value -> ConstantArithmetic.assigned(trees.getTypeMirror(path), value));
      case MemberSelectTree select when isLength(path, select) ->
          length(Source.child(path, select.getExpression()));
      default ->
          trees.getElement(path) instanceof VariableElement variable
              ? Optional.ofNullable(bound.get(variable))
                  .or(() -> normalised(variable.getConstantValue()))
                  .or(() -> computed(path, variable))
              : Optional.empty();
    };
  }

  private boolean isLength(TreePath path, MemberSelectTree select) {
    return select.getIdentifier().contentEquals("length")
        && trees.getTypeMirror(Source.child(path, select.getExpression())) instanceof ArrayType;
  }

  /// The length of `values()`, or of an array that a final field was given; not a constant to Java,
  /// but as well known.
  private Optional<Object> length(TreePath array) {
    return switch (trees.getElement(array)) {
      case ExecutableElement method when isTable(method) ->
          Optional.of(EnumTables.constants(JavaTypes.owner(method)).size());
      case VariableElement field when isFixed(field) -> created(array, trees.getPath(field));
      case null, default -> Optional.empty();
    };
  }

  private static boolean isTable(ExecutableElement method) {
    return method.getSimpleName().contentEquals("values")
        && method.getParameters().isEmpty()
        && JavaTypes.owner(method).getKind() == ElementKind.ENUM;
  }

  private static boolean isFixed(VariableElement field) {
    return field.getKind() == ElementKind.FIELD && field.getModifiers().contains(Modifier.FINAL);
  }

  /// @param use where it is asked for: the text of another file may be gone, or not be typed yet
  private Optional<Object> created(TreePath use, @Nullable TreePath field) {
    if (field == null
        || !field.getCompilationUnit().equals(use.getCompilationUnit())
        || !(field.getLeaf() instanceof VariableTree variable)) {
      return Optional.empty();
    }
    if (variable.getInitializer() instanceof MethodInvocationTree call) {
      return TextTables.elements(this, Source.child(field, call)).map(List::size);
    }
    if (!(variable.getInitializer() instanceof NewArrayTree array)) {
      return Optional.empty();
    }
    return array.getInitializers() != null
        ? Optional.of(array.getInitializers().size())
        : evaluate(Source.child(Source.child(field, array), array.getDimensions().getFirst()));
  }

  /// What a method of `String` gives for constants, or `ordinal()` of a constant of an enum; not a
  /// constant to Java, but as well known.
  private Optional<Object> call(TreePath path, MethodInvocationTree tree) {
    if (trees.getElement(path) instanceof ExecutableElement method && bound.containsKey(method)) {
      return Optional.of(bound.get(method));
    }
    if (tree.getMethodSelect() instanceof MemberSelectTree select
        && select.getIdentifier().contentEquals("ordinal")
        && trees.getElement(Source.child(Source.child(path, select), select.getExpression()))
            instanceof VariableElement constant
        && constant.getKind() == ElementKind.ENUM_CONSTANT) {
      return Optional.of(EnumTables.constants(JavaTypes.owner(constant)).indexOf(constant));
    }
    if (!(trees.getElement(path) instanceof ExecutableElement method)) {
      return Optional.empty();
    }
    if (!JavaTypes.owner(method).getQualifiedName().contentEquals("java.lang.String")) {
      return PureMethods.isKnown(method) ? library(path, tree, method) : Optional.empty();
    }
    if (!(tree.getMethodSelect() instanceof MemberSelectTree select)
        || tree.getArguments().size() > 1
        || method.getModifiers().contains(Modifier.STATIC)) {
      return Optional.empty();
    }
    Optional<Object> text =
        evaluate(Source.child(Source.child(path, select), select.getExpression()));
    Optional<Object> argument =
        tree.getArguments().stream()
            .findFirst()
            .flatMap(each -> evaluate(Source.child(path, each)));
    return text.isEmpty() || argument.isEmpty() != tree.getArguments().isEmpty()
        ? Optional.empty()
        : call((String) text.get(), select.getIdentifier().toString(), argument.orElse(false));
  }

  private Optional<Object> library(
      TreePath path, MethodInvocationTree tree, ExecutableElement method) {
    List<Object> arguments = new ArrayList<>();
    for (ExpressionTree argument : tree.getArguments()) {
      evaluate(Source.child(path, argument)).ifPresent(arguments::add);
    }
    if (arguments.size() != tree.getArguments().size()) {
      return Optional.empty();
    }
    if (method.getModifiers().contains(Modifier.STATIC)) {
      return PureMethods.call(method, Optional.empty(), arguments);
    }
    return tree.getMethodSelect() instanceof MemberSelectTree select
        ? receiver(Source.child(Source.child(path, select), select.getExpression()))
            .flatMap(object -> PureMethods.call(method, Optional.of(object), arguments))
        : Optional.empty();
  }

  private Optional<Object> receiver(TreePath path) {
    return trees.getElement(path) instanceof VariableElement variable
            && variable.getKind() == ElementKind.ENUM_CONSTANT
        ? PureMethods.constant(variable)
        : evaluate(path);
  }

  /// What a field holds whose value is no constant to Java, and that stands before its use in the
  /// same file; so there are no circles.
  private Optional<Object> computed(TreePath use, VariableElement variable) {
    TreePath field = isFixed(variable) ? trees.getPath(variable) : null;
    boolean known =
        variable.asType().getKind().isPrimitive()
            || variable.asType().toString().equals("java.time.Duration");
    return field != null
            && known
            && variable.getModifiers().contains(Modifier.STATIC)
            && field.getCompilationUnit().equals(use.getCompilationUnit())
            && start(field) < start(use)
            && field.getLeaf() instanceof VariableTree tree
            && tree.getInitializer() != null
        ? evaluate(Source.child(field, tree.getInitializer()))
            .flatMap(value -> ConstantArithmetic.assigned(variable.asType(), value))
        : Optional.empty();
  }

  private long start(TreePath path) {
    return trees.getSourcePositions().getStartPosition(path.getCompilationUnit(), path.getLeaf());
  }

  private static Optional<Object> call(String text, String method, Object argument) {
    return switch (method) {
      case "length" -> Optional.of(text.length());
      case "isEmpty" -> Optional.of(text.isEmpty());
      case "hashCode" -> Optional.of(text.hashCode());
      case "charAt" ->
          argument instanceof Integer at && at >= 0 && at < text.length()
              ? Optional.of((int) text.charAt(at))
              : Optional.empty();
      case "equals", "contentEquals" -> Optional.of(text.equals(argument));
      case "startsWith" ->
          argument instanceof String part ? Optional.of(text.startsWith(part)) : Optional.empty();
      case "endsWith" ->
          argument instanceof String part ? Optional.of(text.endsWith(part)) : Optional.empty();
      case "contains" ->
          argument instanceof String part ? Optional.of(text.contains(part)) : Optional.empty();
      case "indexOf" ->
          switch (argument) {
            case String part -> Optional.of(text.indexOf(part));
            case Integer character -> Optional.of(text.indexOf(character));
            default -> Optional.empty();
          };
      default -> Optional.empty();
    };
  }

  /// A value as [ConstantArithmetic] has it.
  static Optional<Object> normalised(@Nullable Object value) {
    return switch (value) {
      case Byte b -> Optional.of((int) b);
      case Short s -> Optional.of((int) s);
      case Character c -> Optional.of((int) c);
      case Integer i -> Optional.of(i);
      case Long l -> Optional.of(l);
      case Float f -> Optional.of(f);
      case Double d -> Optional.of(d);
      case Boolean b -> Optional.of(b);
      case String s -> Optional.of(s);
      case null, default -> Optional.empty();
    };
  }

  private Optional<Object> binary(TreePath path, BinaryTree tree) {
    TreePath left = Source.child(path, tree.getLeftOperand());
    TreePath right = Source.child(path, tree.getRightOperand());
    Optional<Object> one = evaluate(left);
    Optional<Object> other = evaluate(right);
    if (one.isEmpty() || other.isEmpty()) {
      return Optional.empty();
    }
    return one.get() instanceof String || other.get() instanceof String
        ? joined(tree.getKind(), text(left, one.get()), text(right, other.get()))
        : ConstantArithmetic.binary(tree.getKind(), one.get(), other.get());
  }

  private static Optional<Object> joined(Tree.Kind kind, String one, String other) {
    return kind == Tree.Kind.PLUS ? Optional.of(one + other) : Optional.empty();
  }

  /// What a constant is as a part of a text: a character is itself there, and no number.
  private String text(TreePath path, Object value) {
    return trees.getTypeMirror(path).getKind() == TypeKind.CHAR && value instanceof Integer i
        ? String.valueOf((char) (int) i)
        : value.toString();
  }
}
