package org.bpf4j.processor.read;

import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.LabeledStatementTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreePath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.util.ElementFilter;
import org.bpf4j.compiler.ast.Declaration.ViewKind;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Stmt;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Unit.Local;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Span;
import org.jspecify.annotations.Nullable;

/// The objects of the kernel that `try (var task = …) {…}` closes: the call of `close` stands
/// wherever the block is left, unless the object is null.
///
/// An abort needs none: it releases what is held. So only views of kernel structs are resources: of
/// anything else, Java would run `close` then too.
final class ResourceReader {
  private final Source source;
  private final JavaTypes types;
  private final Scope scope;
  private final CallReader calls;
  private final Deque<Resource> open = new ArrayDeque<>();

  /// @param block the statement that closes it
  private record Resource(TryTree block, Local local, ExecutableElement close, Tree declaration) {}

  ResourceReader(Source source, JavaTypes types, Scope scope, CallReader calls) {
    this.source = source;
    this.types = types;
    this.scope = scope;
    this.calls = calls;
  }

  /// Whether a statement is no more than resources and a block.
  static boolean isPlain(TryTree tree) {
    return !tree.getResources().isEmpty()
        && tree.getResources().stream().allMatch(VariableTree.class::isInstance)
        && tree.getCatches().isEmpty()
        && tree.getFinallyBlock() == null;
  }

  /// The resource that a declaration of a statement makes, from here on.
  void open(TreePath path, TryTree block) {
    Tree declaration = path.getLeaf();
    Element variable = source.trees().getElement(path);
    Local local = variable == null ? null : scope.local(variable);
    if (local == null) {
      throw Rejected.quietly();
    }
    if (!(local.type() instanceof Type.ViewType)
        || !(variable.asType() instanceof DeclaredType type)
        || !(type.asElement() instanceof TypeElement view)
        || ViewReader.kind(view) != ViewKind.KERNEL_STRUCT) {
      throw source.reject(
          Code.BPF1002,
          declaration,
          "only objects of the kernel are closed by `try`",
          "call `close` where the block ends");
    }
    open.push(new Resource(block, local, close(view, declaration), declaration));
  }

  private ExecutableElement close(TypeElement view, Tree declaration) {
    return ElementFilter.methodsIn(view.getEnclosedElements()).stream()
        .filter(method -> method.getSimpleName().contentEquals("close"))
        .filter(method -> method.getKind() == ElementKind.METHOD && method.isDefault())
        .findFirst()
        .orElseThrow(
            () ->
                source.reject(
                    Code.BPF1002,
                    declaration,
                    "`" + view.getSimpleName() + "` does not say how it is closed",
                    "@Override default void close() { bpfTaskRelease(this); }"));
  }

  /// What closes the resources of a statement where its block ends; they are closed then.
  List<Stmt> end(TryTree block) {
    List<Stmt> closing = new ArrayList<>();
    for (Resource next = open.peek(); isOf(next, block); next = open.peek()) {
      closing.add(closing(open.pop()));
    }
    return closing;
  }

  private static boolean isOf(@Nullable Resource resource, Tree block) {
    return resource != null && resource.block.equals(block);
  }

  /// What closes the resources that `return` leaves open.
  List<Stmt> atReturn() {
    return open.stream().map(this::closing).toList();
  }

  /// What closes the resources that a jump leaves.
  ///
  /// @param path the jump's
  /// @param target the statement that is left, or is gone on with
  private List<Stmt> until(TreePath path, Predicate<TreePath> target) {
    List<Stmt> closing = new ArrayList<>();
    for (TreePath at = path; at != null && !target.test(at); at = at.getParentPath()) {
      Tree left = at.getLeaf();
      open.stream().filter(r -> isOf(r, left)).map(this::closing).forEach(closing::add);
    }
    return closing;
  }

  /// See [#until].
  List<Stmt> atBreak(TreePath path, Optional<String> label) {
    return until(
        path,
        at ->
            label
                .map(l -> isLabeled(at, l))
                .orElse(isLoop(at) || at.getLeaf() instanceof SwitchTree));
  }

  /// See [#until].
  List<Stmt> atContinue(TreePath path, Optional<String> label) {
    return until(path, at -> label.map(l -> isLabeled(at, l)).orElse(isLoop(at)));
  }

  /// See [#until].
  List<Stmt> atYield(TreePath path) {
    return until(path, at -> at.getLeaf() instanceof SwitchExpressionTree);
  }

  private static boolean isLabeled(TreePath at, String label) {
    return at.getLeaf() instanceof LabeledStatementTree labeled
        && labeled.getLabel().contentEquals(label);
  }

  private static boolean isLoop(TreePath at) {
    return at.getLeaf() instanceof WhileLoopTree
        || at.getLeaf() instanceof DoWhileLoopTree
        || at.getLeaf() instanceof ForLoopTree
        || at.getLeaf() instanceof EnhancedForLoopTree;
  }

  private Stmt closing(Resource resource) {
    Span span = source.span(resource.declaration);
    Expr.LocalPlace place = new Expr.LocalPlace(resource.local, span);
    Expr there =
        new Expr.Unary(Expr.UnaryOp.NOT, new Expr.IsNull(place, span), Primitive.BOOLEAN, span);
    if (!calls.isFunction(resource.close)) {
      throw source.reject(
          Code.BPF1007,
          resource.declaration,
          "`close` is not BPF code",
          "mark it @BpfFunction, so that it is compiled to BPF too");
    }
    Expr close =
        new Expr.Call(scope.calls(resource.close, types), List.of(place), Type.Special.VOID, span);
    return new Stmt.If(there, new Stmt.Evaluate(close, span), Optional.empty(), span);
  }
}
