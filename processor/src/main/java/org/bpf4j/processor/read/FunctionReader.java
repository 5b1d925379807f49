package org.bpf4j.processor.read;

import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import org.bpf4j.compiler.ast.Stmt;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Unit.Local;
import org.bpf4j.compiler.ast.Unit.Role;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.diagnostic.Span;
import org.jspecify.annotations.Nullable;

/// Reads one method that is BPF code: a program, or a function that programs call.
final class FunctionReader {

  /// A method as read, and what it uses.
  record Read(Unit.Function function, Scope scope) {}

  private final Source source;
  private final JavaTypes types;
  private final ProgramReader programs;

  FunctionReader(Source source, JavaTypes types) {
    this.source = source;
    this.types = types;
    this.programs = new ProgramReader(source, types);
  }

  /// Reads a method of the class being analysed; empty if its signature is rejected, or if javac
  /// has given up on the class and reported why.
  Optional<Read> read(ExecutableElement method) {
    TreePath path = source.trees().getPath(method);
    if (path == null) {
      return Optional.empty();
    }
    MethodTree tree = (MethodTree) path.getLeaf();
    if (tree.getBody() == null) {
      report(
          Code.BPF1014,
          tree,
          "`" + tree.getName() + "` has no body",
          "BPF code is written in Java");
      return Optional.empty();
    }
    Scope scope = new Scope();
    List<Local> parameters = new ArrayList<>();
    if (!readReceiver(method, tree, scope, parameters)
        || !readParameters(method, tree, scope, parameters)) {
      return Optional.empty();
    }
    return method.getKind() == ElementKind.CONSTRUCTOR
        ? Optional.of(constructor(method, path, tree, scope, parameters))
        : result(method, tree).map(result -> function(method, path, result, scope, parameters));
  }

  private boolean readReceiver(
      ExecutableElement method, MethodTree tree, Scope scope, List<Local> parameters) {
    if (method.getModifiers().contains(Modifier.STATIC)
        || method.getKind() == ElementKind.CONSTRUCTOR) {
      return true;
    }
    Optional<Type> owner = types.of(JavaTypes.owner(method).asType());
    owner.ifPresentOrElse(
        type -> parameters.add(scope.declareReceiver(type)),
        () ->
            report(
                Code.BPF1009,
                tree,
                "`"
                    + tree.getName()
                    + "` is an instance method of a class that BPF code cannot have",
                "make it static"));
    return owner.isPresent();
  }

  private Optional<Type> result(ExecutableElement method, MethodTree tree) {
    Optional<Type> result =
        types.of(method.getReturnType()).filter(type -> type != Type.Special.COMPONENT);
    if (result.isEmpty()) {
      report(
          Code.BPF1008,
          tree,
          "`"
              + tree.getName()
              + "` returns "
              + method.getReturnType()
              + ", which BPF code cannot use",
          "return a primitive, an enum, a record, a struct or a view");
    }
    return result;
  }

  private Read function(
      ExecutableElement method, TreePath path, Type result, Scope scope, List<Local> parameters) {
    MethodTree tree = (MethodTree) path.getLeaf();
    StatementReader statements = new StatementReader(source, types, scope, result);
    Stmt.Block text = statements.block(Source.child(path, tree.getBody()));
    Stmt.Block body =
        Annotations.has(method, "LoopBudget")
            ? new Stmt.Block(List.of(statements.budgeted(method, tree, text)), text.span())
            : text;
    return new Read(
        new Unit.Function(
            types.reference(method), role(method), result, parameters, body, nameSpan(tree)),
        scope);
  }

  /// A constructor of a record, as a function that gives the record.
  private Read constructor(
      ExecutableElement constructor,
      TreePath path,
      MethodTree tree,
      Scope scope,
      List<Local> parameters) {
    Type type = types.of(JavaTypes.owner(constructor).asType()).orElseThrow(Rejected::quietly);
    TypeElement record = JavaTypes.owner(constructor);
    Stmt.Block body = new ConstructorReader(source, types, scope).read(path, tree, record, type);
    return new Read(
        new Unit.Function(
            types.constructor(constructor),
            new Role.Callee(false),
            type,
            parameters,
            body,
            source.span(tree)),
        scope);
  }

  /// What the texts of methods call, directly or not. Where some of a text was refused, what it
  /// calls was not read; it is BPF code all the same.
  Set<ExecutableElement> mentioned(Set<ExecutableElement> methods) {
    Set<ExecutableElement> all = new LinkedHashSet<>(methods);
    Deque<ExecutableElement> work = new ArrayDeque<>(methods);
    while (!work.isEmpty()) {
      TreePath path = source.trees().getPath(work.remove());
      if (path == null) {
        continue;
      }
      new TreePathScanner<@Nullable Void, @Nullable Void>() {
        @Override
        public @Nullable Void visitMethodInvocation(
            MethodInvocationTree tree, @Nullable Void unused) {
          if (source.trees().getElement(getCurrentPath()) instanceof ExecutableElement callee
              && source.declares(callee)
              && all.add(callee)) {
            work.add(callee);
          }
          return super.visitMethodInvocation(tree, null);
        }
      }.scan(path, null);
    }
    return all;
  }

  private boolean readParameters(
      ExecutableElement method, MethodTree tree, Scope scope, List<Local> parameters) {
    for (int i = 0; i < method.getParameters().size(); i++) {
      VariableElement parameter = method.getParameters().get(i);
      Optional<Type> type = types.of(parameter.asType());
      if (type.isEmpty()
          || (type.get() instanceof Type.MapType && programs.read(method).isPresent())
          || type.get() == Type.Special.COMPONENT) {
        report(
            Code.BPF1008,
            tree.getParameters().get(i),
            "parameter `"
                + parameter.getSimpleName()
                + "` has type "
                + parameter.asType()
                + ", which BPF code cannot use",
            "use " + StandardLibrary.insteadOf(parameter.asType()));
        return false;
      }
      boolean nullable =
          KfuncReader.isNullable(parameter) || KfuncReader.isNullable(parameter.asType());
      parameters.add(scope.parameter(parameter, type.get(), nullable));
    }
    return true;
  }

  private Role role(ExecutableElement method) {
    return programs
        .read(method)
        .<Role>map(role -> role)
        .orElseGet(
            () ->
                new Role.Callee(
                    Annotations.find(method, "BpfFunction")
                        .flatMap(mirror -> Annotations.value(mirror, "global"))
                        .orElse(false)
                        .equals(true)));
  }

  /// The method's name in its declaration: the declaration's own span would cover the body.
  private Span nameSpan(MethodTree tree) {
    Span whole = source.span(tree);
    String line = source.text().line(whole.line());
    int from = whole.column() - 1;
    int lineNumber = whole.line();
    int at = line.indexOf(tree.getName() + "(", Math.max(from, 0));
    while (at < 0 && lineNumber < whole.endLine()) {
      lineNumber++;
      line = source.text().line(lineNumber);
      at = line.indexOf(tree.getName() + "(");
    }
    return at < 0
        ? whole
        : source.part(
            new Span(
                source.file(), lineNumber, at + 1, lineNumber, at + 1 + tree.getName().length()),
            tree);
  }

  private void report(Code code, com.sun.source.tree.Tree tree, String message, String help) {
    source.report(Diagnostic.error(code, source.span(tree), message, help));
  }
}
