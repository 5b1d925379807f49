package org.bpf4j.processor.read;

import com.sun.source.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.ElementKind;
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
/// A field's values are what the constructor assigns, see [ConstructedFields]. A table of constants
/// has no span: each class that uses it declares it alike.
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

  /// The table that a member asks for; if it was refused, one that spares whoever reads it another
  /// refusal.
  Global table(VariableElement member) {
    TypeElement owner = JavaTypes.owner(member);
    List<VariableElement> constants = constants(owner);
    boolean all = member.getKind() == ElementKind.ENUM_CONSTANT;
    Type type = types.of(all ? owner.asType() : member.asType()).orElseThrow(Rejected::quietly);
    ConstructedFields constructed = new ConstructedFields(source, types.elements());
    List<Long> values = new ArrayList<>();
    Optional<VariableElement> unknown = Optional.empty();
    for (VariableElement constant : constants) {
      Optional<Object> value =
          all
              ? Optional.of((long) Annotations.enumValue(constant))
              : Optional.ofNullable(constructed.fields(constant).get(member));
      if (value.isEmpty()) {
        unknown = unknown.or(() -> Optional.of(constant));
      }
      values.add(value.map(EnumTables::number).orElse(0L));
    }
    unknown.ifPresent(constant -> refuse(member, constant));
    return new Global(
        types.binaryName(owner),
        name(member),
        new Type.ArrayType(type),
        Layouts.defaultStorage(type),
        constants.size(),
        GlobalKind.CONSTANT,
        values,
        Span.NONE);
  }

  private void refuse(VariableElement member, VariableElement constant) {
    source.report(
        Diagnostic.error(
            Code.BPF1012,
            source.span(source.trees().getTree(constant)),
            "`%s` of `%s` is not computed from constants alone"
                .formatted(member.getSimpleName(), constant.getSimpleName()),
            "assign constants, parameters of the constructor, and operators on them"));
  }

  private static long number(Object value) {
    return switch (value) {
      case Boolean flag -> flag ? 1 : 0;
      case Number number -> number.longValue();
      default -> 0;
    };
  }
}
