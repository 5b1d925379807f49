package org.bpf4j.processor;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic.Kind;
import javax.tools.FileObject;
import org.bpf4j.compiler.BpfCompiler;
import org.bpf4j.compiler.CompilerOptions;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.processor.read.ClassReader;
import org.bpf4j.processor.read.Missing;
import org.bpf4j.processor.read.Source;
import org.bpf4j.processor.report.Reporter;

/// One run of javac: the units read so far, and what becomes of them.
final class Compilation {
  private final Trees trees;
  private final ProcessingEnvironment environment;
  private final Reporter reporter;
  private final Outputs outputs;
  private final List<Source> sources = new ArrayList<>();
  private final SortedMap<String, Analyzed> analyzed = new TreeMap<>();
  private final Missing missing = new Missing();
  private final Set<URI> found = new HashSet<>();
  private final Set<TypeElement> pending = new HashSet<>();

  /// A unit and the top-level class it was read from.
  private record Analyzed(Unit unit, TypeElement origin) {}

  Compilation(Trees trees, ProcessingEnvironment environment) {
    this.trees = trees;
    this.environment = environment;
    this.reporter = new Reporter(trees, environment.getMessager());
    this.outputs = new Outputs(environment);
  }

  /// Notes a file that javac comes upon by itself, for which it may write nothing.
  void find(FileObject file) {
    found.add(file.toUri());
  }

  /// Notes that javac has written a class: it has found no error so far.
  void written(TypeElement type) {
    pending.remove(type);
  }

  /// Reads a class that javac has analysed.
  void read(CompilationUnitTree unit, TypeElement type) {
    if (type.getKind() == javax.lang.model.element.ElementKind.MODULE) {
      return;
    }
    if (!found.contains(unit.getSourceFile().toUri())
        && !type.getSimpleName().contentEquals("package-info")) {
      pending.add(type);
    }
    ClassReader.Result result =
        ClassReader.read(
            trees, environment.getElementUtils(), environment.getTypeUtils(), unit, type);
    sources.add(result.source());
    missing.add(result.missing());
    result.source().diagnostics().forEach(this::report);
    for (Unit read : result.units()) {
      analyzed.put(read.name(), new Analyzed(read, type));
    }
  }

  /// Compiles every `@Bpf` class and writes the objects and sidecars, if there is no error at all,
  /// of javac neither: a class that it has analysed and not written has one, or is behind one. What
  /// no error touches is compiled all the same, for the errors that it has itself.
  void finish() {
    missing.spread(analyzed.values().stream().map(Analyzed::unit).toList());
    List<Outputs.File> files = new ArrayList<>();
    BpfCompiler compiler =
        new BpfCompiler(CompilerOptions.from(environment.getOptions()), this::unit);
    for (Analyzed each : analyzed.values()) {
      if (each.unit().options().isPresent()) {
        compile(compiler, missing.rest(each.unit()), each.origin(), files);
      }
      Outputs.sidecar(each.unit(), each.origin()).ifPresent(files::add);
    }
    if (reporter.errors() == 0 && missing.isEmpty() && pending.isEmpty()) {
      write(files);
    }
  }

  private void compile(
      BpfCompiler compiler, Unit unit, TypeElement origin, List<Outputs.File> files) {
    try {
      BpfCompiler.Result result = compiler.compile(unit);
      result.diagnostics().forEach(this::report);
      result.dumps().forEach(dump -> files.add(Outputs.dump(dump, origin)));
      result.object().ifPresent(object -> files.add(Outputs.object(unit, object, origin)));
    } catch (CompilerBug bug) {
      fail(unit, bug);
    }
  }

  private void fail(Unit unit, CompilerBug bug) {
    throw new CompilerBug(
        "bpf4j cannot compile "
            + unit.name()
            + ": this is a bug of bpf4j, not of your code. "
            + bug.getMessage(),
        bug);
  }

  private void write(List<Outputs.File> files) {
    try {
      outputs.write(files);
    } catch (IOException e) {
      environment.getMessager().printMessage(Kind.ERROR, "bpf4j: " + e.getMessage());
    }
  }

  /// The unit of a class: of this compilation, or from the sidecar beside its class file.
  private Optional<Unit> unit(String binaryName) {
    Analyzed here = analyzed.get(binaryName);
    return here != null ? Optional.of(missing.rest(here.unit())) : outputs.readSidecar(binaryName);
  }

  private void report(Diagnostic diagnostic) {
    reporter.report(diagnostic, this::place);
  }

  private Optional<Reporter.Place> place(Span span) {
    return sources.stream()
        .flatMap(
            source ->
                source.tree(span).map(tree -> new Reporter.Place(source.unit(), tree)).stream())
        .findFirst();
  }
}
