package org.bpf4j.processor.read;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.util.TreePath;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import org.bpf4j.compiler.ast.Declaration.ViewKind;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Span;

/// Reads arguments that name something in the kernel's types: a view, an accessor of one by a
/// method reference, or a constant of an enum.
final class DescribedReader {
  private final Source source;
  private final JavaTypes types;
  private final ExpressionReader expressions;

  DescribedReader(Source source, JavaTypes types, ExpressionReader expressions) {
    this.source = source;
    this.types = types;
    this.expressions = expressions;
  }

  /// What is named, as the arguments of a call of the library.
  List<Expr> read(TreePath path) {
    ExpressionTree tree = (ExpressionTree) path.getLeaf();
    Element element = source.trees().getElement(path);
    if (tree instanceof MemberReferenceTree) {
      return accessor(tree, element);
    }
    return element != null && element.getKind() == ElementKind.ENUM_CONSTANT
        ? constant(tree, element)
        : view(path);
  }

  private List<Expr> view(TreePath path) {
    if (expressions.mirror(path).toString().startsWith("java.lang.Class")
        && expressions.read(path) instanceof Expr.ClassLiteral view) {
      return List.of(view);
    }
    throw source.reject(
        Code.BPF1016,
        path.getLeaf(),
        "the kernel is asked when the program is loaded, so what it is asked for must be named",
        "Core.hasField(TaskStruct::mm), Core.hasType(TaskStruct.class) or a constant of an enum");
  }

  private List<Expr> accessor(ExpressionTree tree, Element element) {
    if (element instanceof ExecutableElement method) {
      TypeElement view = JavaTypes.owner(method);
      ViewKind kind = view.getKind() == ElementKind.INTERFACE ? ViewReader.kind(view) : null;
      if ((kind == ViewKind.KERNEL_STRUCT || Annotations.has(view, "TracepointArgs"))
          && ViewReader.isAccessor(method, ViewKind.KERNEL_STRUCT)) {
        types.of(view.asType());
        Span span = source.span(tree);
        return List.of(
            new Expr.ClassLiteral(types.binaryName(view), span),
            new Expr.Text(method.getSimpleName().toString(), span));
      }
    }
    throw source.reject(
        Code.BPF1016,
        tree,
        "this is no accessor of a view of the kernel's structs",
        "declare one in an interface that is annotated @KernelStruct, and name that");
  }

  private List<Expr> constant(ExpressionTree tree, Element constant) {
    TypeElement type = JavaTypes.owner(constant);
    if (!Annotations.has(type, "KernelEnum")) {
      throw source.reject(
          Code.BPF1016,
          tree,
          "`" + type.getSimpleName() + "` is not an enum of the kernel",
          "annotate it @KernelEnum, or @KernelEnum(\"bpf_map_type\") if it has another name there");
    }
    Span span = source.span(tree);
    String name =
        Annotations.find(type, "KernelEnum")
            .map(mirror -> Annotations.text(mirror, "value"))
            .filter(text -> !text.isEmpty())
            .orElse(ViewReader.snakeCase(type.getSimpleName().toString()));
    List<? extends Element> constants =
        type.getEnclosedElements().stream()
            .filter(member -> member.getKind() == ElementKind.ENUM_CONSTANT)
            .toList();
    int value = Annotations.number(constant, "Value").orElse(constants.indexOf(constant));
    return List.of(
        new Expr.Text(name, span),
        new Expr.Text(constant.getSimpleName().toString(), span),
        new Expr.Literal(Primitive.LONG, value, span));
  }
}
