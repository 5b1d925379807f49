package org.bpf4j.processor.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.util.ElementFilter;
import org.bpf4j.compiler.ast.MapFamily;
import org.bpf4j.compiler.ast.MapForm;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Unit.Stage;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;

/// Reads which programs are in a map of programs from the start: those whose annotation names a
/// constant of the map's enum as their `stage`.
final class StageReader {
  private final Source source;
  private final JavaTypes types;

  StageReader(Source source, JavaTypes types) {
    this.source = source;
    this.types = types;
  }

  /// How many slots a map needs: one more than the greatest number of its enum.
  int size(VariableElement map) {
    return constants(map).stream().mapToInt(Annotations::enumValue).max().orElse(-1) + 1;
  }

  /// The programs of the map's class that are in it.
  List<Stage> of(VariableElement map, Type.MapType type) {
    if (type.form().family() != MapFamily.PROGRAMS) {
      return List.of();
    }
    TreeMap<Integer, ExecutableElement> slots = new TreeMap<>();
    for (ExecutableElement program : programs(JavaTypes.owner(map))) {
      constants(map).stream()
          .filter(constant -> isNamed(constant, ProgramReader.stage(program)))
          .forEach(
              constant -> {
                ExecutableElement other = slots.put(Annotations.enumValue(constant), program);
                if (other != null) {
                  report(program, "two programs are for stage " + constant.getSimpleName(), "");
                }
              });
    }
    List<Stage> stages = new ArrayList<>();
    slots.forEach((index, program) -> stages.add(new Stage(index, types.reference(program))));
    return stages;
  }

  /// Reports programs whose stage is no constant of any map's enum.
  void check(TypeElement type) {
    List<VariableElement> maps =
        ElementFilter.fieldsIn(type.getEnclosedElements()).stream()
            .filter(StageReader::isProgramArray)
            .toList();
    for (ExecutableElement program : programs(type)) {
      String stage = ProgramReader.stage(program);
      boolean known =
          maps.stream()
              .flatMap(map -> constants(map).stream())
              .anyMatch(constant -> isNamed(constant, stage));
      if (!known) {
        report(
            program,
            "`"
                + program.getSimpleName()
                + "` is for stage "
                + stage
                + ", which no ProgramArray of this class has",
            "static final ProgramArray<Stage> stages = ProgramArray.create();");
      }
    }
  }

  private static List<ExecutableElement> programs(TypeElement type) {
    return ElementFilter.methodsIn(type.getEnclosedElements()).stream()
        .filter(method -> !ProgramReader.stage(method).isEmpty())
        .toList();
  }

  private static boolean isProgramArray(VariableElement field) {
    return field.asType() instanceof DeclaredType type
        && type.asElement() instanceof TypeElement element
        && MapForm.ofClass(element.getQualifiedName().toString())
            .filter(form -> form.family() == MapFamily.PROGRAMS)
            .isPresent();
  }

  private static List<? extends Element> constants(VariableElement map) {
    return map.asType() instanceof DeclaredType type && !type.getTypeArguments().isEmpty()
        ? constants(type)
        : List.of();
  }

  private static List<? extends Element> constants(DeclaredType map) {
    return map.getTypeArguments().getFirst() instanceof DeclaredType key
        ? key.asElement().getEnclosedElements().stream()
            .filter(member -> member.getKind() == ElementKind.ENUM_CONSTANT)
            .toList()
        : List.of();
  }

  /// `POLICY`, or `Stage.POLICY` where several enums have it.
  private static boolean isNamed(Element constant, String stage) {
    String name = constant.getSimpleName().toString();
    return stage.equals(name)
        || stage.equals(JavaTypes.owner(constant).getSimpleName() + "." + name);
  }

  private void report(ExecutableElement program, String message, String help) {
    Optional.ofNullable(source.trees().getTree(program))
        .ifPresent(
            tree ->
                source.report(Diagnostic.error(Code.BPF1014, source.span(tree), message, help)));
  }
}
