package org.bpf4j.processor.read;

import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.TreePath;
import java.util.List;
import java.util.Optional;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Library;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.diagnostic.Code;

/// Reads calls of methods of `String` that are no constants: on the text of a buffer, and
/// characters of a constant text.
final class TextCallReader {
  private final Source source;
  private final JavaTypes types;
  private final Scope scope;
  private final ExpressionReader expressions;

  TextCallReader(Source source, JavaTypes types, Scope scope, ExpressionReader expressions) {
    this.source = source;
    this.types = types;
    this.scope = scope;
    this.expressions = expressions;
  }

  /// Reads a call.
  ///
  /// @param receiver the text
  Expr read(TreePath path, MethodInvocationTree tree, Expr receiver) {
    MemberSelectTree select = (MemberSelectTree) tree.getMethodSelect();
    String name = select.getIdentifier().toString();
    Optional<Expr> expr =
        switch (name) {
          case "equals", "contentEquals" ->
              ofBuffer(path, tree, receiver, Library.STRING_CONTENT_EQUALS);
          case "startsWith" -> ofBuffer(path, tree, receiver, Library.STRING_STARTS_WITH);
          case "charAt" ->
              new TextTables(source, types)
                  .charAt(
                      scope,
                      Source.child(Source.child(path, select), select.getExpression()),
                      expressions.read(argument(path, tree), Primitive.INT),
                      source.span(tree));
          default -> Optional.empty();
        };
    return expr.orElseThrow(
        () ->
            source.reject(
                Code.BPF1004,
                tree,
                "`String." + name + "` cannot be computed in BPF",
                name.equals("charAt")
                    ? "static final String DIGITS = \"0123\"; … DIGITS.charAt(i)"
                    : "use contentEquals or startsWith of a BpfString with a constant"));
  }

  /// `e.comm.text().contentEquals("sh")` and the like, on the buffer itself.
  private Optional<Expr> ofBuffer(
      TreePath path, MethodInvocationTree tree, Expr receiver, Library method) {
    return receiver instanceof Expr.LibraryCall(Library text, Optional<Expr> buffer, _, _, _)
            && text == Library.STRING_TEXT
        ? Optional.of(
            new Expr.LibraryCall(
                method,
                buffer,
                List.of(expressions.read(argument(path, tree))),
                Primitive.BOOLEAN,
                source.span(tree)))
        : Optional.empty();
  }

  private static TreePath argument(TreePath path, MethodInvocationTree tree) {
    return Source.child(path, tree.getArguments().getFirst());
  }
}
