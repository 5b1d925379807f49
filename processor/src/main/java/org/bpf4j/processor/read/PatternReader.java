package org.bpf4j.processor.read;

import com.sun.source.tree.AnyPatternTree;
import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.CaseLabelTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ConstantCaseLabelTree;
import com.sun.source.tree.DeconstructionPatternTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.PatternCaseLabelTree;
import com.sun.source.tree.PatternTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Library;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Type.Special;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Span;

/// Reads patterns, of `instanceof` and of `case`.
///
/// A value has no type at run time, so the type that a pattern names must be the one that the value
/// has anyway: what remains is the test for null, and the names of a record's components.
final class PatternReader {
  private final Source source;
  private final JavaTypes types;
  private final Scope scope;
  private final ExpressionReader expressions;

  PatternReader(Source source, JavaTypes types, Scope scope, ExpressionReader expressions) {
    this.source = source;
    this.types = types;
    this.scope = scope;
    this.expressions = expressions;
  }

  Expr instanceOf(TreePath path, InstanceOfTree tree) {
    Expr value = expressions.read(Source.child(path, tree.getExpression()));
    Span span = source.span(tree);
    if (tree.getPattern() == null) {
      requireSame(tree, value.type(), expressions.mirror(Source.child(path, tree.getType())));
      return isThere(value, span);
    }
    if (value instanceof Expr.LocalPlace place) {
      return and(isThere(place, span), test(path, tree.getPattern(), place), span);
    }
    Expr.LocalPlace place = temporary(value);
    Expr test = and(isThere(place, span), test(path, tree.getPattern(), place), span);
    return and(new Expr.Bind(place.local(), value, span), test, span);
  }

  private Expr.LocalPlace temporary(Expr value) {
    return new Expr.LocalPlace(scope.temporary("value", value.type()), value.span());
  }

  private static Expr isThere(Expr value, Span span) {
    return new Expr.Unary(Expr.UnaryOp.NOT, new Expr.IsNull(value, span), Primitive.BOOLEAN, span);
  }

  private static Expr and(Expr left, Expr right, Span span) {
    return right instanceof Expr.Literal ? left : new Expr.Logical(true, left, right, span);
  }

  /// Whether a value that is there, or is a component, fits a pattern; `value` may be read often.
  private Expr test(TreePath parent, PatternTree tree, Expr value) {
    TreePath path = Source.child(parent, tree);
    Span span = source.span(tree);
    Expr always = new Expr.Literal(Primitive.BOOLEAN, 1, span);
    return switch (tree) {
      case AnyPatternTree _ -> always;
      case BindingPatternTree binding -> {
        VariableTree variable = binding.getVariable();
        Element element = source.trees().getElement(Source.child(path, variable));
        if (element == null) {
          throw Rejected.quietly();
        }
        requireSame(tree, value.type(), element.asType());
        yield variable.getName().isEmpty()
            ? always
            : new Expr.Bind(scope.declare(element, value.type()), value, span);
      }
      case DeconstructionPatternTree record -> components(path, record, value, always);
      default -> throw source.reject(Code.BPF1006, tree, "this pattern has no BPF form", "");
    };
  }

  private Expr components(TreePath path, DeconstructionPatternTree tree, Expr value, Expr always) {
    TypeMirror mirror = expressions.mirror(Source.child(path, tree.getDeconstructor()));
    requireSame(tree, value.type(), mirror);
    if (!(value.type() instanceof Type.RecordType(String name))) {
      throw Rejected.quietly();
    }
    List<? extends RecordComponentElement> components =
        ((TypeElement) ((DeclaredType) mirror).asElement()).getRecordComponents();
    JavaTypes inside = types.bound(types.arguments(mirror));
    Expr all = always;
    for (int i = 0; i < components.size(); i++) {
      PatternTree nested = tree.getNestedPatterns().get(i);
      Span span = source.span(nested);
      Type type = inside.of(components.get(i).asType()).orElseThrow(Rejected::quietly);
      Expr component =
          new Expr.Component(value, name, components.get(i).getSimpleName().toString(), type, span);
      Expr test = test(path, nested, component);
      Expr whole =
          nested instanceof DeconstructionPatternTree
              ? and(isThere(component, span), test, span)
              : test;
      all = all instanceof Expr.Literal ? whole : and(all, whole, span);
    }
    return all;
  }

