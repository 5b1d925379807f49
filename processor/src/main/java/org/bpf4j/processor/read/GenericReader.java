package org.bpf4j.processor.read;

import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.TreePath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import org.bpf4j.compiler.diagnostic.Code;

/// Finds what type parameters stand for where a generic method is called, or a method of a generic
/// record: there the method is read anew for these types.
final class GenericReader {
  private final Source source;
  private final JavaTypes types;

  GenericReader(Source source, JavaTypes types) {
    this.source = source;
    this.types = types;
  }

  /// The types that the text of a method is read with for a call.
  JavaTypes of(TreePath path, MethodInvocationTree tree, ExecutableElement method) {
    Map<TypeParameterElement, TypeMirror> found = new HashMap<>();
    TreePath select = Source.child(path, tree.getMethodSelect());
    if (!method.getModifiers().contains(Modifier.STATIC)
        && tree.getMethodSelect() instanceof MemberSelectTree member) {
      TypeMirror receiver =
          source.trees().getTypeMirror(Source.child(select, member.getExpression()));
      found.putAll(types.arguments(receiver));
    }
    if (!method.getTypeParameters().isEmpty()
        && source.trees().getTypeMirror(select) instanceof ExecutableType instance) {
      match(method, instance, found);
    }
    JavaTypes bound = types.bound(found);
    if (isGeneric(method) && !source.declares(method)) {
      throw refused(tree, method, "it is generic, and of another class");
    }
    for (TypeParameterElement parameter : method.getTypeParameters()) {
      if (bound.of(parameter.asType()).isEmpty()) {
        throw refused(tree, method, "what `" + parameter + "` is, is no type of BPF code");
      }
    }
    return bound;
  }

  /// Whether a method is read for each use: it, or the record that it is of, has type parameters.
  static boolean isGeneric(ExecutableElement method) {
    return !method.getTypeParameters().isEmpty()
        || (!method.getModifiers().contains(Modifier.STATIC)
            && !JavaTypes.owner(method).getTypeParameters().isEmpty());
  }

  private Rejected refused(MethodInvocationTree tree, ExecutableElement method, String why) {
    return source.reject(
        Code.BPF1008,
        tree,
        "`" + method.getSimpleName() + "` cannot be compiled for this call: " + why,
        "a static method of this class for each type that it is used with");
  }

  private void match(
      ExecutableElement method,
      ExecutableType instance,
      Map<TypeParameterElement, TypeMirror> found) {
    List<? extends TypeMirror> actual = instance.getParameterTypes();
    for (int i = 0; i < Math.min(actual.size(), method.getParameters().size()); i++) {
      match(method.getParameters().get(i).asType(), actual.get(i), found);
    }
    match(method.getReturnType(), instance.getReturnType(), found);
  }

  private void match(
      TypeMirror declared, TypeMirror actual, Map<TypeParameterElement, TypeMirror> found) {
    if (declared instanceof TypeVariable variable) {
      found.putIfAbsent((TypeParameterElement) variable.asElement(), types.closed(actual));
    } else if (declared instanceof ArrayType array && actual instanceof ArrayType other) {
      match(array.getComponentType(), other.getComponentType(), found);
    } else if (declared instanceof DeclaredType type
        && actual instanceof DeclaredType other
        && type.getTypeArguments().size() == other.getTypeArguments().size()) {
      for (int i = 0; i < type.getTypeArguments().size(); i++) {
        match(type.getTypeArguments().get(i), other.getTypeArguments().get(i), found);
      }
    }
  }
}
