package org.bpf4j.processor.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.bpf4j.compiler.ast.Declaration.ViewKind;
import org.bpf4j.compiler.ast.MapForm;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Type.Special;
import org.bpf4j.compiler.ast.Unit.FunctionRef;

/// javac's types as [Type]s.
///
/// Every struct, record, enum and view met on the way is remembered in [#reached]: the unit must
/// declare them.
final class JavaTypes {
  private static final Map<String, Type> KNOWN =
      Map.ofEntries(
          Map.entry("java.lang.Boolean", new Type.Boxed(Primitive.BOOLEAN)),
          Map.entry("java.lang.Byte", new Type.Boxed(Primitive.BYTE)),
          Map.entry("java.lang.Short", new Type.Boxed(Primitive.SHORT)),
          Map.entry("java.lang.Character", new Type.Boxed(Primitive.CHAR)),
          Map.entry("java.lang.Integer", new Type.Boxed(Primitive.INT)),
          Map.entry("java.lang.Long", new Type.Boxed(Primitive.LONG)),
          Map.entry("java.lang.String", Special.TEXT),
          Map.entry("java.lang.Class", Special.CLASS),
          Map.entry("org.bpf4j.lang.BpfString", Special.BPF_STRING),
          Map.entry("org.bpf4j.lang.BpfSpinLock", Special.SPIN_LOCK),
          Map.entry("org.bpf4j.lang.BpfResilientSpinLock", Special.RESILIENT_LOCK),
          Map.entry("org.bpf4j.lang.BpfTimer", Special.TIMER),
          Map.entry("org.bpf4j.lang.BpfWorkqueue", Special.WORK_QUEUE),
          Map.entry("org.bpf4j.lang.BpfListNode", Special.LIST_NODE),
          Map.entry("org.bpf4j.lang.BpfTreeNode", Special.TREE_NODE),
          Map.entry("org.bpf4j.lang.BpfRefcount", Special.REFCOUNT),
          Map.entry("org.bpf4j.lang.Dynptr", Special.DYNPTR),
          Map.entry("org.bpf4j.lang.RingRecord", Special.DYNPTR),
          Map.entry("org.bpf4j.lang.KernelString", Special.KERNEL_STRING),
          Map.entry(
              "java.util.concurrent.atomic.AtomicInteger", new Type.AtomicType(Primitive.INT)),
          Map.entry("java.util.concurrent.atomic.AtomicLong", new Type.AtomicType(Primitive.LONG)));

  private static final String PACKAGE = "org.bpf4j.lang.";

  private static final String HELD = "org.bpf4j.lang.KernelPointer";

  /// A declared type met on the way.
  ///
  /// @param types what its type parameters stand for, if it has some
  record Reached(TypeElement element, JavaTypes types) {}

  private final Elements elements;
  private final Types types;
  private final Map<TypeParameterElement, TypeMirror> bindings;
  private final Map<String, Reached> reached;

  JavaTypes(Elements elements, Types types) {
    this(elements, types, Map.of(), new TreeMap<>());
  }

  private JavaTypes(
      Elements elements,
      Types types,
      Map<TypeParameterElement, TypeMirror> bindings,
      Map<String, Reached> reached) {
    this.elements = elements;
    this.types = types;
    this.bindings = bindings;
    this.reached = reached;
  }

  /// The same, where type parameters stand for types: a generic method or record is read for each
  /// of its uses.
  JavaTypes bound(Map<TypeParameterElement, TypeMirror> more) {
    if (more.isEmpty()) {
      return this;
    }
    Map<TypeParameterElement, TypeMirror> all = new HashMap<>(bindings);
    all.putAll(more);
    return new JavaTypes(elements, types, all, reached);
  }

  /// What the type parameters of a declared type stand for; empty if it has none.
  Map<TypeParameterElement, TypeMirror> arguments(TypeMirror mirror) {
    Map<TypeParameterElement, TypeMirror> found = new HashMap<>();
    if (mirror instanceof DeclaredType declared
        && declared.asElement() instanceof TypeElement element
        && declared.getTypeArguments().size() == element.getTypeParameters().size()) {
      for (int i = 0; i < element.getTypeParameters().size(); i++) {
        found.put(element.getTypeParameters().get(i), closed(declared.getTypeArguments().get(i)));
      }
    }
    return found;
  }

  /// A type without type variables that stand for something here.
  TypeMirror closed(TypeMirror mirror) {
    return switch (mirror) {
      case TypeVariable variable ->
          bindings.getOrDefault((TypeParameterElement) variable.asElement(), variable);
      case ArrayType array -> types.getArrayType(closed(array.getComponentType()));
      case DeclaredType declared when !declared.getTypeArguments().isEmpty() ->
          types.getDeclaredType(
              (TypeElement) declared.asElement(),
              declared.getTypeArguments().stream().map(this::closed).toArray(TypeMirror[]::new));
      default -> mirror;
    };
  }

