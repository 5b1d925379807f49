package org.bpf4j.processor.read;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.bpf4j.compiler.ast.Stmt;
import org.bpf4j.compiler.diagnostic.Code;
import org.jspecify.annotations.Nullable;

/// Reads `throw new IllegalStateException("too long: " + length)`: the program aborts.
///
/// Nobody sees the exception, so what its message is made of is not computed; it must have no
/// effect of its own.
final class ThrowReader {
  private final Source source;
  private final Elements elements;
  private final Types types;

  ThrowReader(Source source, JavaTypes types) {
    this.source = source;
    this.elements = types.elements();
    this.types = types.types();
  }

  Stmt read(TreePath path, ThrowTree tree) {
    if (!(tree.getExpression() instanceof NewClassTree creation)
        || creation.getClassBody() != null
        || !isUnchecked(source.trees().getTypeMirror(Source.child(path, creation)))) {
      throw source.reject(
          Code.BPF1002,
          tree,
          "BPF code throws new unchecked exceptions of the JDK only: nobody sees them, the program"
              + " aborts",
          "throw new IllegalStateException(), or return an error value");
    }
    if (hasEffects(creation)) {
      throw source.reject(
          Code.BPF1002,
          tree,
          "the exception's message would not be computed: BPF code has no texts",
          "call methods before `throw`, or leave them out");
    }
    return new Stmt.Throw(source.span(tree));
  }

  private boolean isUnchecked(@Nullable TypeMirror type) {
    return type != null
        && type.toString().startsWith("java.")
        && (isA(type, "java.lang.RuntimeException") || isA(type, "java.lang.Error"));
  }

  private boolean isA(TypeMirror type, String name) {
    return types.isSubtype(type, elements.getTypeElement(name).asType());
  }

  private static boolean hasEffects(NewClassTree creation) {
    boolean[] found = {false};
    TreeScanner<@Nullable Void, @Nullable Void> scanner =
        new TreeScanner<>() {
          @Override
          public @Nullable Void scan(@Nullable Tree tree, @Nullable Void unused) {
            found[0] |=
                tree instanceof MethodInvocationTree
                    || tree instanceof NewClassTree
                    || tree instanceof AssignmentTree
                    || tree instanceof CompoundAssignmentTree
                    || (tree instanceof UnaryTree unary && isStep(unary.getKind()));
            return super.scan(tree, null);
          }
        };
    creation.getArguments().forEach(argument -> scanner.scan(argument, null));
    return found[0];
  }

  private static boolean isStep(Tree.Kind kind) {
    return kind == Tree.Kind.PREFIX_INCREMENT
        || kind == Tree.Kind.PREFIX_DECREMENT
        || kind == Tree.Kind.POSTFIX_INCREMENT
        || kind == Tree.Kind.POSTFIX_DECREMENT;
  }
}
