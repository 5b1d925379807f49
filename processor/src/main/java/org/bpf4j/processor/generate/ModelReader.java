package org.bpf4j.processor.generate;

import com.palantir.javapoet.ClassName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import org.bpf4j.compiler.ast.MapFamily;
import org.bpf4j.compiler.ast.MapForm;
import org.bpf4j.object.CName;
import org.bpf4j.object.MapFlag;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.object.ProgramParameters;
import org.bpf4j.processor.generate.SkeletonModel.GlobalField;
import org.bpf4j.processor.generate.SkeletonModel.MapField;
import org.bpf4j.processor.generate.SkeletonModel.ProgramMethod;

/// Reads the declarations of a `@Bpf` class for its skeleton.
///
/// What it does not understand it leaves out: the compiler reports the declaration later, and the
/// rest of the skeleton keeps that error from hiding behind "cannot find symbol".
final class ModelReader {
  private final Elements elements;
  private final TypeShapes shapes;

  ModelReader(Elements elements, TypeShapes shapes) {
    this.elements = elements;
    this.shapes = shapes;
  }

  SkeletonModel read(TypeElement type) {
    ClassName name = ClassName.get(type);
    String nested = String.join("_", name.simpleNames());
    String binary = elements.getBinaryName(type).toString();
    List<MapField> maps = new ArrayList<>();
    List<GlobalField> globals = new ArrayList<>();
    List<VariableElement> fields =
        ElementFilter.fieldsIn(type.getEnclosedElements()).stream()
            .filter(field -> field.getModifiers().contains(Modifier.STATIC))
            .toList();
    for (VariableElement field : fields) {
      maps.addAll(component(field));
      map(field).ifPresent(maps::add);
    }
    Optional<String> arena =
        maps.stream()
            .filter(map -> map.form().family() == MapFamily.ARENA)
            .map(MapField::name)
            .findFirst();
    fields.stream()
        .filter(field -> map(field).isEmpty())
        .forEach(field -> global(field, arena).ifPresent(globals::add));
    return new SkeletonModel(
        type,
        name,
        ClassName.get(name.packageName(), nested + "Bpf"),
        binary.substring(binary.lastIndexOf('.') + 1) + ".bpf.o",
        maps,
        globals,
        programs(type),
        shapes.has(type, "StructOps") ? Optional.of(CName.ofType(binary)) : Optional.empty());
  }

  private Optional<MapField> map(VariableElement field) {
    String name = field.getSimpleName().toString();
    return map(name, name, field.asType(), shapes.flags(field));
  }

  /// The maps of a component: `limiter_buckets` to the kernel, `limiterBuckets()` to Java.
  private List<MapField> component(VariableElement field) {
    if (!(field.asType() instanceof DeclaredType type)
        || !shapes.has(type.asElement(), "BpfComponent")) {
      return List.of();
    }
    List<MapField> maps = new ArrayList<>();
    for (VariableElement member : ElementFilter.fieldsIn(type.asElement().getEnclosedElements())) {
      String name = member.getSimpleName().toString();
      String accessor =
          field.getSimpleName() + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
      String elfName = field.getSimpleName() + "_" + name;
      map(accessor, elfName, member.asType(), shapes.flags(member)).ifPresent(maps::add);
    }
    return maps;
  }

  /// A map of a type, if it is a map's type whose parts can cross to user space.
  private Optional<MapField> map(
      String name, String elfName, TypeMirror mirror, Set<MapFlag> flags) {
    if (!(mirror instanceof DeclaredType type)
        || !(type.asElement() instanceof TypeElement mapClass)) {
      return Optional.empty();
    }
    Optional<MapForm> form = MapForm.ofClass(mapClass.getQualifiedName().toString());
    List<? extends TypeMirror> arguments = type.getTypeArguments();
    if (form.isEmpty() || arguments.size() != form.get().family().arguments()) {
      return Optional.empty();
    }
    Optional<TypeMirror> key =
        switch (form.get().family().key()) {
          case STORED, ENUM -> Optional.of(arguments.getFirst());
          case INDEX -> Optional.of(elements.getTypeElement("java.lang.Integer").asType());
          case GROUP -> Optional.of(elements.getTypeElement("java.lang.Long").asType());
          case NONE -> Optional.empty();
        };
    Optional<TypeMirror> value =
        switch (form.get().family().value()) {
          case STORED, COPIED, STRUCT, HELD, EVENT -> Optional.of(arguments.getLast());
          case NONE, DESCRIPTOR, TARGET, TRACE, MAP -> Optional.empty();
        };
    Optional<MapField> inner =
        form.get().family().value() == MapFamily.Value.MAP
            ? map(name, elfName, arguments.getLast(), Set.of())
            : Optional.empty();
    boolean usable =
        key.stream().allMatch(shapes::hasCodec)
            && value.stream().allMatch(shapes::hasCodec)
            && (form.get().family().value() != MapFamily.Value.MAP || inner.isPresent());
    return usable
        ? Optional.of(new MapField(name, CName.of(elfName), form.get(), key, value, inner, flags))
        : Optional.empty();
  }

  private Optional<GlobalField> global(VariableElement field, Optional<String> arena) {
    if (shapes.has(field, "Ksym")) {
      return Optional.empty();
    }
    boolean configured = shapes.has(field, "Kconfig");
    boolean config = shapes.has(field, "Config") || configured;
    boolean isFinal = field.getModifiers().contains(Modifier.FINAL);
    boolean shared =
        config
            || (isFinal
                ? shapes.isMemory(field.asType()) || shapes.isBuffer(field)
                : shapes.isValue(field.asType()));
    boolean reference = shapes.shape(field.asType()) == TypeShapes.Shape.REFERENCE;
    if (!shared || (reference && arena.isEmpty()) || !shapes.isUsable(field.asType())) {
      return Optional.empty();
    }
    String name = field.getSimpleName().toString();
    String elfName = configured ? shapes.text(field, "Kconfig") : CName.of(name);
    return Optional.of(
        new GlobalField(
            name,
            elfName,
            field.asType(),
            config && !configured,
            configured,
            field,
            reference ? arena : Optional.empty()));
  }

  private List<ProgramMethod> programs(TypeElement type) {
    List<ProgramMethod> programs = new ArrayList<>();
    for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
      shapes
          .kind(method)
          .ifPresent(
              kind -> {
                String name = method.getSimpleName().toString();
                programs.add(
                    new ProgramMethod(
                        name, CName.of(name), kind, shapes.targets(method), context(method, kind)));
              });
    }
    return programs;
  }

  private Optional<TypeMirror> context(ExecutableElement method, ProgramKind kind) {
    return kind.parameters() instanceof ProgramParameters.Struct
            && method.getParameters().size() == 1
        ? Optional.of(method.getParameters().getFirst().asType()).filter(shapes::isUsable)
        : Optional.empty();
  }

  /// Whether generated code in the same package may name the element.
  static boolean isVisible(Element element) {
    return !element.getModifiers().contains(Modifier.PRIVATE)
        && element.asType().getKind() != TypeKind.ERROR;
  }
}
