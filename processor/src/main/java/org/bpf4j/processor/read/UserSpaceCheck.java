package org.bpf4j.processor.read;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.jspecify.annotations.Nullable;

/// Finds code that is not BPF code but touches maps and globals as if it were: everybody's first
/// mistake, since `main` may sit in the same class.
///
/// The Java fields hold nothing: what programs share with user space is reached through the
/// skeleton.
final class UserSpaceCheck {
  private final Source source;
  private final JavaTypes javaTypes;
  private final FieldReader fields;
  private final Set<ExecutableElement> bpfCode;

  UserSpaceCheck(Source source, Elements elements, Types types, Set<ExecutableElement> bpfCode) {
    this.source = source;
    this.javaTypes = new JavaTypes(elements, types);
    this.fields = new FieldReader(source, javaTypes);
    this.bpfCode = bpfCode;
  }

  void check(TypeElement top) {
    TreePath path = source.trees().getPath(top);
    if (path != null) {
      new Scanner().scan(path, null);
    }
  }

  private final class Scanner extends TreePathScanner<@Nullable Void, @Nullable Void> {

    @Override
    public @Nullable Void visitMethod(MethodTree tree, @Nullable Void unused) {
      Element method = source.trees().getElement(getCurrentPath());
      return method instanceof ExecutableElement && bpfCode.contains(method)
          ? null
          : super.visitMethod(tree, null);
    }

    @Override
    public @Nullable Void visitVariable(VariableTree tree, @Nullable Void unused) {
      Element variable = source.trees().getElement(getCurrentPath());
      boolean shared =
          variable instanceof VariableElement field
              && field.getKind() == ElementKind.FIELD
              && isOfProgram(field);
      return shared ? null : super.visitVariable(tree, null);
    }

    @Override
    public @Nullable Void visitBlock(BlockTree tree, @Nullable Void unused) {
      return tree.isStatic() ? null : super.visitBlock(tree, null);
    }

    @Override
    public @Nullable Void visitIdentifier(IdentifierTree tree, @Nullable Void unused) {
      check(tree);
      return super.visitIdentifier(tree, null);
    }

    @Override
    public @Nullable Void visitMemberSelect(MemberSelectTree tree, @Nullable Void unused) {
      check(tree);
      return super.visitMemberSelect(tree, null);
    }

    private void check(Tree tree) {
      if (source.trees().getElement(getCurrentPath()) instanceof VariableElement field
          && field.getKind() == ElementKind.FIELD
          && isOfProgram(field)) {
        String name = field.getSimpleName().toString();
        String skeleton =
            javaTypes
                    .elements()
                    .getBinaryName(JavaTypes.owner(field))
                    .toString()
                    .replaceAll("^.*\\.", "")
                    .replace('$', '_')
                + "Bpf";
        source.report(
            Diagnostic.error(
                Code.BPF1015,
                source.span(tree),
                "`"
                    + name
                    + "` belongs to the programs: this code runs in user space, where the"
                    + " field holds nothing",
                "bpf."
                    + name
                    + (ComponentReader.isComponent(field) ? "…(), one for each of its maps" : "()")
                    + ", on the "
                    + skeleton
                    + " that you loaded"));
      }
    }

    private boolean isOfProgram(VariableElement field) {
      return Annotations.has(JavaTypes.owner(field), "Bpf")
          && (fields.isMap(field) || fields.isShared(field) || ComponentReader.isComponent(field));
    }
  }
}
