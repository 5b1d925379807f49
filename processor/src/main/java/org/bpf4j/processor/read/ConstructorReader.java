package org.bpf4j.processor.read;

import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Stmt;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Unit.Local;
import org.bpf4j.compiler.ast.Walk;
import org.bpf4j.compiler.diagnostic.Span;

/// Reads constructors of records, as functions that give the record.
///
/// One that calls another has its record from there. In any other, which is canonical, the fields
/// are locals until its end; one that assigns none is compact, and they are its parameters.
final class ConstructorReader {
  private final Source source;
  private final JavaTypes types;
  private final Scope scope;

  ConstructorReader(Source source, JavaTypes types, Scope scope) {
    this.source = source;
    this.types = types;
    this.scope = scope;
  }

  /// The body of a constructor.
  ///
  /// @param path the constructor
  /// @param record the class that it is a constructor of
  /// @param type the record as a type
  Stmt.Block read(TreePath path, MethodTree tree, TypeElement record, Type type) {
    StatementReader statements = new StatementReader(source, types, scope, type);
    Optional<MethodInvocationTree> call = delegation(tree);
    return call.isPresent()
        ? delegating(statements, Source.child(path, tree.getBody()), tree, call.get(), type)
        : canonical(statements, path, tree, record, type);
  }

  /// `this(…)`, if a constructor begins with it.
  private static Optional<MethodInvocationTree> delegation(MethodTree tree) {
    return tree.getBody().getStatements().stream()
        .findFirst()
        .filter(first -> isCall(first, "this"))
        .map(first -> (MethodInvocationTree) ((ExpressionStatementTree) first).getExpression());
  }

  private static boolean isCall(StatementTree tree, String name) {
    return tree instanceof ExpressionStatementTree e
        && e.getExpression() instanceof MethodInvocationTree call
        && call.getMethodSelect().toString().equals(name);
  }

  private Stmt.Block delegating(
      StatementReader statements,
      TreePath body,
      MethodTree tree,
      MethodInvocationTree call,
      Type type) {
    List<? extends StatementTree> all = tree.getBody().getStatements();
    Span span = source.span(call);
    Optional<Expr> made = made(statements, Source.child(Source.child(body, all.getFirst()), call));
    if (made.isEmpty()) {
      return new Stmt.Block(List.of(), span);
    }
    if (all.size() == 1) {
      return new Stmt.Block(List.of(new Stmt.Return(made, span)), span);
    }
    Expr.LocalPlace self = new Expr.LocalPlace(scope.declareReceiver(type), span);
    statements.gives(self);
    List<Stmt> text = new ArrayList<>();
    text.add(new Stmt.Declare(self.local(), made, span));
    text.addAll(statements.statements(body, all.subList(1, all.size())));
    text.add(new Stmt.Return(Optional.of(self), span));
    return new Stmt.Block(text, source.span(tree));
  }

  private Optional<Expr> made(StatementReader statements, TreePath call) {
    try {
      if (!(source.trees().getElement(call) instanceof ExecutableElement constructor)) {
        throw Rejected.quietly();
      }
      MethodInvocationTree tree = (MethodInvocationTree) call.getLeaf();
      return Optional.of(statements.expressions().creations().delegated(call, tree, constructor));
    } catch (Rejected rejected) {
      source.leaveOut(rejected);
      return Optional.empty();
    }
  }

  private Stmt.Block canonical(
      StatementReader statements, TreePath path, MethodTree tree, TypeElement record, Type type) {
    TreePath body = Source.child(path, tree.getBody());
    Span span = source.span(tree);
    List<Stmt> text = new ArrayList<>();
    List<Expr> components = new ArrayList<>();
    for (VariableElement field : fields(record)) {
      Type component = types.of(field.asType()).orElseThrow(Rejected::quietly);
      Local local = scope.declare(field, component);
      text.add(new Stmt.Declare(local, Optional.empty(), span));
      components.add(new Expr.LocalPlace(local, span));
    }
    String name = ((Type.RecordType) type).name();
    Expr made = new Expr.NewRecord(name, components, type, span);
    statements.gives(made);
    List<? extends StatementTree> all =
        tree.getBody().getStatements().stream().filter(each -> !isCall(each, "super")).toList();
    Stmt.Block written = new Stmt.Block(statements.statements(body, all), span);
    if (!isWritten(written, components)) {
      List<Expr> parameters =
          tree.getParameters().stream().map(each -> parameter(path, each, span)).toList();
      made = new Expr.NewRecord(name, parameters, type, span);
      text.clear();
    }
    text.add(written);
    text.add(new Stmt.Return(Optional.of(made), span));
    return new Stmt.Block(text, span);
  }

  private static boolean isWritten(Stmt text, List<Expr> places) {
    boolean[] found = {false};
    Walk.expressions(
        text,
        expr ->
            found[0] |=
                expr instanceof Expr.Assign assign
                    && assign.target() instanceof Expr.LocalPlace(Local local, _)
                    && places.stream().anyMatch(p -> ((Expr.LocalPlace) p).local().equals(local)));
    return found[0];
  }

  private Expr parameter(TreePath constructor, VariableTree tree, Span span) {
    Element element = source.trees().getElement(Source.child(constructor, tree));
    Local local = element == null ? null : scope.local(element);
    if (local == null) {
      throw Rejected.quietly();
    }
    return new Expr.LocalPlace(local, span);
  }

  private static List<VariableElement> fields(TypeElement record) {
    return ElementFilter.fieldsIn(record.getEnclosedElements()).stream()
        .filter(field -> !field.getModifiers().contains(Modifier.STATIC))
        .toList();
  }
}
