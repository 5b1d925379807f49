package org.bpf4j.processor;

import com.sun.source.util.Trees;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;
import org.bpf4j.object.MapFlag;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.processor.generate.TypeShapes;
import org.bpf4j.processor.read.Annotations;
import org.bpf4j.processor.read.FieldReader;
import org.bpf4j.processor.read.MapOptions;
import org.bpf4j.processor.read.ProgramReader;

/// Lets `generate` read annotations the way `read` does, without either knowing the other.
final class LanguageAnnotations implements TypeShapes.AnnotationLookup {
  private final Trees trees;

  LanguageAnnotations(Trees trees) {
    this.trees = trees;
  }

  @Override
  public Optional<AnnotationMirror> find(Element element, String simpleName) {
    return Annotations.find(element, simpleName);
  }

  @Override
  public Optional<ProgramKind> kind(ExecutableElement method) {
    return ProgramReader.kind(method);
  }

  @Override
  public List<String> targets(ExecutableElement method) {
    return ProgramReader.targets(method);
  }

  @Override
  public Optional<String> storage(Element element) {
    return Annotations.storage(element).map(Enum::name);
  }

  @Override
  public int enumValue(Element constant) {
    return Annotations.enumValue(constant);
  }

  @Override
  public Set<MapFlag> flags(VariableElement field) {
    return Set.copyOf(MapOptions.of(field).flags());
  }

  @Override
  public boolean isBuffer(VariableElement field) {
    return FieldReader.isBuffer(trees, field);
  }
}
