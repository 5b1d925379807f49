package org.bpf4j.processor.read;

import com.sun.source.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.AnnotatedConstruct;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import org.bpf4j.compiler.ast.Declaration.ViewKind;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Type.Special;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.object.CName;
import org.bpf4j.object.Iteration;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.Kfunc;
import org.bpf4j.object.Kfunc.Parameter;
import org.bpf4j.object.KfuncType;
import org.bpf4j.object.Signature.Argument;

/// Reads declarations of kernel functions: `static native` methods.
final class KfuncReader {
  private final Source source;
  private final JavaTypes types;

  KfuncReader(Source source, JavaTypes types) {
    this.source = source;
    this.types = types;
  }

  /// The kernel function that a method declares.
  ///
  /// @param tree where it is called, for what is wrong with the declaration
  Optional<Kfunc> read(ExecutableElement method, Tree tree) {
    return Annotations.find(method, "Kfunc").map(mirror -> read(method, mirror, tree));
  }

  /// The iterator that a method declares: one that gives an `Iterable`.
  ///
  /// @param tree where it is used, for what is wrong with the declaration
  Optional<Iteration> iteration(ExecutableElement method, Tree tree) {
    return Annotations.find(method, "Kfunc")
        .filter(_ -> method.getReturnType() instanceof DeclaredType type && isIterable(type))
        .map(mirror -> iteration(method, mirror, tree));
  }

  private static boolean isIterable(DeclaredType type) {
    return ((TypeElement) type.asElement()).getQualifiedName().contentEquals("java.lang.Iterable")
        && type.getTypeArguments().size() == 1;
  }

  private Iteration iteration(ExecutableElement method, AnnotationMirror mirror, Tree tree) {
    requireNative(method, tree);
    String name = kernelName(method, mirror, tree);
    if (!Annotations.text(mirror, "releasedBy").isEmpty() || releases(mirror)) {
      throw rejected(method, tree, "is an iterator, which ends with its loop", "leave it to `for`");
    }
    TypeMirror given = ((DeclaredType) method.getReturnType()).getTypeArguments().getFirst();
    KfuncType item =
        switch (types.of(given).orElse(Special.NULL)) {
          case Type.ViewType _ when kind(given) == ViewKind.KERNEL_STRUCT ->
              struct(given, ViewKind.KERNEL_STRUCT);
          case Type.Boxed(Primitive number)
              when number == Primitive.INT || number == Primitive.LONG ->
              KfuncType.numbers(number.bytes(), true);
          default ->
              throw rejected(
                  method,
                  tree,
                  "goes over " + given + ", which no iterator gives",
                  "use a @KernelStruct, Integer or Long");
        };
    List<Parameter> parameters = parameters(method, tree);
    if (parameters.size() >= MAX_ARGUMENTS) {
      throw rejected(method, tree, "has more than four arguments, sizes included", "");
    }
    return Iteration.declared(
        method.getSimpleName().toString(), name, since(method, mirror, tree), item, parameters);
  }

  private void requireNative(ExecutableElement method, Tree tree) {
    if (!method.getModifiers().contains(Modifier.NATIVE)) {
      throw rejected(method, tree, "has a body, which the kernel does not run", "static native …");
    }
  }

  private String kernelName(ExecutableElement method, AnnotationMirror mirror, Tree tree) {
    String stated = Annotations.text(mirror, "value");
    String name =
        stated.isEmpty() ? ViewReader.snakeCase(method.getSimpleName().toString()) : stated;
    if (!CName.of(name).equals(name)) {
      throw rejected(method, tree, "names a function that the kernel cannot have", "");
    }
    return name;
  }

  private static boolean releases(AnnotationMirror mirror) {
    return Annotations.value(mirror, "releases").orElse(false).equals(true);
  }

  private List<Parameter> parameters(ExecutableElement method, Tree tree) {
    List<Parameter> parameters = new ArrayList<>();
    for (VariableElement parameter : method.getParameters()) {
      parameters.addAll(parameter(method, parameter, tree));
    }
    return parameters;
  }

