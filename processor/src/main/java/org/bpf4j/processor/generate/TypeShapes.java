package org.bpf4j.processor.generate;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.bpf4j.object.MapFlag;
import org.bpf4j.object.ProgramKind;

/// What generated code can do with a declared type.
public final class TypeShapes {

  /// The shapes of types that have generated or ready-made codecs.
  enum Shape {
    /// A primitive or its box.
    NUMBER,
    /// `AtomicInteger` or `AtomicLong`: a number to user space.
    ATOMIC,
    ENUM,
    RECORD,
    STRUCT,
    /// A struct of an arena: a reference.
    REFERENCE,
    /// `BpfString`.
    STRING,
    ARRAY,
    /// Nothing that crosses to user space.
    NONE
  }

  /// Reads annotations of `org.bpf4j.lang`; the processor composes it from its `read` package.
  public interface AnnotationLookup {
    /// The annotation of that simple name.
    Optional<AnnotationMirror> find(Element element, String simpleName);

    /// The kind of program that a method is.
    Optional<ProgramKind> kind(ExecutableElement method);

    /// What a program's annotation names.
    List<String> targets(ExecutableElement method);

    /// The name of the storage that an element's annotations ask for, such as `U8` or `BE16`.
    Optional<String> storage(Element element);

    /// The number that represents an enum constant.
    int enumValue(Element constant);

    /// What is asked of a map besides its size.
    Set<MapFlag> flags(VariableElement field);

    /// Whether an array's initial value says how long it is, not what is in it.
    boolean isBuffer(VariableElement field);
  }

  private static final Map<String, TypeName> NUMBERS =
      Map.of(
          "java.lang.Boolean", TypeName.BOOLEAN,
          "java.lang.Byte", TypeName.BYTE,
          "java.lang.Short", TypeName.SHORT,
          "java.lang.Character", TypeName.CHAR,
          "java.lang.Integer", TypeName.INT,
          "java.lang.Long", TypeName.LONG);

  private final AnnotationLookup annotations;

  /// The records that are being looked at.
  private final Set<TypeElement> open = new HashSet<>();

  TypeShapes(AnnotationLookup annotations) {
    this.annotations = annotations;
  }

  Shape shape(TypeMirror type) {
    return switch (type.getKind()) {
      case BOOLEAN, BYTE, SHORT, CHAR, INT, LONG -> Shape.NUMBER;
      case ARRAY -> Shape.ARRAY;
      case DECLARED -> shape((TypeElement) ((DeclaredType) type).asElement());
      default -> Shape.NONE;
    };
  }

  private Shape shape(TypeElement element) {
    String name = element.getQualifiedName().toString();
    if (NUMBERS.containsKey(name)) {
      return Shape.NUMBER;
    }
    return switch (name) {
      case "java.util.concurrent.atomic.AtomicInteger", "java.util.concurrent.atomic.AtomicLong" ->
          Shape.ATOMIC;
      case "org.bpf4j.lang.BpfString" -> Shape.STRING;
      default -> {
        if (!ModelReader.isVisible(element)) {
          yield Shape.NONE;
        }
        if (element.getKind() == ElementKind.ENUM) {
          yield Shape.ENUM;
        }
        if (element.getKind() == ElementKind.RECORD) {
          yield hasCodecs(element) ? Shape.RECORD : Shape.NONE;
        }
        if (has(element, "KernelStruct")) {
          yield Shape.NUMBER; // its address
        }
        if (has(element, "ArenaStruct")) {
          yield Shape.REFERENCE;
        }
        yield has(element, "Struct") ? Shape.STRUCT : Shape.NONE;
      }
    };
  }

  /// Whether all components of a record have codecs; a record in itself has none.
  private boolean hasCodecs(TypeElement element) {
    if (!open.add(element)) {
      return false;
    }
    boolean all =
        element.getRecordComponents().stream().allMatch(component -> hasCodec(component.asType()));
    open.remove(element);
    return all;
  }

  /// Whether values of the type by themselves can cross to user space: as keys and values of maps,
  /// and in records.
  boolean hasCodec(TypeMirror type) {
    return switch (shape(type)) {
      case NUMBER, ATOMIC, ENUM, RECORD, STRUCT -> true;
      case REFERENCE, STRING, ARRAY, NONE -> false;
    };
  }

