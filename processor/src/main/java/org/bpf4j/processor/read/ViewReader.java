package org.bpf4j.processor.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import org.bpf4j.compiler.ast.Declaration;
import org.bpf4j.compiler.ast.Declaration.Accessor;
import org.bpf4j.compiler.ast.Declaration.Shape;
import org.bpf4j.compiler.ast.Declaration.ViewKind;
import org.bpf4j.compiler.ast.Layouts;
import org.bpf4j.compiler.ast.Storage;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Type.Special;
import org.bpf4j.compiler.diagnostic.Span;

/// Reads view interfaces: each abstract method without parameters is a field.
final class ViewReader {
  private static final Pattern ELEMENT = Pattern.compile("\\[(\\d+)]");

  private static final Pattern PATH =
      Pattern.compile("[A-Za-z_]\\w*(\\[\\d+])*(\\.[A-Za-z_]\\w*(\\[\\d+])*)*");

  private static final Pattern STRUCT = Pattern.compile("[A-Za-z_]\\w*");

  /// Far more than a struct of the kernel has, and few enough for 32-bit offsets.
  private static final int MOST_ELEMENTS = 1 << 20;

  private final JavaTypes types;
  private final DeclarationReader declarations;

  ViewReader(Source source, JavaTypes types, DeclarationReader declarations) {
    this.types = types;
    this.declarations = declarations;
  }

