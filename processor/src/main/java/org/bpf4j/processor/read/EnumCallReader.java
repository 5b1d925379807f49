package org.bpf4j.processor.read;

import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import java.util.List;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.diagnostic.Code;

/// Reads calls of what javac adds to an enum, `values()` and `valueOf`, and refuses methods that
/// each constant may have its own of.
final class EnumCallReader {
  private final Source source;
  private final JavaTypes types;
  private final Scope scope;

  EnumCallReader(Source source, JavaTypes types, Scope scope) {
    this.source = source;
    this.types = types;
    this.scope = scope;
  }

  /// Whether a static method is javac's own.
  boolean isImplicit(ExecutableElement method) {
    String name = method.getSimpleName().toString();
    int parameters = method.getParameters().size();
    return (name.equals("values") && parameters == 0)
        || (name.equals("valueOf")
            && parameters == 1
            && method.getParameters().getFirst().asType().toString().equals("java.lang.String"));
  }

  Expr call(TreePath path, MethodInvocationTree tree, ExecutableElement method) {
    TypeElement owner = JavaTypes.owner(method);
    List<VariableElement> constants = EnumTables.constants(owner);
    if (method.getSimpleName().contentEquals("valueOf")) {
      throw source.reject(
          Code.BPF1004,
          tree,
          "`valueOf` looks for a name, which the constants do not have in BPF code",
          "switch (text) { case \"%s\" -> %s.%s; … }"
              .formatted(
                  constants.isEmpty() ? "A" : constants.getFirst().getSimpleName(),
                  owner.getSimpleName(),
                  constants.isEmpty() ? "A" : constants.getFirst().getSimpleName()));
    }
    if (constants.isEmpty()) {
      throw source.reject(
          Code.BPF1018, tree, "`" + owner.getSimpleName() + "` has no constants", "declare one");
    }
    return new EnumTables(source, types)
        .values(scope, constants.getFirst(), source.span(path.getLeaf()));
  }

  /// Refuses a call where a constant has a body, which may override the method: which one is called
  /// would be known at run time only.
  void refuseBodies(MethodInvocationTree tree, ExecutableElement method) {
    for (VariableElement constant : EnumTables.constants(JavaTypes.owner(method))) {
      if (source.trees().getTree(constant) instanceof VariableTree variable
          && variable.getInitializer() instanceof NewClassTree creation
          && creation.getClassBody() != null) {
        throw source.reject(
            Code.BPF1007,
            tree,
            "`%s` has a body of its own, so which `%s` is called is known at run time only"
                .formatted(constant.getSimpleName(), method.getSimpleName()),
            "one method with switch (this) { … }");
      }
    }
  }
}