  /// Whether values of the type can cross to user space.
  boolean isUsable(TypeMirror type) {
    return type.getKind() == TypeKind.ARRAY
        ? isElement(((ArrayType) type).getComponentType())
        : shape(type) != Shape.NONE;
  }

  private boolean isElement(TypeMirror element) {
    return switch (shape(element)) {
      case NUMBER, ENUM, STRUCT, REFERENCE, ATOMIC -> true;
      case ARRAY -> isElement(((ArrayType) element).getComponentType());
      case RECORD, STRING, NONE -> false;
    };
  }

  /// Whether a final field of an array type is a buffer that programs write, not a table.
  boolean isBuffer(VariableElement field) {
    return field.asType().getKind() == TypeKind.ARRAY && annotations.isBuffer(field);
  }

  /// Whether a static field of the type is memory: shared although it is final.
  boolean isMemory(TypeMirror type) {
    Shape shape = shape(type);
    return shape == Shape.ATOMIC || shape == Shape.STRUCT || shape == Shape.STRING;
  }

  /// Whether a static field of the type holds a value that can be replaced.
  boolean isValue(TypeMirror type) {
    Shape shape = shape(type);
    return (shape == Shape.NUMBER && type.getKind().isPrimitive())
        || shape == Shape.ENUM
        || shape == Shape.RECORD
        || shape == Shape.REFERENCE;
  }

  /// The primitive behind a number or atomic.
  TypeName primitive(TypeMirror type) {
    if (type.getKind().isPrimitive()) {
      return TypeName.get(type);
    }
    String name = ((TypeElement) ((DeclaredType) type).asElement()).getQualifiedName().toString();
    TypeName known = NUMBERS.get(name);
    if (known != null) {
      return known;
    }
    return name.endsWith("AtomicInteger") ? TypeName.INT : TypeName.LONG;
  }

  /// The type that user space sees, never primitive: atomics become their numbers.
  TypeName userType(TypeMirror type) {
    return switch (shape(type)) {
      case NUMBER, ATOMIC -> primitive(type).box();
      case STRING -> ClassName.get("java.lang", "String");
      case ENUM, RECORD, STRUCT, REFERENCE, ARRAY, NONE -> TypeName.get(type);
    };
  }

  boolean has(Element element, String simpleName) {
    return annotations.find(element, simpleName).isPresent();
  }

  /// The value of an annotation that is a text.
  String text(Element element, String simpleName) {
    return annotations
        .find(element, simpleName)
        .flatMap(
            mirror ->
                mirror.getElementValues().entrySet().stream()
                    .filter(entry -> entry.getKey().getSimpleName().contentEquals("value"))
                    .map(entry -> entry.getValue().getValue().toString())
                    .findFirst())
        .orElse("");
  }

  Set<MapFlag> flags(VariableElement field) {
    return annotations.flags(field);
  }

  Optional<ProgramKind> kind(ExecutableElement method) {
    return annotations.kind(method);
  }

  List<String> targets(ExecutableElement method) {
    return annotations.targets(method);
  }

  /// The suffix of the `Storage` methods for a number: its annotation, else its Java type.
  String storage(Element element, TypeMirror type) {
    return annotations
        .storage(element)
        .map(name -> name.charAt(0) + name.substring(1).toLowerCase(java.util.Locale.ROOT))
        .orElseGet(() -> javaName(primitive(type)));
  }

  /// The suffix of the `Storage` method that reads a number, and the type it gives.
  Getter getter(Element element, TypeMirror type) {
    String storage = storage(element, type);
    return switch (storage) {
      case "S8" -> new Getter("Byte", TypeName.BYTE);
      case "S16" -> new Getter("Short", TypeName.SHORT);
      case "S32" -> new Getter("Int", TypeName.INT);
      case "U64" -> new Getter("Long", TypeName.LONG);
      case "U8", "U16", "Be16", "Be24", "Be32" -> new Getter(storage, TypeName.INT);
      case "U32", "Be48", "Be64" -> new Getter(storage, TypeName.LONG);
      default -> new Getter(storage, primitive(type));
    };
  }

  /// A `Storage` method that reads: `get` and the suffix.
  record Getter(String suffix, TypeName type) {}

  /// `int` → `Int`: the suffix of methods for a primitive.
  static String javaName(TypeName primitive) {
    String name = primitive.toString();
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  int enumValue(Element constant) {
    return annotations.enumValue(constant);
  }
}
