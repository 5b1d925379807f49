package org.bpf4j.processor;

import com.google.auto.service.AutoService;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.annotation.processing.SupportedOptions;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.Diagnostic.Kind;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.processor.generate.SkeletonGenerator;
import org.jspecify.annotations.Nullable;

/// Compiles `@Bpf` classes to BPF objects while javac compiles them to class files.
///
/// Options: `-Abpf4j.dump=Class.method` writes every stage of a program's compilation;
/// `-Abpf4j.optimize=false` leaves out the optimising passes; `-Abpf4j.verify=warn` turns a
/// rejection of the compiler's own output into a warning.
@AutoService(Processor.class)
@SupportedAnnotationTypes("org.bpf4j.lang.*")
@SupportedOptions({
  BpfProcessor.DUMP_OPTION,
  BpfProcessor.OPTIMIZE_OPTION,
  BpfProcessor.VERIFY_OPTION
})
public final class BpfProcessor extends AbstractProcessor {
  static final String DUMP_OPTION = "bpf4j.dump";
  static final String OPTIMIZE_OPTION = "bpf4j.optimize";
  static final String VERIFY_OPTION = "bpf4j.verify";

  private @Nullable Compilation compilation;

  /// For the service loader.
  public BpfProcessor() {}

  @Override
  public synchronized void init(ProcessingEnvironment environment) {
    super.init(environment);
    Optional<ProcessingEnvironment> javac = JavacEnvironment.find(environment);
    if (javac.isEmpty()) {
      environment
          .getMessager()
          .printMessage(
              Kind.WARNING,
              "bpf4j: BPF objects are written by javac, and this compiler is another one: run"
                  + " `mvn compile` before programs are loaded");
      return;
    }
    Compilation started = new Compilation(Trees.instance(javac.get()), environment);
    compilation = started;
    JavacTask.instance(javac.get()).addTaskListener(new Listener(started));
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  // Unclaimed annotations are a warning of -Xlint:processing, and nobody else reads ours.
  @SuppressWarnings("DoNotClaimAnnotations")
  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    Elements elements = processingEnv.getElementUtils();
    TypeElement bpf = elements.getTypeElement("org.bpf4j.lang.Bpf");
    if (bpf != null) {
      for (Element element : round.getElementsAnnotatedWith(bpf)) {
        if (element instanceof TypeElement type) {
          generate(type);
        }
      }
    }
    return true;
  }

  private void generate(TypeElement type) {
    if (processingEnv.getElementUtils().getTypeElement("org.bpf4j.handle.Skeleton") == null) {
      processingEnv
          .getMessager()
          .printMessage(
              Kind.NOTE, "bpf4j-runtime is not on the class path: no skeleton is generated", type);
      return;
    }
    try {
      SkeletonGenerator.generate(
              type,
              processingEnv.getElementUtils(),
              new LanguageAnnotations(Trees.instance(processingEnv)),
              name -> refuse(type, name))
          .writeTo(processingEnv.getFiler());
    } catch (IOException e) {
      processingEnv
          .getMessager()
          .printMessage(Kind.ERROR, "cannot write the skeleton: " + e.getMessage(), type);
    }
  }

  /// Reports a name that user space would have for two things, at the last that has it.
  private void refuse(TypeElement type, String name) {
    Element named =
        type.getEnclosedElements().stream()
            .filter(element -> element.getSimpleName().contentEquals(name))
            .reduce((_, last) -> last)
            .map(Element.class::cast)
            .orElse(type);
    processingEnv
        .getMessager()
        .printMessage(
            Kind.ERROR,
            Diagnostic.error(
                    Code.BPF1014,
                    Span.NONE,
                    "`"
                        + type.getSimpleName()
                        + "Bpf` would have two methods `"
                        + name
                        + "()`: each map, variable and program has one, and skeletons have some",
                    "call it otherwise")
                .text(),
            named);
  }

  /// What was compiled; absent under another compiler than javac.
  @Nullable Compilation compilation() {
    return compilation;
  }

  /// Reads classes when they are analysed, and compiles at the end.
  private record Listener(Compilation compilation) implements TaskListener {
    @Override
    public void finished(TaskEvent event) {
      TypeElement type = event.getTypeElement();
      if (event.getKind() == TaskEvent.Kind.ANALYZE && type != null) {
        compilation.read(event.getCompilationUnit(), type);
      } else if (event.getKind() == TaskEvent.Kind.GENERATE && type != null) {
        compilation.written(type);
      } else if (event.getKind() == TaskEvent.Kind.PARSE && event.getSourceFile() != null) {
        compilation.find(event.getSourceFile());
      } else if (event.getKind() == TaskEvent.Kind.COMPILATION) {
        compilation.finish();
      }
    }
  }
}
