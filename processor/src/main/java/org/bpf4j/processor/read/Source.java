package org.bpf4j.processor.read;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.Tree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import org.bpf4j.compiler.ast.Unit.SourceText;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.diagnostic.Span;

/// One top-level class while it is read: trees to spans and back, and the diagnostics so far.
///
/// The way back lets a diagnostic that a later stage finds land on the exact tree.
public final class Source {
  private final Trees trees;
  private final CompilationUnitTree unit;
  private final TypeElement top;
  private final String file;
  private final Map<Span, Tree> treeOf = new HashMap<>();
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private int gaps;

  Source(Trees trees, CompilationUnitTree unit, TypeElement top) {
    this.trees = trees;
    this.unit = unit;
    this.top = top;
    this.file = relativeName(unit);
  }

  /// The compilation unit.
  public CompilationUnitTree unit() {
    return unit;
  }

  /// Whether an element is the class that is read, or is declared in it.
  boolean declares(Element element) {
    return JavaTypes.outermost(element).equals(top);
  }

  /// The file's name relative to its source root.
  public String file() {
    return file;
  }

  /// The tree that was read as this span, if it is of this file.
  public Optional<Tree> tree(Span span) {
    return Optional.ofNullable(treeOf.get(span));
  }

  /// What was found so far.
  public List<Diagnostic> diagnostics() {
    return List.copyOf(diagnostics);
  }

  Trees trees() {
    return trees;
  }

  void report(Diagnostic diagnostic) {
    diagnostics.add(diagnostic);
    gaps++;
  }

  /// Leaves something out that cannot be read: why is reported here, unless javac has done so.
  void leaveOut(Rejected rejected) {
    rejected.diagnostic().ifPresent(diagnostics::add);
    gaps++;
  }

  /// How often something was left out or refused: if that grows while something is read, not all of
  /// it is there.
  int gaps() {
    return gaps;
  }

  /// An error at a tree, to be thrown.
  Rejected reject(Code code, Tree at, String message, String help) {
    return new Rejected(Diagnostic.error(code, span(at), message, help));
  }

  /// The stretch of text that a tree covers.
  Span span(Tree tree) {
    SourcePositions positions = trees.getSourcePositions();
    long start = positions.getStartPosition(unit, tree);
    long end = positions.getEndPosition(unit, tree);
    if (start < 0) {
      return Span.NONE;
    }
    LineMap lines = unit.getLineMap();
    long last = Math.max(start, end);
    long startLine = lines.getLineNumber(start);
    long endLine = lines.getLineNumber(last);
    Span span =
        new Span(
            file,
            (int) startLine,
            (int) (start - lines.getStartPosition(startLine)) + 1,
            (int) endLine,
            (int) (last - lines.getStartPosition(endLine)) + 1);
    treeOf.putIfAbsent(span, tree);
    return span;
  }

  /// Makes a diagnostic at a part of a tree land on the tree.
  Span part(Span span, Tree tree) {
    treeOf.putIfAbsent(span, tree);
    return span;
  }

  /// The path to a child.
  static TreePath child(TreePath parent, Tree tree) {
    return new TreePath(parent, tree);
  }

  /// The file's lines.
  SourceText text() {
    try {
      String content = unit.getSourceFile().getCharContent(true).toString();
      return new SourceText(file, content.lines().toList());
    } catch (IOException e) {
      throw new CompilerBug("cannot read " + file + " again", e);
    }
  }

  private static String relativeName(CompilationUnitTree unit) {
    String path = unit.getSourceFile().getName().replace('\\', '/');
    String name = path.substring(path.lastIndexOf('/') + 1);
    Tree packageName = unit.getPackageName();
    return packageName == null ? name : packageName.toString().replace('.', '/') + "/" + name;
  }
}
