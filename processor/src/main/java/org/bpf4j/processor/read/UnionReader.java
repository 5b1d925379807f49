package org.bpf4j.processor.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;

/// Reads `@Union`: which headers an array of bytes is a union of.
final class UnionReader {
  private final JavaTypes types;
  private final DeclarationReader declarations;

  UnionReader(JavaTypes types, DeclarationReader declarations) {
    this.types = types;
    this.declarations = declarations;
  }

  /// The headers, without those that do not fit, which are reported.
  List<Type.ViewType> views(VariableElement field, Type type, int length) {
    List<?> classes =
        Annotations.find(field, "Union")
            .flatMap(union -> Annotations.value(union, "value"))
            .map(value -> value instanceof List<?> list ? list : List.of(value))
            .orElse(List.of());
    List<Type.ViewType> views = new ArrayList<>();
    for (Object each : classes) {
      if (each instanceof AnnotationValue literal
          && literal.getValue() instanceof TypeMirror view) {
        Optional<String> misfit = misfit(view, type, length);
        misfit.ifPresent(
            message ->
                declarations.report(
                    field,
                    "`" + field.getSimpleName() + "` is no union: " + message,
                    "@Union({V4.class, V6.class}) final byte[] address = new byte[16];"));
        types
            .of(view)
            .filter(_ -> misfit.isEmpty())
            .ifPresent(header -> views.add((Type.ViewType) header));
      }
    }
    return views;
  }

  private static Optional<String> misfit(TypeMirror view, Type type, int length) {
    if (!type.equals(new Type.ArrayType(Primitive.BYTE))) {
      return Optional.of("it is no array of bytes");
    }
    Optional<Integer> bytes =
        view instanceof DeclaredType declared && declared.asElement() instanceof TypeElement element
            ? Annotations.find(element, "Header")
                .flatMap(header -> Annotations.value(header, "bytes"))
                .map(value -> ((Number) value).intValue())
            : Optional.empty();
    if (bytes.isEmpty()) {
      return Optional.of(JavaTypes.simpleName(view) + " is no @Header interface");
    }
    return bytes.get() > length
        ? Optional.of(
            "%s has %d bytes, the array %d"
                .formatted(JavaTypes.simpleName(view), bytes.get(), length))
        : Optional.empty();
  }
}