  private Kfunc read(ExecutableElement method, AnnotationMirror mirror, Tree tree) {
    requireNative(method, tree);
    String name = kernelName(method, mirror, tree);
    String releasedBy = Annotations.text(mirror, "releasedBy");
    if (!CName.of(releasedBy).equals(releasedBy)) {
      throw rejected(method, tree, "names a function that the kernel cannot have", "");
    }
    KfuncType result = result(method, tree);
    if (!releasedBy.isEmpty() && result.form() != KfuncType.Form.STRUCT) {
      throw rejected(
          method, tree, "gives nothing that could be released", "let it give a @KernelStruct");
    }
    List<Parameter> parameters = parameters(method, tree);
    if (types.of(method.getReturnType()).filter(type -> type == Special.DYNPTR).isPresent()) {
      parameters.add(new Parameter("ptr__uninit", Argument.DYNPTR_NEW, DYNPTR));
    }
    if (parameters.size() > MAX_ARGUMENTS) {
      throw rejected(method, tree, "has more than five arguments, sizes included", "");
    }
    List<Kfunc.Trait> traits = new ArrayList<>();
    if (isNullable(method) || isNullable(method.getReturnType())) {
      traits.add(Kfunc.Trait.MAY_BE_NULL);
    }
    if (releases(mirror)) {
      traits.add(Kfunc.Trait.RELEASES);
    }
    KernelVersion since = since(method, mirror, tree);
    return Kfunc.isCast(name)
        ? new Kfunc(name, since, anything(result), traits, releasedBy, cast(parameters))
        : new Kfunc(name, since, result, traits, releasedBy, parameters);
  }

  private static KfuncType anything(KfuncType type) {
    return type.form() == KfuncType.Form.STRUCT ? KfuncType.ANYTHING : type;
  }

  private static List<Parameter> cast(List<Parameter> parameters) {
    return parameters.stream()
        .map(each -> new Parameter(each.name(), each.kind(), anything(each.type())))
        .toList();
  }

  private static final KfuncType DYNPTR = KfuncType.struct("bpf_dynptr");

  private static boolean isRecord(ExecutableElement method) {
    return method.getReturnType().toString().endsWith("RingRecord");
  }

  /// `MAX_BPF_FUNC_REG_ARGS`.
  private static final int MAX_ARGUMENTS = 5;

  private KernelVersion since(ExecutableElement method, AnnotationMirror mirror, Tree tree) {
    String since = Annotations.text(mirror, "since");
    try {
      return since.isEmpty() ? Kfunc.FIRST : KernelVersion.parse(since).max(Kfunc.FIRST);
    } catch (IllegalArgumentException e) {
      throw rejected(method, tree, "is said to be of kernel \"" + since + "\"", "since = \"6.2\"");
    }
  }

  private KfuncType result(ExecutableElement method, Tree tree) {
    Type type = types.of(method.getReturnType()).orElse(Special.NULL);
    return switch (type) {
      case Primitive primitive -> number(primitive);
      case Type.ViewType _ when kind(method.getReturnType()) == ViewKind.KERNEL_STRUCT ->
          struct(method.getReturnType(), ViewKind.KERNEL_STRUCT);
      case Special special when special == Special.VOID -> KfuncType.NOTHING;
      case Special special when special == Special.DYNPTR && !isRecord(method) ->
          KfuncType.number(Integer.BYTES, true);
      case Type.ViewType _,
          Type.EnumType _,
          Type.Boxed _,
          Type.StructType _,
          Type.ArenaType _,
          Type.RecordType _,
          Type.ArrayType _,
          Type.RowType _,
          Type.AtomicType _,
          Type.MapType _,
          Type.HeldType _,
          Type.ObjectType _,
          Type.CollectionType _,
          Special _ ->
          throw rejected(
              method,
              tree,
              "gives " + method.getReturnType() + ", which the kernel does not",
              "use a primitive, a @KernelStruct, Dynptr or void");
    };
  }