  Elements elements() {
    return elements;
  }

  Types types() {
    return types;
  }

  /// The declared types met so far, by binary name.
  Map<String, Reached> reached() {
    return reached;
  }

  /// Whether a type met so far is a view of a kind.
  boolean isView(String name, ViewKind kind) {
    Reached type = reached.get(name);
    return type != null && ViewReader.kind(type.element()) == kind;
  }

  /// The type, or empty if BPF code cannot use it.
  Optional<Type> of(TypeMirror mirror) {
    return switch (mirror.getKind()) {
      case BOOLEAN -> Optional.of(Primitive.BOOLEAN);
      case BYTE -> Optional.of(Primitive.BYTE);
      case SHORT -> Optional.of(Primitive.SHORT);
      case CHAR -> Optional.of(Primitive.CHAR);
      case INT -> Optional.of(Primitive.INT);
      case LONG -> Optional.of(Primitive.LONG);
      case VOID -> Optional.of(Special.VOID);
      case NULL -> Optional.of(Special.NULL);
      case ARRAY -> of(((ArrayType) mirror).getComponentType()).map(Type.ArrayType::new);
      case DECLARED -> declared((DeclaredType) mirror);
      case TYPEVAR ->
          Optional.ofNullable(bindings.get((TypeParameterElement) types.asElement(mirror)))
              .flatMap(this::of);
      default -> Optional.empty();
    };
  }

  private Optional<Type> declared(DeclaredType mirror) {
    TypeElement element = (TypeElement) mirror.asElement();
    String qualified = element.getQualifiedName().toString();
    Type known = KNOWN.get(qualified);
    if (known != null) {
      return Optional.of(known);
    }
    if (qualified.equals(HELD)) {
      return held(mirror);
    }
    for (Type.Collection form : Type.Collection.values()) {
      if (qualified.equals(PACKAGE + form.className())) {
        return collection(form, mirror);
      }
    }
    Optional<MapForm> form = MapForm.ofClass(qualified);
    if (form.isPresent()) {
      return map(form.get(), mirror);
    }
    if (!element.getTypeParameters().isEmpty()) {
      return element.getKind() == ElementKind.RECORD ? instance(element, mirror) : Optional.empty();
    }
    Optional<Type> type = user(element);
    type.filter(found -> found != Special.COMPONENT)
        .ifPresent(_ -> reached.put(binaryName(element), new Reached(element, this)));
    return type;
  }

  /// A generic record of boxes, enums and records, as a record of its own.
  private Optional<Type> instance(TypeElement element, DeclaredType mirror) {
    JavaTypes inside = bound(arguments(mirror));
    boolean held =
        element.getTypeParameters().stream()
            .map(parameter -> inside.of(parameter.asType()).orElse(Special.VOID))
            .allMatch(
                type ->
                    type instanceof Type.Boxed
                        || type instanceof Type.EnumType
                        || type instanceof Type.RecordType);
    if (!held) {
      return Optional.empty();
    }
    String name = binaryName(element) + inside.suffix(element.getTypeParameters());
    reached.put(name, new Reached(element, inside));
    return Optional.of(new Type.RecordType(name));
  }

  /// Whether a type is a generic record for some types, which is a value and never lies in memory.
  static boolean isInstance(Type type) {
    return type instanceof Type.RecordType(String name) && name.endsWith(">");
  }

  /// What tells a generic method or record from the same for other types; empty without type
  /// parameters.
  private String suffix(List<? extends TypeParameterElement> parameters) {
    return parameters.isEmpty()
        ? ""
        : parameters.stream()
            .map(parameter -> of(parameter.asType()).orElse(Special.VOID))
            .map(JavaTypes::name)
            .collect(Collectors.joining(",", "<", ">"));
  }

  /// A name that no other type has, without dots: what stands behind the last one is the C name.
  private static String name(Type type) {
    return switch (type) {
      case Type.EnumType(String name) -> name.replace('.', '$');
      case Type.StructType(String name) -> name.replace('.', '$');
      case Type.ArenaType(String name) -> name.replace('.', '$');
      case Type.ObjectType(String name) -> name.replace('.', '$');
      case Type.RecordType(String name) -> name.replace('.', '$');
      case Type.ViewType(String name) -> name.replace('.', '$');
      case Type.ArrayType(Type element) -> name(element) + "[]";
      case Type.RowType _,
          Type.Boxed _,
          Type.AtomicType _,
          Type.MapType _,
          Type.HeldType _,
          Type.CollectionType _,
          Primitive _,
          Special _ ->
          word(type);
    };
  }

