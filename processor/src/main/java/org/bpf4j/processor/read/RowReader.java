package org.bpf4j.processor.read;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.VariableElement;
import org.bpf4j.compiler.ast.Type;

/// Finds how long the rows of an array of arrays are: all rows of one are alike, and lie one after
/// the other in it.
final class RowReader {
  private final SizeReader sizes;
  private final Constants constants;

  RowReader(Source source) {
    sizes = new SizeReader(source);
    constants = new Constants(source.trees());
  }

  /// The type of a field as it lies in memory: of an array of arrays with the lengths that its
  /// initialiser states; empty if it states none.
  Optional<Type> of(VariableElement field, Type type) {
    return isNested(type)
        ? sizes.initialiser(field).flatMap(path -> of(path, type))
        : Optional.of(type);
  }

  /// The type of an array as it lies in memory; empty if its creation does not say how long the
  /// rows are, or says different lengths.
  Optional<Type> of(TreePath creation, Type type) {
    if (!isNested(type)) {
      return Optional.of(type);
    }
    return lengths(creation)
        .filter(lengths -> lengths.stream().allMatch(length -> length > 0))
        .flatMap(lengths -> lying(type, lengths.subList(1, lengths.size())));
  }

  /// Whether a type is an array of arrays.
  static boolean isNested(Type type) {
    return type instanceof Type.ArrayType(Type element) && element instanceof Type.ArrayType;
  }

  private static Optional<Type> lying(Type type, List<Integer> rows) {
    if (!(type instanceof Type.ArrayType(Type element))) {
      return Optional.empty();
    }
    boolean nested = element instanceof Type.ArrayType;
    if (rows.isEmpty() || !nested) {
      return rows.isEmpty() && !nested ? Optional.of(type) : Optional.empty();
    }
    return lying(element, rows.subList(1, rows.size()))
        .map(row -> ((Type.ArrayType) row).element())
        .map(inner -> new Type.ArrayType(new Type.RowType(inner, rows.getFirst())));
  }

  /// The lengths that a creation states, the outermost first.
  private Optional<List<Integer>> lengths(TreePath path) {
    return switch (path.getLeaf()) {
      case NewArrayTree array when array.getInitializers() == null ->
          dimensions(path, array.getDimensions());
      case NewArrayTree array -> listed(path, array.getInitializers());
      case MethodInvocationTree call
          when !call.getArguments().isEmpty()
              && call.getArguments().getFirst() instanceof NewArrayTree array ->
          lengths(Source.child(path, array));
      default -> Optional.empty();
    };
  }

  private Optional<List<Integer>> dimensions(TreePath path, List<? extends ExpressionTree> trees) {
    List<Integer> lengths = new ArrayList<>();
    for (ExpressionTree tree : trees) {
      Optional<Long> length = constants.integral(Source.child(path, tree));
      if (length.isEmpty() || length.get() != length.get().intValue()) {
        return Optional.empty();
      }
      lengths.add(length.get().intValue());
    }
    return Optional.of(lengths);
  }

  private Optional<List<Integer>> listed(TreePath path, List<? extends ExpressionTree> elements) {
    List<Optional<List<Integer>>> rows =
        elements.stream()
            .map(
                element ->
                    element instanceof NewArrayTree
                        ? lengths(Source.child(path, element))
                        : Optional.of(List.<Integer>of()))
            .distinct()
            .toList();
    return rows.size() != 1
        ? Optional.empty()
        : rows.getFirst()
            .map(
                row -> {
                  List<Integer> lengths = new ArrayList<>(List.of(elements.size()));
                  lengths.addAll(row);
                  return lengths;
                });
  }
}
