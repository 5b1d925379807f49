package org.bpf4j.processor.report;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.Trees;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.Messager;
import javax.tools.Diagnostic.Kind;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.diagnostic.Span;

/// Hands diagnostics to javac, each once.
///
/// A place that is not in a source of this compilation (library code from a sidecar) is named in
/// the text instead.
public final class Reporter {

  /// Finds the tree of a span.
  @FunctionalInterface
  public interface TreeLookup {
    /// The tree that was read as this span, with its file.
    Optional<Place> find(Span span);
  }

  /// A tree and the file it stands in.
  public record Place(CompilationUnitTree unit, Tree tree) {}

  private final Trees trees;
  private final Messager messager;
  private final Set<Diagnostic> reported = new HashSet<>();
  private int errors;

  /// Reports through javac.
  public Reporter(Trees trees, Messager messager) {
    this.trees = trees;
    this.messager = messager;
  }

  /// Reports a diagnostic, unless it was already reported.
  public void report(Diagnostic diagnostic, TreeLookup lookup) {
    if (!reported.add(diagnostic)) {
      return;
    }
    Kind kind =
        switch (diagnostic.severity()) {
          case ERROR -> Kind.ERROR;
          case WARNING -> Kind.MANDATORY_WARNING;
        };
    if (kind == Kind.ERROR) {
      errors++;
    }
    Optional<Place> place = lookup.find(diagnostic.span());
    if (place.isPresent()) {
      trees.printMessage(kind, diagnostic.text(), place.get().tree(), place.get().unit());
    } else {
      messager.printMessage(kind, diagnostic.span() + ": " + diagnostic.text());
    }
  }

  /// The number of errors reported so far.
  public int errors() {
    return errors;
  }
}