  /// A pointer to the struct that a view stands for, or to an object of a program.
  private Optional<Type> held(DeclaredType mirror) {
    if (mirror.getTypeArguments().size() == 1
        && of(mirror.getTypeArguments().getFirst()).orElse(Special.VOID)
            instanceof Type.ObjectType(String object)) {
      return Optional.of(new Type.HeldType(object, true));
    }
    return mirror.getTypeArguments().size() == 1
            && mirror.getTypeArguments().getFirst() instanceof DeclaredType view
            && view.asElement() instanceof TypeElement element
            && ViewReader.kind(element) == ViewKind.KERNEL_STRUCT
        ? Optional.of(
            new Type.HeldType(ViewReader.kernelType(element, ViewKind.KERNEL_STRUCT), false))
        : Optional.empty();
  }

  private Optional<Type> user(TypeElement element) {
    String name = binaryName(element);
    return switch (element.getKind()) {
      case ENUM -> Optional.of(new Type.EnumType(name));
      case RECORD -> Optional.of(new Type.RecordType(name));
      case CLASS ->
          Stream.of(
                  named(element, "ArenaStruct", new Type.ArenaType(name)),
                  named(element, "Struct", new Type.StructType(name)),
                  named(element, "ObjectStruct", new Type.ObjectType(name)),
                  named(element, "BpfComponent", Special.COMPONENT))
              .flatMap(Optional::stream)
              .findFirst();
      case INTERFACE -> isView(element) ? Optional.of(new Type.ViewType(name)) : Optional.empty();
      default -> Optional.empty();
    };
  }

  /// The type that an annotation of a class makes it.
  private static Optional<Type> named(TypeElement element, String annotation, Type type) {
    return Annotations.has(element, annotation) ? Optional.of(type) : Optional.empty();
  }

  /// A list or tree of objects.
  private Optional<Type> collection(Type.Collection form, DeclaredType mirror) {
    return mirror.getTypeArguments().size() == 1
            && of(mirror.getTypeArguments().getFirst()).orElse(Special.VOID)
                instanceof Type.ObjectType(String object)
        ? Optional.of(new Type.CollectionType(form, object))
        : Optional.empty();
  }

  private Optional<Type> map(MapForm form, DeclaredType mirror) {
    var arguments = mirror.getTypeArguments();
    if (arguments.size() != form.family().arguments()) {
      return Optional.empty();
    }
    Optional<Type> key =
        switch (form.family().key()) {
          case NONE -> Optional.of(Special.VOID);
          case INDEX -> Optional.of(Primitive.INT);
          case GROUP -> Optional.of(Primitive.LONG);
          case STORED, ENUM -> of(arguments.getFirst());
        };
    Optional<Type> value =
        switch (form.family().value()) {
          case STORED, COPIED, STRUCT, HELD, EVENT, MAP -> of(arguments.getLast());
          case NONE, DESCRIPTOR, TARGET, TRACE -> Optional.of(Special.VOID);
        };
    return key.isPresent() && value.isPresent()
        ? Optional.of(new Type.MapType(form, key.get(), value.get()))
        : Optional.empty();
  }

  static boolean isView(TypeElement element) {
    return Annotations.has(element, "Header")
        || Annotations.has(element, "ContextStruct")
        || Annotations.has(element, "KernelStruct")
        || Annotations.has(element, "TracepointArgs");
  }

  /// The one method that a functional interface demands, with its type arguments.
  Optional<ExecutableType> functionOf(DeclaredType functional) {
    return ElementFilter.methodsIn(elements.getAllMembers((TypeElement) functional.asElement()))
        .stream()
        .filter(method -> method.getModifiers().contains(Modifier.ABSTRACT))
        .map(method -> (ExecutableType) types.asMemberOf(functional, method))
        .findFirst();
  }

  /// The name of a declared type without package and outer classes.
  static String simpleName(TypeMirror mirror) {
    return mirror instanceof DeclaredType declared
        ? declared.asElement().getSimpleName().toString()
        : mirror.toString();
  }

  String binaryName(TypeElement element) {
    return elements.getBinaryName(element).toString();
  }

  /// The class that declares a field, method or enum constant.
  static TypeElement owner(Element member) {
    return (TypeElement) Objects.requireNonNull(member.getEnclosingElement(), "a member's class");
  }

