package org.bpf4j.processor.read;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Layouts;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Unit.Global;
import org.bpf4j.compiler.ast.Unit.GlobalKind;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.diagnostic.Span;

/// Makes tables of what the constants of an enum hold: one of the constants themselves for
/// `values()`, and one for each field, in order of the ordinals.
///
/// A field's values are what the constructor assigns, computed here from the constants' arguments.
/// A table of constants has no span: each class that uses it declares it alike.
final class EnumTables {
  private final Source source;
  private final JavaTypes types;

  EnumTables(Source source, JavaTypes types) {
    this.source = source;
    this.types = types;
  }

  /// Whether a field is one that each constant of an enum has, or a constant.
  static boolean isMember(VariableElement field) {
    return JavaTypes.owner(field).getKind() == ElementKind.ENUM
        && (field.getKind() == ElementKind.ENUM_CONSTANT
            || !field.getModifiers().contains(javax.lang.model.element.Modifier.STATIC));
  }

  static List<VariableElement> constants(TypeElement type) {
    return ElementFilter.fieldsIn(type.getEnclosedElements()).stream()
        .filter(field -> field.getKind() == ElementKind.ENUM_CONSTANT)
        .toList();
  }

  /// The table of an enum's constants; `constant` stands for all of them.
  Expr values(Scope scope, VariableElement constant, Span span) {
    scope.uses(constant);
    TypeElement owner = JavaTypes.owner(constant);
    Type type = types.of(owner.asType()).orElseThrow(Rejected::quietly);
    return new Expr.GlobalPlace(
        types.binaryName(owner), name(constant), new Type.ArrayType(type), span);
  }

  /// A field of a constant.
  Expr field(Scope scope, Expr constant, VariableElement field, Tree tree) {
    TypeElement owner = JavaTypes.owner(field);
    Type type =
        types
            .of(field.asType())
            .filter(found -> found instanceof Primitive || found instanceof Type.EnumType)
            .orElseThrow(
                () ->
                    source.reject(
                        Code.BPF1008,
                        tree,
                        "`%s` of `%s` is a %s, of which there is no table"
                            .formatted(
                                field.getSimpleName(), owner.getSimpleName(), field.asType()),
                        "fields of enums that BPF code reads are numbers, booleans and enums"));
    if (!source.declares(field)) {
      throw source.reject(
          Code.BPF1007,
          tree,
          "what `%s` of `%s` holds stands in the source of another class"
              .formatted(field.getSimpleName(), owner.getSimpleName()),
          "give the enum a method that returns it, marked @BpfFunction");
    }
    scope.uses(field);
    Span span = source.span(tree);
    Expr table =
        new Expr.GlobalPlace(types.binaryName(owner), name(field), new Type.ArrayType(type), span);
    return new Expr.ElementPlace(table, ObjectsCallReader.ordinal(constant), type, span);
  }

  private static String name(VariableElement member) {
    String simple = JavaTypes.owner(member).getSimpleName().toString();
    return member.getKind() == ElementKind.ENUM_CONSTANT
        ? simple + "$values"
        : simple + "$" + member.getSimpleName();
  }

  /// The table that a member asks for; empty if it was refused.
  Optional<Global> table(VariableElement member) {
    TypeElement owner = JavaTypes.owner(member);
    List<VariableElement> constants = constants(owner);
    boolean all = member.getKind() == ElementKind.ENUM_CONSTANT;
    Type type = types.of(all ? owner.asType() : member.asType()).orElseThrow(Rejected::quietly);
    List<Long> values = new ArrayList<>();
    for (VariableElement constant : constants) {
      Optional<Object> value =
          all
              ? Optional.of((long) Annotations.enumValue(constant))
              : Optional.ofNullable(fields(constant).get(member));
      if (value.isEmpty()) {
        source.report(
            Diagnostic.error(
                Code.BPF1012,
                source.span(source.trees().getTree(constant)),
                "`%s` of `%s` is not computed from constants alone"
                    .formatted(member.getSimpleName(), constant.getSimpleName()),
                "assign a parameter of the constructor, or operators on some"));
        return Optional.empty();
      }
      values.add(number(value.get()));
    }
    return Optional.of(
        new Global(
            types.binaryName(owner),
            name(member),
            new Type.ArrayType(type),
            Layouts.defaultStorage(type),
            constants.size(),
            GlobalKind.CONSTANT,
            values,
            Span.NONE));
  }

