package org.bpf4j.processor.read;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.TreePath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.VariableElement;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Layouts;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Unit.Global;
import org.bpf4j.compiler.ast.Unit.GlobalKind;
import org.bpf4j.compiler.diagnostic.Span;

/// Makes tables of the characters of constant texts: of a field that is a text, for `charAt` with
/// an index that is not constant, and of arrays that are given a text, `"0123".toCharArray()`.
///
/// A table of a field that is a text has no span: each class that uses it declares it alike.
final class TextTables {
  private static final Type CHARACTERS = new Type.ArrayType(Primitive.CHAR);

  private final Source source;
  private final JavaTypes types;

  TextTables(Source source, JavaTypes types) {
    this.source = source;
    this.types = types;
  }

  /// Whether a call gives an array of what is in a text.
  static boolean isTable(MethodInvocationTree call) {
    return call.getMethodSelect() instanceof MemberSelectTree select
        && (select.getIdentifier().contentEquals("toCharArray")
            || select.getIdentifier().contentEquals("getBytes"));
  }

  /// The elements of such an array, if the text is constant; bytes of texts that are the same in
  /// all the character sets that begin with ASCII, of which one may be named.
  static Optional<List<Long>> elements(Constants constants, TreePath path) {
    if (!(path.getLeaf() instanceof MethodInvocationTree call)
        || !isTable(call)
        || !(call.getMethodSelect() instanceof MemberSelectTree select)) {
      return Optional.empty();
    }
    ExpressionTree receiver = select.getExpression();
    boolean bytes = select.getIdentifier().contentEquals("getBytes");
    return constants
        .evaluate(Source.child(Source.child(path, select), receiver))
        .flatMap(
            value ->
                value instanceof String text && (!bytes || isAscii(text, call.getArguments()))
                    ? Optional.of(characters(text))
                    : Optional.empty());
  }

  private static boolean isAscii(String text, List<? extends ExpressionTree> arguments) {
    return StandardCharsets.US_ASCII.newEncoder().canEncode(text)
        && arguments.stream()
            .allMatch(each -> each.toString().matches("(.*[.])?(US_ASCII|UTF_8|ISO_8859_1)"));
  }

  /// A name that no field has.
  private static String name(VariableElement field) {
    return field.getSimpleName() + "$text";
  }

  private static List<Long> characters(String text) {
    List<Long> characters = new ArrayList<>();
    text.chars().forEach(each -> characters.add((long) each));
    return characters;
  }

  /// The text of a field that is a constant.
  private static Optional<String> text(Element element) {
    return element instanceof VariableElement field
            && field.getKind() == ElementKind.FIELD
            && field.getConstantValue() instanceof String text
            && !text.isEmpty()
        ? Optional.of(text)
        : Optional.empty();
  }

  /// The table that a field asks for.
  Optional<Global> table(VariableElement field) {
    return text(field)
        .map(
            text ->
                new Global(
                    types.binaryName(JavaTypes.owner(field)),
                    name(field),
                    CHARACTERS,
                    Layouts.defaultStorage(CHARACTERS),
                    text.length(),
                    GlobalKind.CONSTANT,
                    characters(text),
                    Span.NONE));
  }

  /// A character of a text that a field holds; empty if the text has no name.
  ///
  /// @param text the text
  Optional<Expr> charAt(Scope scope, TreePath text, Expr index, Span span) {
    Element element = source.trees().getElement(text);
    if (element == null || text(element).isEmpty()) {
      return Optional.empty();
    }
    VariableElement field = (VariableElement) element;
    scope.uses(field);
    Expr table =
        new Expr.GlobalPlace(
            types.binaryName(JavaTypes.owner(field)), name(field), CHARACTERS, span);
    return Optional.of(new Expr.ElementPlace(table, index, Primitive.CHAR, span));
  }
}
