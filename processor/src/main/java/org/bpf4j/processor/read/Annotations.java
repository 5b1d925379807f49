package org.bpf4j.processor.read;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.AnnotatedConstruct;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import org.bpf4j.compiler.ast.Storage;

/// The library's annotations, by name: the processor does not depend on their classes.
public final class Annotations {
  private static final String LANG = "org.bpf4j.lang.";

  /// Annotations whose simple names are storages, except for case.
  private static final Map<String, Storage> STORAGES =
      Map.ofEntries(
          Map.entry("U8", Storage.U8),
          Map.entry("S8", Storage.S8),
          Map.entry("U16", Storage.U16),
          Map.entry("S16", Storage.S16),
          Map.entry("U32", Storage.U32),
          Map.entry("S32", Storage.S32),
          Map.entry("U64", Storage.U64),
          Map.entry("Be16", Storage.BE16),
          Map.entry("Be24", Storage.BE24),
          Map.entry("Be32", Storage.BE32),
          Map.entry("Be48", Storage.BE48),
          Map.entry("Be64", Storage.BE64));

  private Annotations() {}

  /// The annotation of that simple name in `org.bpf4j.lang`, if the element has it.
  public static Optional<AnnotationMirror> find(AnnotatedConstruct element, String simpleName) {
    for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
      if (nameOf(mirror).equals(LANG + simpleName)) {
        return Optional.of(mirror);
      }
    }
    return Optional.empty();
  }

  /// Whether the element has the annotation.
  public static boolean has(AnnotatedConstruct element, String simpleName) {
    return find(element, simpleName).isPresent();
  }

  /// The value of an annotation's element, if it is given.
  public static Optional<Object> value(AnnotationMirror mirror, String name) {
    for (Map.Entry<? extends ExecutableElement, ? extends AnnotationValue> entry :
        mirror.getElementValues().entrySet()) {
      if (entry.getKey().getSimpleName().contentEquals(name)) {
        return Optional.of(entry.getValue().getValue());
      }
    }
    return Optional.empty();
  }

  /// A text element, or the empty string.
  public static String text(AnnotationMirror mirror, String name) {
    return value(mirror, name).map(Object::toString).orElse("");
  }

  /// A text element that may be an array.
  public static List<String> texts(AnnotationMirror mirror, String name) {
    return value(mirror, name)
        .map(
            value ->
                value instanceof List<?> list
                    ? list.stream().map(v -> ((AnnotationValue) v).getValue().toString()).toList()
                    : List.of(value.toString()))
        .orElse(List.of());
  }

  /// The `int` value of the annotation of that name.
  static Optional<Integer> number(AnnotatedConstruct element, String simpleName) {
    return find(element, simpleName)
        .flatMap(mirror -> value(mirror, "value"))
        .map(value -> ((Number) value).intValue());
  }

  /// The storage that an element's annotations ask for.
  public static Optional<Storage> storage(AnnotatedConstruct element) {
    for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
      String name = nameOf(mirror);
      Storage storage = name.startsWith(LANG) ? STORAGES.get(name.substring(LANG.length())) : null;
      if (storage != null) {
        return Optional.of(storage);
      }
    }
    return Optional.empty();
  }

  /// The number that represents an enum constant: `@Value`, else its ordinal.
  public static int enumValue(Element constant) {
    int ordinal = 0;
    for (Element member : JavaTypes.owner(constant).getEnclosedElements()) {
      if (member.equals(constant)) {
        break;
      }
      ordinal += member.getKind() == ElementKind.ENUM_CONSTANT ? 1 : 0;
    }
    return number(constant, "Value").orElse(ordinal);
  }

  private static String nameOf(AnnotationMirror mirror) {
    Element type = mirror.getAnnotationType().asElement();
    return type instanceof TypeElement element ? element.getQualifiedName().toString() : "";
  }
}