  /// The outermost class around an element; of an array's method javac's own symbol, which is no
  /// class.
  static Element outermost(Element element) {
    Element at = element;
    while (at.getEnclosingElement() != null
        && at.getEnclosingElement().getKind() != ElementKind.PACKAGE) {
      at = at.getEnclosingElement();
    }
    return at;
  }

  /// The identity of a method.
  FunctionRef reference(ExecutableElement method) {
    StringBuilder descriptor = new StringBuilder("(");
    for (VariableElement parameter : method.getParameters()) {
      descriptor.append(descriptor(parameter.asType()));
    }
    descriptor.append(')').append(descriptor(method.getReturnType()));
    return new FunctionRef(
        binaryName(owner(method)), method.getSimpleName() + suffix(method), descriptor.toString());
  }

  private String suffix(ExecutableElement method) {
    List<TypeParameterElement> parameters = new ArrayList<>(method.getTypeParameters());
    if (!method.getModifiers().contains(Modifier.STATIC)) {
      parameters.addAll(owner(method).getTypeParameters());
    }
    return suffix(parameters);
  }

  /// The identity of a method or constructor.
  FunctionRef identity(ExecutableElement function) {
    return function.getKind() == ElementKind.CONSTRUCTOR
        ? constructor(function)
        : reference(function);
  }

  /// The identity of a constructor, as of a method that gives the object.
  FunctionRef constructor(ExecutableElement constructor) {
    FunctionRef reference = reference(constructor);
    String parameters =
        reference.descriptor().substring(0, reference.descriptor().lastIndexOf(')') + 1);
    TypeElement owner = owner(constructor);
    String simple = owner.getSimpleName().toString();
    return new FunctionRef(
        reference.owner(),
        "new" + simple + suffix(constructor),
        parameters + descriptor(owner.asType()));
  }

  private String descriptor(TypeMirror mirror) {
    return switch (mirror.getKind()) {
      case BOOLEAN -> "Z";
      case BYTE -> "B";
      case SHORT -> "S";
      case CHAR -> "C";
      case INT -> "I";
      case LONG -> "J";
      case FLOAT -> "F";
      case DOUBLE -> "D";
      case VOID -> "V";
      case ARRAY -> "[" + descriptor(((ArrayType) mirror).getComponentType());
      default -> {
        TypeMirror erased = types.erasure(mirror);
        yield erased.getKind() == TypeKind.DECLARED
            ? "L"
                + binaryName((TypeElement) ((DeclaredType) erased).asElement()).replace('.', '/')
                + ";"
            : "Ljava/lang/Object;";
      }
    };
  }

  /// Whether values of the type are compared and computed as numbers.
  static boolean isNumeric(Type type) {
    return type instanceof Primitive primitive && primitive != Primitive.BOOLEAN;
  }

  /// The primitive behind a primitive or its box.
  static Optional<Primitive> unboxed(Type type) {
    return switch (type) {
      case Primitive primitive -> Optional.of(primitive);
      case Type.Boxed(Primitive primitive) -> Optional.of(primitive);
      default -> Optional.empty();
    };
  }

  /// Binary numeric promotion (JLS 5.6).
  static Primitive promoted(Primitive left, Primitive right) {
    return left == Primitive.LONG || right == Primitive.LONG ? Primitive.LONG : Primitive.INT;
  }

  /// Unary numeric promotion (JLS 5.6).
  static Primitive promoted(Primitive operand) {
    return operand == Primitive.LONG ? Primitive.LONG : Primitive.INT;
  }

  /// A type as Java calls it.
  static String word(Type type) {
    return switch (type) {
      case Primitive primitive -> primitive.name().toLowerCase(Locale.ROOT);
      case Special special -> special.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      case Type.Boxed(Primitive primitive) -> word(primitive);
      case Type.EnumType(String name) -> simple(name);
      case Type.StructType(String name) -> simple(name);
      case Type.ArenaType(String name) -> simple(name);
      case Type.ObjectType(String name) -> simple(name);
      case Type.RecordType(String name) -> simple(name);
      case Type.ViewType(String name) -> simple(name);
      case Type.ArrayType(Type element) -> word(element) + "[]";
      case Type.RowType(Type element, int length) -> word(element) + "[" + length + "]";
      case Type.AtomicType(Primitive cell) ->
          cell == Primitive.INT ? "AtomicInteger" : "AtomicLong";
      case Type.MapType map -> map.form().simpleName();
      case Type.HeldType _ -> "KernelPointer";
      case Type.CollectionType(Type.Collection form, _) -> form.className();
    };
  }

  private static String simple(String binaryName) {
    return binaryName.substring(
        Math.max(binaryName.lastIndexOf('.'), binaryName.lastIndexOf('$')) + 1);
  }
}