  Declaration read(TypeElement type, String name, Span span) {
    ViewKind kind = kind(type);
    refuseWiderParts(type);
    refuseMisnamed(type, kind);
    List<Accessor> accessors = new ArrayList<>();
    for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
      if (isAccessor(method, kind) || isIndexed(method, kind)) {
        OptionalInt start = accessors.isEmpty() ? behindInherited(type) : OptionalInt.empty();
        read(type, method, kind, start).ifPresent(accessors::add);
      }
    }
    return new Declaration.ViewDecl(
        name, span, kind, bytes(type), kernelType(type, kind), accessors);
  }

  static ViewKind kind(TypeElement type) {
    if (Annotations.has(type, "Header")) {
      return ViewKind.HEADER;
    }
    if (Annotations.has(type, "ContextStruct")) {
      return ViewKind.CONTEXT;
    }
    return Annotations.has(type, "KernelStruct") ? ViewKind.KERNEL_STRUCT : ViewKind.TRACEPOINT;
  }

  /// Whether a method reads a field: on contexts only what an annotation places, the rest being
  /// methods that the compiler knows.
  static boolean isAccessor(ExecutableElement method, ViewKind kind) {
    return method.getModifiers().contains(Modifier.ABSTRACT)
        && method.getParameters().isEmpty()
        && method.getReturnType().getKind() != TypeKind.VOID
        && (kind != ViewKind.CONTEXT || Annotations.has(method, "At"));
  }

  /// Whether a method reads one element of an array.
  static boolean isIndexed(ExecutableElement method, ViewKind kind) {
    return method.getModifiers().contains(Modifier.ABSTRACT)
        && (kind == ViewKind.KERNEL_STRUCT || kind == ViewKind.TRACEPOINT)
        && method.getParameters().size() == 1
        && method.getParameters().getFirst().asType().getKind() == TypeKind.INT
        && method.getReturnType().getKind() != TypeKind.VOID;
  }

  /// Reads an accessor.
  ///
  /// @param start where it lies if it does not say, unless right behind the one before
  private Optional<Accessor> read(
      TypeElement type, ExecutableElement method, ViewKind kind, OptionalInt start) {
    String name = method.getSimpleName().toString();
    Optional<Type> result = types.of(method.getReturnType()).filter(t -> isFieldOf(t, kind));
    if (result.isEmpty()) {
      declarations.report(
          method,
          "`" + name + "` has type " + method.getReturnType() + ", which a view cannot read",
          kind == ViewKind.HEADER
              ? "use a primitive, an enum or a record of them"
              : "use a primitive, an enum, a record, another @KernelStruct or KernelString");
      return Optional.empty();
    }
    Optional<Storage> storage = Annotations.storage(method);
    if (kind == ViewKind.HEADER
        && storage.isEmpty()
        && result.get() instanceof Primitive primitive
        && primitive.bytes() > 1) {
      declarations.report(
          method,
          "`" + name + "` does not say how its bytes lie in the packet",
          "add @Be16, @Be32 or another storage annotation");
      return Optional.empty();
    }
    boolean indexed = isIndexed(method, kind);
    int length = Annotations.number(method, "Size").orElse(0);
    if (indexed && (length < 1 || !isElement(method, result.get(), kind))) {
      declarations.report(
          method,
          "`" + name + "` reads an element of an array, but not of how many",
          "add @Size(8) with the number of elements, and let it give a number or a @KernelStruct");
      return Optional.empty();
    }
    List<String> paths =
        paths(method, name).stream().map(path -> indexed ? path + "[0]" : path).toList();
    if (!arePaths(method, paths)) {
      return Optional.empty();
    }
    return Optional.of(
        new Accessor(
            indexed ? name + Accessor.INDEXED : name,
            result.get(),
            storage.orElse(Layouts.defaultStorage(result.get())),
            Annotations.number(method, "At").map(OptionalInt::of).orElse(start),
            length,
            !indexed && isWritable(type, name),
            shape(method, result.get()),
            inAllStructs(type, kind, paths),
            declarations.span(method)));
  }

  /// Reports the first that is none.
  private boolean arePaths(ExecutableElement method, List<String> paths) {
    Optional<String> wrong = paths.stream().filter(path -> !isPath(path)).findFirst();
    wrong.ifPresent(
        path ->
            declarations.report(
                method,
                "`" + path + "` is not the way to a member",
                "write names with dots for embedded structs, and [2] for an element of an array"));
    return wrong.isEmpty();
  }

  /// The paths, then those in each of the other structs that a tracepoint's arguments may be.
  private static List<String> inAllStructs(TypeElement type, ViewKind kind, List<String> paths) {
    Stream<String> others = structs(type, kind).stream().skip(1);
    return Stream.concat(
            paths.stream(),
            others.flatMap(other -> paths.stream().map(path -> Accessor.path(other, path))))
        .toList();
  }

  /// Whether an array may have such elements; those of a tracepoint are loaded one by one.
  private static boolean isElement(ExecutableElement method, Type type, ViewKind kind) {
    return switch (shape(method, type)) {
      case SCALAR, ENUM, POINTER -> true;
      case CHARS -> false;
      case EMBEDDED, RECORD, BITS -> kind == ViewKind.KERNEL_STRUCT;
    };
  }

  private static boolean isFieldOf(Type type, ViewKind kind) {
    return switch (type) {
      case Primitive _, Type.EnumType _, Type.RecordType _ -> true;
      case Type.ViewType _ -> kind != ViewKind.HEADER;
      case Special special ->
          special == Special.KERNEL_STRING
              && (kind == ViewKind.KERNEL_STRUCT || kind == ViewKind.TRACEPOINT);
      case Type.Boxed _,
          Type.StructType _,
          Type.ArenaType _,
          Type.ArrayType _,
          Type.RowType _,
          Type.AtomicType _,
          Type.MapType _,
          Type.HeldType _,
          Type.ObjectType _,
          Type.CollectionType _ ->
          false;
    };
  }

  private static Shape shape(ExecutableElement method, Type type) {
    if (type instanceof Primitive && Annotations.has(method, "BitField")) {
      return Shape.BITS;
    }
    if (type instanceof Primitive && Annotations.has(method, "KernelEnum")) {
      return Shape.ENUM;
    }
    return switch (type) {
      case Type.RecordType _ -> Shape.RECORD;
      case Type.ViewType _ -> Annotations.has(method, "Embedded") ? Shape.EMBEDDED : Shape.POINTER;
      case Type.EnumType _ -> Annotations.has(method, "KernelEnum") ? Shape.ENUM : Shape.SCALAR;
      case Special _ -> Shape.CHARS;
      case Primitive _, Type.Boxed _, Type.StructType _, Type.ArrayType _, Type.RowType _ ->
          Shape.SCALAR;
      case Type.AtomicType _,
          Type.ArenaType _,
          Type.MapType _,
          Type.HeldType _,
          Type.ObjectType _,
          Type.CollectionType _ ->
          Shape.SCALAR;
    };
  }

  private static boolean isWritable(TypeElement type, String name) {
    return ElementFilter.methodsIn(type.getEnclosedElements()).stream()
        .anyMatch(
            method ->
                method.getSimpleName().contentEquals(name)
                    && method.getModifiers().contains(Modifier.ABSTRACT)
                    && method.getReturnType().getKind() == TypeKind.VOID
                    && method.getParameters().size() == 1);
  }

  private static List<String> paths(ExecutableElement method, String name) {
    return Annotations.find(method, "Field")
        .map(mirror -> Annotations.texts(mirror, "value"))
        .filter(texts -> !texts.isEmpty())
        .orElse(List.of(snakeCase(name)));
  }

  /// Names and elements; what is skipped by elements must be within reason.
  private static boolean isPath(String path) {
    return PATH.matcher(path).matches()
        && ELEMENT
                .matcher(path)
                .results()
                .mapToDouble(match -> Double.parseDouble(match.group(1)) + 1)
                .reduce(1, (a, b) -> a * b)
            <= MOST_ELEMENTS;
  }

  /// What a header inherits lies at the same places in it, so it must have as many bytes.
  private void refuseWiderParts(TypeElement type) {
    for (TypeElement inherited : inherited(type)) {
      if (bytes(inherited) > bytes(type)) {
        declarations.report(
            type,
            "header `"
                + type.getSimpleName()
                + "` has "
                + bytes(type)
                + " bytes, but "
                + inherited.getSimpleName()
                + ", which it extends, has "
                + bytes(inherited),
            "@Header(bytes = " + bytes(inherited) + ")");
      }
    }
  }

  private static List<TypeElement> inherited(TypeElement type) {
    List<TypeElement> found = new ArrayList<>();
    for (TypeMirror above : type.getInterfaces()) {
      if (above instanceof DeclaredType declared
          && declared.asElement() instanceof TypeElement element) {
        found.add(element);
      }
    }
    return found;
  }

  /// Where the first accessor of a header lies that extends others.
  private static OptionalInt behindInherited(TypeElement type) {
    return inherited(type).stream().mapToInt(ViewReader::bytes).filter(b -> b > 0).max();
  }

  private void refuseMisnamed(TypeElement type, ViewKind kind) {
    for (String struct : structs(type, kind)) {
      if (!STRUCT.matcher(struct).matches()) {
        declarations.report(
            type,
            "`" + struct + "` is not the name of a struct",
            "write a name such as \"trace_event_raw_kfree\", several as {\"new\", \"old\"}");
      }
    }
  }

  private static int bytes(TypeElement type) {
    return Annotations.find(type, "Header")
        .flatMap(mirror -> Annotations.value(mirror, "bytes"))
        .map(value -> (Integer) value)
        .orElse(0);
  }

  static String kernelType(TypeElement type, ViewKind kind) {
    String snake = snakeCase(type.getSimpleName().toString());
    return switch (kind) {
      case HEADER -> "";
      case CONTEXT -> stated(type, "ContextStruct").orElse(snake);
      case KERNEL_STRUCT -> stated(type, "KernelStruct").orElse(snake);
      case TRACEPOINT ->
          structs(type, kind).stream().findFirst().orElse("trace_event_raw_" + snake);
    };
  }

  /// The structs of which the kernel has one, if a tracepoint's view names such.
  private static List<String> structs(TypeElement type, ViewKind kind) {
    return kind == ViewKind.TRACEPOINT
        ? Annotations.find(type, "TracepointArgs")
            .map(mirror -> Annotations.texts(mirror, "value"))
            .orElse(List.of())
        : List.of();
  }

  private static Optional<String> stated(TypeElement type, String annotation) {
    return Annotations.find(type, annotation)
        .map((AnnotationMirror mirror) -> Annotations.text(mirror, "value"))
        .filter(text -> !text.isEmpty());
  }

  /// `realParent` → `real_parent`: how kernel structs and their fields are named.
  static String snakeCase(String camelCase) {
    StringBuilder snake = new StringBuilder();
    for (int i = 0; i < camelCase.length(); i++) {
      char c = camelCase.charAt(i);
      if (Character.isUpperCase(c) && i > 0) {
        snake.append('_');
      }
      snake.append(c);
    }
    return snake.toString().toLowerCase(Locale.ROOT);
  }
}
