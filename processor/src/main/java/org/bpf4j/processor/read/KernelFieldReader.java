package org.bpf4j.processor.read;

import com.sun.source.tree.Tree;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import org.bpf4j.compiler.ast.Declaration.ViewKind;
import org.bpf4j.compiler.ast.Layouts;
import org.bpf4j.compiler.ast.Storage;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Type.Special;
import org.bpf4j.compiler.ast.Unit.Global;
import org.bpf4j.compiler.ast.Unit.GlobalKind;
import org.bpf4j.compiler.ast.Unit.KernelSymbol;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.object.CName;

/// Reads static fields that are the kernel's: its variables, and what it was configured with.
final class KernelFieldReader {
  private static final String TRISTATE = "org.bpf4j.lang.Tristate";

  private final Source source;
  private final JavaTypes types;
  private final SizeReader sizes;

  KernelFieldReader(Source source, JavaTypes types, SizeReader sizes) {
    this.source = source;
    this.types = types;
    this.sizes = sizes;
  }

  /// Reads a field; what is wrong with it is reported.
  Optional<Global> read(VariableElement field) {
    Optional<AnnotationMirror> config = Annotations.find(field, "Kconfig");
    AnnotationMirror mirror = config.or(() -> Annotations.find(field, "Ksym")).orElseThrow();
    String stated = Annotations.text(mirror, "value");
    String java = field.getSimpleName().toString();
    String name = stated.isEmpty() ? ViewReader.snakeCase(java) : stated;
    Type type = types.of(field.asType()).orElse(Special.NULL);
    boolean isText = type == Special.BPF_STRING;
    if (config.isPresent() ? !isConfiguration(type) : !isVariable(type, field.asType())) {
      return rejected(
          field,
          "`" + java + "` has type " + field.asType() + ", which the kernel does not have here",
          config.isPresent()
              ? "use boolean, int, long, Tristate or a BpfString"
              : "use a primitive or a @KernelStruct");
    }
    if (!CName.of(name).equals(name)) {
      return rejected(field, "\"" + name + "\" is no name that the kernel can have", "");
    }
    boolean constant = field.getModifiers().contains(Modifier.FINAL);
    int length = isText ? sizes.of(field).orElse(0) : 0;
    if (constant != isText || isText && length == 0) {
      return rejected(
          field,
          "`" + java + "` gets its value from the kernel, so it is not final and has none",
          isText
              ? "static final BpfString " + java + " = BpfString.ofSize(64);"
              : "static " + field.asType() + " " + java + ";");
    }
    boolean optional = Annotations.value(mirror, "optional").orElse(false).equals(true);
    Storage storage = Annotations.storage(field).orElse(Layouts.defaultStorage(type));
    return Optional.of(
        new Global(
            types.binaryName(JavaTypes.owner(field)),
            java,
            type,
            storage,
            length,
            config.isPresent() ? GlobalKind.KERNEL_CONFIG : GlobalKind.KERNEL_VARIABLE,
            List.of(),
            Optional.of(new KernelSymbol(name, optional)),
            false,
            span(field)));
  }

  private static boolean isConfiguration(Type type) {
    return type == Primitive.BOOLEAN
        || type == Primitive.INT
        || type == Primitive.LONG
        || type == Special.BPF_STRING
        || type.equals(new Type.EnumType(TRISTATE));
  }

  private static boolean isVariable(Type type, TypeMirror mirror) {
    return type instanceof Primitive
        || type instanceof Type.ViewType
            && ViewReader.kind((TypeElement) ((DeclaredType) mirror).asElement())
                == ViewKind.KERNEL_STRUCT;
  }

  private Optional<Global> rejected(VariableElement field, String message, String help) {
    source.report(Diagnostic.error(Code.BPF1020, span(field), message, help));
    return Optional.empty();
  }

  private Span span(VariableElement field) {
    Tree tree = source.declares(field) ? source.trees().getTree(field) : null;
    return tree == null ? Span.NONE : source.span(tree);
  }
}
