package org.bpf4j.processor.read;

import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Unit.ComponentField;
import org.bpf4j.compiler.ast.Unit.ComponentMaps;
import org.bpf4j.compiler.ast.Unit.MapDeclaration;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.diagnostic.Span;

/// Reads component classes and the fields that hold them.
final class ComponentReader {
  private final Source source;
  private final JavaTypes types;
  private final FieldReader fields;
  private final SizeReader sizes;

  ComponentReader(Source source, JavaTypes types, FieldReader fields) {
    this.source = source;
    this.types = types;
    this.fields = fields;
    this.sizes = new SizeReader(source);
  }

  static boolean isComponent(TypeElement type) {
    return Annotations.has(type, "BpfComponent");
  }

  /// Whether a field holds a component.
  static boolean isComponent(VariableElement field) {
    return field.asType() instanceof DeclaredType type
        && type.asElement() instanceof TypeElement element
        && isComponent(element);
  }

  /// The maps of a component class; what else its fields are is reported.
  ComponentMaps read(TypeElement type) {
    refuseOthers(type);
    List<MapDeclaration> maps = new ArrayList<>();
    for (VariableElement field : ElementFilter.fieldsIn(type.getEnclosedElements())) {
      if (field.getModifiers().contains(Modifier.STATIC)) {
        continue;
      }
      boolean isMap = types.of(field.asType()).filter(Type.MapType.class::isInstance).isPresent();
      if (!isMap || !field.getModifiers().contains(Modifier.FINAL)) {
        report(
            source.trees().getTree(field),
            "`" + field.getSimpleName() + "` of a component is no final map",
            "final BpfHashMap<Integer, Long> counts = BpfHashMap.create(1_024);");
      } else {
        fields.map(field).ifPresent(maps::add);
      }
    }
    return new ComponentMaps(types.binaryName(type), maps);
  }

  /// A component is final, has no type parameters, and nothing runs when it is made.
  private void refuseOthers(TypeElement type) {
    boolean alone =
        type.getModifiers().contains(Modifier.STATIC) || type.equals(JavaTypes.outermost(type));
    boolean plain =
        type.getKind() == ElementKind.CLASS
            && type.getModifiers().contains(Modifier.FINAL)
            && type.getTypeParameters().isEmpty();
    boolean explicit =
        ElementFilter.constructorsIn(type.getEnclosedElements()).stream()
            .anyMatch(this::isExplicit);
    if (!alone || !plain || explicit) {
      report(
          source.trees().getTree(type),
          "a component is a final class without type parameters and constructors",
          "@BpfComponent static final class Limiter { final BpfHashMap<…> clients = …; }");
    }
  }

  private boolean isExplicit(ExecutableElement constructor) {
    return types.elements().getOrigin(constructor) == Elements.Origin.EXPLICIT;
  }

  /// A field that holds a component, if it is declared as such fields are.
  Optional<ComponentField> field(VariableElement field) {
    Tree tree = source.trees().getTree(field);
    boolean made =
        sizes
            .initialiser(field)
            .filter(
                path ->
                    path.getLeaf() instanceof NewClassTree creation
                        && creation.getArguments().isEmpty()
                        && creation.getClassBody() == null)
            .isPresent();
    boolean ofPrograms = Annotations.has(JavaTypes.owner(field), "Bpf");
    if (!made
        || !ofPrograms
        || field.getModifiers().contains(Modifier.PRIVATE)
        || !field.getModifiers().containsAll(Set.of(Modifier.STATIC, Modifier.FINAL))) {
      String type = JavaTypes.simpleName(field.asType());
      report(
          tree,
          "component `"
              + field.getSimpleName()
              + "` must be a static final field of a @Bpf class, not private, and created where it"
              + " is declared",
          "static final %s %s = new %s();".formatted(type, field.getSimpleName(), type));
      return Optional.empty();
    }
    TypeElement component = (TypeElement) ((DeclaredType) field.asType()).asElement();
    return Optional.of(
        new ComponentField(
            types.binaryName(JavaTypes.owner(field)),
            field.getSimpleName().toString(),
            types.binaryName(component),
            source.span(tree)));
  }

  private void report(Tree tree, String message, String help) {
    Span span = source.span(tree);
    source.report(Diagnostic.error(Code.BPF1011, span, message, help));
  }
}