  private static long number(Object value) {
    return switch (value) {
      case Boolean flag -> flag ? 1 : 0;
      case Number number -> number.longValue();
      default -> 0;
    };
  }

  /// What the fields of a constant hold, as far as it can be computed.
  private Map<Element, Object> fields(VariableElement constant) {
    Map<Element, Object> values = new HashMap<>();
    TreePath path = source.trees().getPath(constant);
    if (path == null
        || !(path.getLeaf() instanceof VariableTree variable)
        || !(variable.getInitializer() instanceof NewClassTree creation)) {
      return values;
    }
    TreePath at = Source.child(path, creation);
    initialisers(JavaTypes.owner(constant), values);
    if (source.trees().getElement(at) instanceof ExecutableElement constructor) {
      construct(declared(constructor, constant), at, creation.getArguments(), values);
    }
    return values;
  }

  /// The enum's own constructor, where the constant has a body and so a class of its own.
  private static ExecutableElement declared(
      ExecutableElement constructor, VariableElement constant) {
    TypeElement owner = JavaTypes.owner(constant);
    return ElementFilter.constructorsIn(owner.getEnclosedElements()).stream()
        .filter(each -> each.asType().toString().equals(constructor.asType().toString()))
        .findFirst()
        .orElse(constructor);
  }

  private void initialisers(TypeElement owner, Map<Element, Object> values) {
    for (VariableElement field : ElementFilter.fieldsIn(owner.getEnclosedElements())) {
      TreePath path = source.trees().getPath(field);
      if (field.getKind() == ElementKind.FIELD
          && path != null
          && path.getLeaf() instanceof VariableTree tree
          && tree.getInitializer() != null) {
        value(Source.child(path, tree.getInitializer()), values)
            .ifPresent(value -> values.put(field, value));
      }
    }
  }

  private void construct(
      ExecutableElement constructor,
      TreePath call,
      List<? extends ExpressionTree> arguments,
      Map<Element, Object> values) {
    TreePath path = source.trees().getPath(constructor);
    if (path == null
        || !(path.getLeaf() instanceof MethodTree method)
        || arguments.size() != constructor.getParameters().size()) {
      return;
    }
    for (int i = 0; i < arguments.size(); i++) {
      VariableElement parameter = constructor.getParameters().get(i);
      value(Source.child(call, arguments.get(i)), values)
          .ifPresent(value -> values.put(parameter, value));
    }
    TreePath body = Source.child(path, Objects.requireNonNull(method.getBody(), "a body"));
    for (StatementTree statement : method.getBody().getStatements()) {
      if (statement instanceof ExpressionStatementTree e) {
        run(Source.child(body, e), e.getExpression(), values);
      }
    }
  }

  private void run(TreePath path, ExpressionTree tree, Map<Element, Object> values) {
    TreePath at = Source.child(path, tree);
    switch (tree) {
      case AssignmentTree assignment -> {
        Element target = source.trees().getElement(Source.child(at, assignment.getVariable()));
        Optional<Object> value = value(Source.child(at, assignment.getExpression()), values);
        if (target != null) {
          value.ifPresentOrElse(v -> values.put(target, v), () -> values.remove(target));
        }
      }
      case MethodInvocationTree call
          when source.trees().getElement(at) instanceof ExecutableElement other
              && other.getKind() == ElementKind.CONSTRUCTOR
              && JavaTypes.owner(other).getKind() == ElementKind.ENUM ->
          construct(other, at, call.getArguments(), values);
      default -> {}
    }
  }

  private Optional<Object> value(TreePath path, Map<Element, Object> values) {
    if (source.trees().getElement(path) instanceof VariableElement constant
        && constant.getKind() == ElementKind.ENUM_CONSTANT) {
      return Optional.of((long) Annotations.enumValue(constant));
    }
    return new Constants(source.trees(), values).evaluate(path);
  }
}
