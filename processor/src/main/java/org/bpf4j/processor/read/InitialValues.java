package org.bpf4j.processor.read;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.Elements;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Special;

/// Reads the initial values of static fields, as numbers one after the other.
final class InitialValues {
  private final Source source;
  private final SizeReader sizes;
  private final Constants constants;
  private final ConstructedFields constructed;

  InitialValues(Source source, Elements elements, SizeReader sizes) {
    this.source = source;
    this.sizes = sizes;
    this.constants = new Constants(source.trees());
    this.constructed = new ConstructedFields(source, elements);
  }

  /// The initial scalar values; empty list: all zero; absent: not constant.
  Optional<List<Long>> of(VariableElement field, Type type) {
    Optional<TreePath> path = sizes.initialiser(field);
    if (path.isEmpty()) {
      return isReference(type) || type instanceof Type.RecordType
          ? Optional.empty()
          : Optional.of(List.of());
    }
    if (type instanceof Type.ArrayType(Type element) && CreationReader.holdsObjects(type)) {
      return sizes.fillsStructs(field) ? objects(path.get(), element) : Optional.empty();
    }
    if (type == Special.BPF_STRING || type instanceof Type.ArrayType) {
      return sizes.of(field).isPresent() ? elements(path.get()) : Optional.empty();
    }
    return scalars(path.get());
  }

  /// Whether a field holds a place for values, which is never another one.
  static boolean isReference(Type type) {
    return type instanceof Type.StructType
        || type instanceof Type.ArrayType
        || type instanceof Type.AtomicType
        || type == Special.BPF_STRING;
  }

  /// What the objects of an array hold: of atomic cells a number each, of structs what their class
  /// says.
  private Optional<List<Long>> objects(TreePath path, Type element) {
    if (!(path.getLeaf() instanceof NewArrayTree array) || array.getInitializers() == null) {
      return Optional.of(List.of());
    }
    List<Long> values = new ArrayList<>();
    for (ExpressionTree tree : array.getInitializers()) {
      TreePath each = Source.child(path, tree);
      Optional<List<Long>> part =
          switch (element) {
            case Type.RowType(Type cell, int _) -> objects(each, cell);
            case Type.AtomicType _ -> scalars(each).map(v -> v.isEmpty() ? List.of(0L) : v);
            default -> Optional.of(List.of());
          };
      if (part.isEmpty()) {
        return Optional.empty();
      }
      values.addAll(part.get());
    }
    return Optional.of(values);
  }

  private Optional<List<Long>> elements(TreePath path) {
    if (path.getLeaf() instanceof MethodInvocationTree call && TextTables.isTable(call)) {
      return TextTables.elements(constants, path);
    }
    return path.getLeaf() instanceof NewArrayTree array && array.getInitializers() != null
        ? all(path, array.getInitializers())
        : Optional.of(List.of());
  }

  private Optional<List<Long>> scalars(TreePath path) {
    if (path.getLeaf() instanceof NewClassTree creation) {
      Element constructor = source.trees().getElement(path);
      return constructor != null && JavaTypes.owner(constructor).getKind() == ElementKind.RECORD
          ? constructed.record(path).flatMap(InitialValues::numbers)
          : all(path, creation.getArguments());
    }
    if (path.getLeaf() instanceof NewArrayTree row) {
      return row.getInitializers() == null ? Optional.empty() : all(path, row.getInitializers());
    }
    if (source.trees().getElement(path) instanceof VariableElement constant
        && constant.getKind() == ElementKind.ENUM_CONSTANT) {
      return Optional.of(List.of((long) Annotations.enumValue(constant)));
    }
    return constants.evaluate(path).flatMap(InitialValues::numbers);
  }

  private static Optional<List<Long>> numbers(Object value) {
    return switch (value) {
      case Number number -> Optional.of(List.of(number.longValue()));
      case Boolean bool -> Optional.of(List.of(bool ? 1L : 0L));
      case List<?> components -> {
        List<Long> numbers = new ArrayList<>();
        for (Object component : components) {
          Optional<List<Long>> part = numbers(component);
          if (part.isEmpty()) {
            yield Optional.empty();
          }
          numbers.addAll(part.get());
        }
        yield Optional.of(numbers);
      }
      default -> Optional.empty();
    };
  }

  private Optional<List<Long>> all(TreePath path, List<? extends ExpressionTree> trees) {
    List<Long> values = new ArrayList<>();
    for (ExpressionTree tree : trees) {
      Optional<List<Long>> part = scalars(Source.child(path, tree));
      if (part.isEmpty()) {
        return Optional.empty();
      }
      values.addAll(part.get());
    }
    return Optional.of(values);
  }
}