  /// A parameter, and its size if that follows.
  private List<Parameter> parameter(
      ExecutableElement method, VariableElement parameter, Tree tree) {
    String name = parameter.getSimpleName().toString();
    TypeMirror mirror = parameter.asType();
    Type type = types.of(mirror).orElse(Special.NULL);
    boolean nullable = isNullable(parameter) || isNullable(mirror);
    boolean sized = Annotations.has(parameter, "Sized");
    return switch (type) {
      case Primitive primitive -> List.of(number(parameter, primitive));
      case Type.EnumType _ ->
          List.of(new Parameter(name, Argument.SCALAR, KfuncType.number(Integer.BYTES, true)));
      case Type.ViewType _ when kind(mirror) == ViewKind.KERNEL_STRUCT ->
          List.of(
              new Parameter(
                  name,
                  nullable ? Argument.KERNEL_POINTER_OR_NULL : Argument.KERNEL_POINTER,
                  struct(mirror, ViewKind.KERNEL_STRUCT)));
      case Type.ViewType _ when kind(mirror) == ViewKind.CONTEXT ->
          List.of(new Parameter(name, Argument.CONTEXT, struct(mirror, ViewKind.CONTEXT)));
      case Type.MapType _ ->
          List.of(new Parameter(name, Argument.MAP, KfuncType.struct("bpf_map")));
      case Type.StructType(String struct) ->
          memory(name, KfuncType.struct(CName.ofType(struct)), sized, nullable);
      case Type.ArrayType(Primitive element) ->
          memory(name, sized ? KfuncType.ANYTHING : numbers(element), sized, nullable);
      case Special special when special == Special.BPF_STRING ->
          memory(name, KfuncType.CHARACTERS, sized, nullable);
      case Special special when special == Special.DYNPTR -> List.of(dynptr(name, nullable));
      case Special special when special == Special.TEXT ->
          List.of(new Parameter(name, Argument.TEXT, KfuncType.CHARACTERS));
      case Type.ViewType _,
          Type.ArenaType _,
          Type.Boxed _,
          Type.RecordType _,
          Type.ArrayType _,
          Type.RowType _,
          Type.AtomicType _,
          Type.HeldType _,
          Type.ObjectType _,
          Type.CollectionType _,
          Special _ ->
          throw rejected(
              method,
              tree,
              "takes `" + name + "` of type " + mirror + ", which the kernel does not",
              "use primitives, @KernelStruct, @Struct, arrays of primitives, BpfString, String,"
                  + " maps, Dynptr");
    };
  }

  private static Parameter dynptr(String name, boolean nullable) {
    return new Parameter(name, nullable ? Argument.DYNPTR_OR_NULL : Argument.DYNPTR, DYNPTR);
  }

  private static Parameter number(VariableElement parameter, Primitive primitive) {
    boolean address = primitive == Primitive.LONG && Annotations.has(parameter, "Address");
    boolean constant = Annotations.has(parameter, "Constant");
    return new Parameter(
        parameter.getSimpleName().toString(),
        constant ? Argument.CONSTANT : Argument.SCALAR,
        address ? KfuncType.ANYTHING : number(primitive));
  }

  private static KfuncType numbers(Primitive element) {
    return element == Primitive.BYTE
        ? KfuncType.CHARACTERS
        : KfuncType.numbers(element.bytes(), isSigned(element));
  }

  private static List<Parameter> memory(
      String name, KfuncType type, boolean sized, boolean nullable) {
    Argument fixed = nullable ? Argument.FIXED_OR_NULL : Argument.FIXED_READ_WRITE;
    Argument ranged = nullable ? Argument.MEMORY_OR_NULL : Argument.MEMORY_READ_WRITE;
    return sized
        ? List.of(
            new Parameter(name, ranged, type),
            new Parameter(name + "__sz", Argument.SIZE, KfuncType.number(Integer.BYTES, false)))
        : List.of(new Parameter(name, fixed, type));
  }

  private static KfuncType number(Primitive primitive) {
    return KfuncType.number(primitive.bytes(), isSigned(primitive));
  }

  private static boolean isSigned(Primitive primitive) {
    return primitive != Primitive.BOOLEAN && primitive != Primitive.CHAR;
  }

  private static ViewKind kind(TypeMirror mirror) {
    return ViewReader.kind((TypeElement) ((DeclaredType) mirror).asElement());
  }

  private static KfuncType struct(TypeMirror mirror, ViewKind kind) {
    TypeElement type = (TypeElement) ((DeclaredType) mirror).asElement();
    return KfuncType.struct(ViewReader.kernelType(type, kind));
  }

  /// Whether an annotation says so, of whatever library.
  static boolean isNullable(AnnotatedConstruct construct) {
    return construct.getAnnotationMirrors().stream()
        .anyMatch(m -> m.getAnnotationType().asElement().getSimpleName().contentEquals("Nullable"));
  }

  private Rejected rejected(ExecutableElement method, Tree tree, String message, String help) {
    return source.reject(Code.BPF1020, tree, "`" + method.getSimpleName() + "` " + message, help);
  }
}