  private void requireSame(Tree tree, Type type, TypeMirror mirror) {
    if (!types.of(mirror).filter(type::equals).isPresent()) {
      throw source.reject(
          Code.BPF1006,
          tree,
          "whether a %s is a %s would be known at run time only, where values have no types"
              .formatted(JavaTypes.word(type), JavaTypes.simpleName(mirror)),
          "let an enum in the struct or record say which it is, and switch over that");
    }
  }

  // Switches.

  /// Whether a switch has patterns, or a case for null.
  boolean isNeeded(List<? extends CaseTree> cases) {
    return cases.stream()
        .flatMap(tree -> tree.getLabels().stream())
        .anyMatch(label -> label instanceof PatternCaseLabelTree || isNull(label));
  }

  private static boolean isNull(CaseLabelTree label) {
    return label instanceof ConstantCaseLabelTree constant
        && constant.getConstantExpression().getKind() == Tree.Kind.NULL_LITERAL;
  }

  /// The selector of a switch of patterns, as a local that the tests read. Java throws if it is
  /// null and no case is for null.
  Expr.Bind selector(Expr value, List<? extends CaseTree> cases) {
    boolean possible =
        switch (value.type()) {
          case Type.Boxed _,
              Type.EnumType _,
              Type.RecordType _,
              Type.StructType _,
              Type.ArenaType _,
              Type.ViewType _ ->
              true;
          case Primitive _,
              Special _,
              Type.ArrayType _,
              Type.RowType _,
              Type.AtomicType _,
              Type.MapType _,
              Type.HeldType _,
              Type.ObjectType _,
              Type.CollectionType _ ->
              false;
        };
    if (!possible) {
      throw source.reject(
          Code.BPF1006,
          cases.getFirst(),
          "BPF code has no patterns of " + JavaTypes.word(value.type()),
          "use constants, or if and else");
    }
    boolean mayBeNull =
        cases.stream().flatMap(tree -> tree.getLabels().stream()).anyMatch(PatternReader::isNull);
    Expr there =
        mayBeNull
            ? value
            : new Expr.LibraryCall(
                Library.REQUIRE_NON_NULL,
                Optional.empty(),
                List.of(value),
                value.type(),
                value.span());
    return new Expr.Bind(temporary(value).local(), there, value.span());
  }

  /// What leads to a case; empty if only `default` does.
  Optional<Expr> test(TreePath path, CaseTree tree, Expr.Bind selector) {
    Optional<Expr> any = Optional.empty();
    for (CaseLabelTree label : tree.getLabels()) {
      if (label instanceof DefaultCaseLabelTree) {
        continue;
      }
      Expr one = label(Source.child(path, label), label, selector);
      any =
          Optional.of(
              any.<Expr>map(other -> new Expr.Logical(false, other, one, one.span())).orElse(one));
    }
    if (tree.getGuard() == null) {
      return any;
    }
    Expr guard = expressions.read(Source.child(path, tree.getGuard()), Primitive.BOOLEAN);
    return any.map(test -> new Expr.Logical(true, test, guard, guard.span()));
  }

  private Expr label(TreePath path, CaseLabelTree label, Expr.Bind selector) {
    Span span = source.span(label);
    Expr.LocalPlace value = new Expr.LocalPlace(selector.local(), span);
    if (label instanceof PatternCaseLabelTree pattern) {
      return and(isThere(value, span), test(path, pattern.getPattern(), value), span);
    }
    if (isNull(label)) {
      return new Expr.IsNull(value, span);
    }
    Expr constant = constant(path, (ConstantCaseLabelTree) label, value.type(), span);
    Expr number =
        value.type() instanceof Type.Boxed(Primitive primitive)
            ? Conversions.to(primitive, value)
            : value;
    Expr same = new Expr.Binary(Expr.BinaryOp.EQ, number, constant, Primitive.BOOLEAN, span);
    return and(isThere(value, span), same, span);
  }

  private Expr constant(TreePath path, ConstantCaseLabelTree label, Type type, Span span) {
    TreePath at = Source.child(path, label.getConstantExpression());
    if (source.trees().getElement(at) instanceof VariableElement constant
        && constant.getKind() == ElementKind.ENUM_CONSTANT) {
      return new Expr.Literal(type, Annotations.enumValue(constant), span);
    }
    Primitive primitive = JavaTypes.unboxed(type).orElseThrow(Rejected::quietly);
    long number = expressions.constants().integral(at).orElseThrow(Rejected::quietly);
    return new Expr.Literal(primitive, Conversions.narrow(primitive, number), span);
  }
}
