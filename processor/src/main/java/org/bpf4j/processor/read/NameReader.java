package org.bpf4j.processor.read;

import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Unit.ComponentField;
import org.bpf4j.compiler.ast.Unit.Local;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Span;

/// Reads names: locals, fields, maps, globals, enum constants.
final class NameReader {
  private final Source source;
  private final JavaTypes types;
  private final Scope scope;
  private final ExpressionReader expressions;

  NameReader(Source source, JavaTypes types, Scope scope, ExpressionReader expressions) {
    this.source = source;
    this.types = types;
    this.scope = scope;
    this.expressions = expressions;
  }

  Expr identifier(TreePath path, IdentifierTree tree) {
    Element element = element(path);
    Span span = source.span(tree);
    if (tree.getName().contentEquals("this")) {
      return new Expr.LocalPlace(receiver(tree), span);
    }
    Local local = scope.local(element);
    if (local != null) {
      return new Expr.LocalPlace(local, span);
    }
    if (element.getKind().isField() && isStatic(element)) {
      return staticField(path, (VariableElement) element);
    }
    if (element.getKind() == ElementKind.FIELD) {
      Local receiver = receiver(tree);
      return instanceField(
          new Expr.LocalPlace(receiver, span), (VariableElement) element, path, tree);
    }
    if (!element.getKind().isField() && element.getKind().isVariable()) {
      throw Rejected.quietly();
    }
    throw source.reject(
        Code.BPF1006, tree, "`" + tree.getName() + "` is not a value that BPF code can use", "");
  }

  private Local receiver(Tree tree) {
    Local receiver = scope.receiver();
    if (receiver == null) {
      throw source.reject(
          Code.BPF1009,
          tree,
          "there is no object here: BPF programs are static and keep no instance state",
          "keep state in a map or a static field");
    }
    return receiver;
  }

  Expr select(TreePath path, MemberSelectTree tree) {
    TreePath qualifier = Source.child(path, tree.getExpression());
    if (tree.getIdentifier().contentEquals("class")) {
      return new Expr.ClassLiteral(
          types
              .of(expressions.mirror(qualifier))
              .filter(type -> type instanceof Type.ViewType)
              .map(type -> ((Type.ViewType) type).name())
              .orElseThrow(
                  () ->
                      source.reject(
                          Code.BPF1008, tree, "only views may be named by their class here", "")),
          source.span(tree));
    }
    Element element = element(path);
    if (element.getKind().isField() && isStatic(element)) {
      return staticField(path, (VariableElement) element);
    }
    Local component = scope.local(element);
    if (component != null && tree.getExpression().toString().equals("this")) {
      return new Expr.LocalPlace(component, source.span(tree));
    }
    Expr object = expressions.read(qualifier);
    if (object.type() instanceof Type.ArrayType && tree.getIdentifier().contentEquals("length")) {
      return new Expr.ArrayLength(object, source.span(tree));
    }
    return instanceField(object, (VariableElement) element, path, tree);
  }

  private Expr instanceField(Expr object, VariableElement field, TreePath path, Tree tree) {
    String owner = types.binaryName(JavaTypes.owner(field));
    String name = field.getSimpleName().toString();
    return switch (object.type()) {
      case Type.StructType _, Type.ArenaType _, Type.ObjectType _ ->
          new Expr.FieldPlace(object, owner, name, expressions.type(path), source.span(tree));
      case Type.RecordType(String record) ->
          new Expr.Component(object, record, name, expressions.type(path), source.span(tree));
      case Type.EnumType _ -> new EnumTables(source, types).field(scope, object, field, tree);
      case Type.Special special when special == Type.Special.COMPONENT ->
          map(object, owner, name, expressions.type(path), tree);
      default ->
          throw source.reject(
              Code.BPF1009, tree, "`" + name + "` is a field of an ordinary Java object", "");
    };
  }

  /// A map of a component: of the one that a method belongs to, which `link` knows, or of a field.
  private Expr map(Expr component, String owner, String name, Type type, Tree tree) {
    return component instanceof Expr.ComponentRef(String holder, String field, Span span)
        ? new Expr.MapRef(
            holder,
            new ComponentField(holder, field, owner, span).map(name),
            type,
            source.span(tree))
        : new Expr.MapRef(owner, name, type, source.span(tree));
  }

  private Expr staticField(TreePath path, VariableElement field) {
    Tree tree = path.getLeaf();
    Span span = source.span(tree);
    Type type = expressions.type(path);
    String owner = types.binaryName(JavaTypes.owner(field));
    String name = field.getSimpleName().toString();
    if (field.getKind() == ElementKind.ENUM_CONSTANT) {
      return new Expr.Literal(type, Annotations.enumValue(field), span);
    }
    if (owner.equals("java.lang.Boolean") && type instanceof Type.Boxed) {
      Expr.Literal literal =
          new Expr.Literal(Type.Primitive.BOOLEAN, name.equals("TRUE") ? 1 : 0, span);
      return Conversions.to(type, literal);
    }
    scope.uses(field);
    if (type == Type.Special.COMPONENT) {
      return new Expr.ComponentRef(owner, name, span);
    }
    if (type instanceof Type.MapType) {
      return new Expr.MapRef(owner, name, type, span);
    }
    return new Expr.GlobalPlace(owner, name, type, span);
  }

  private Element element(TreePath path) {
    Element element = source.trees().getElement(path);
    if (element == null || element.asType().getKind() == TypeKind.ERROR) {
      throw Rejected.quietly();
    }
    return element;
  }

  private static boolean isStatic(Element element) {
    return element.getModifiers().contains(Modifier.STATIC);
  }
}
