package org.bpf4j.processor.read;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;

/// Reads the sizes that stand in initialisers: `new byte[16]`, `BpfString.ofSize(16)`,
/// `Structs.fill(new Slot[8], Slot::new)`, `BpfHashMap.create(1_024)`.
final class SizeReader {
  private final Source source;
  private final Constants constants;

  SizeReader(Source source) {
    this.source = source;
    this.constants = new Constants(source.trees());
  }

  /// The path of a field's initialiser, if its source is at hand and it has one.
  Optional<TreePath> initialiser(VariableElement field) {
    TreePath path = source.trees().getPath(field);
    return path != null
            && path.getLeaf() instanceof VariableTree variable
            && variable.getInitializer() != null
        ? Optional.of(Source.child(path, variable.getInitializer()))
        : Optional.empty();
  }

  boolean hasInitialiser(VariableElement field) {
    return initialiser(field).isPresent();
  }

  /// Whether a field's initialiser creates each struct of an array: by `Structs.fill`, or one by
  /// one.
  boolean fillsStructs(VariableElement field) {
    return initialiser(field)
        .filter(
            path ->
                switch (path.getLeaf()) {
                  case NewArrayTree array -> createsAll(array);
                  case MethodInvocationTree _ ->
                      source.trees().getElement(path) instanceof ExecutableElement method
                          && CreationReader.isFill(method);
                  default -> false;
                })
        .isPresent();
  }

  private static boolean createsAll(NewArrayTree array) {
    return array.getInitializers() != null
        && array.getInitializers().stream()
            .allMatch(
                element ->
                    element instanceof NewClassTree
                        || (element instanceof NewArrayTree row && createsAll(row)));
  }

  /// The size that the field's initialiser states, if it is a constant.
  OptionalInt of(VariableElement field) {
    return initialiser(field).map(this::of).orElse(OptionalInt.empty());
  }

  /// The size that an initialiser states, if it is a constant.
  OptionalInt of(TreePath path) {
    return switch (path.getLeaf()) {
      case NewArrayTree array when array.getInitializers() != null ->
          OptionalInt.of(array.getInitializers().size());
      case NewArrayTree array -> first(path, array.getDimensions());
      case MethodInvocationTree call when TextTables.isTable(call) ->
          TextTables.elements(constants, path)
              .map(each -> OptionalInt.of(each.size()))
              .orElse(OptionalInt.empty());
      case MethodInvocationTree call
          when !call.getArguments().isEmpty()
              && call.getArguments().getFirst() instanceof NewArrayTree array ->
          of(Source.child(path, array));
      case MethodInvocationTree call -> constant(path, call.getArguments());
      default -> OptionalInt.empty();
    };
  }

  /// The number of entries that a map's initialiser states first, if it is a constant.
  OptionalInt ofMap(VariableElement field) {
    return initialiser(field)
        .filter(path -> path.getLeaf() instanceof MethodInvocationTree)
        .map(path -> first(path, ((MethodInvocationTree) path.getLeaf()).getArguments()))
        .orElse(OptionalInt.empty());
  }

  /// The number of entries of the inner map that a map's initialiser shows, if it is a constant.
  OptionalInt ofInnerMap(VariableElement field) {
    return initialiser(field)
        .filter(
            path ->
                path.getLeaf() instanceof MethodInvocationTree call
                    && call.getArguments().size() == 2)
        .map(
            path ->
                Source.child(path, ((MethodInvocationTree) path.getLeaf()).getArguments().get(1)))
        .map(this::of)
        .orElse(OptionalInt.empty());
  }

  private OptionalInt constant(TreePath path, List<? extends ExpressionTree> arguments) {
    return arguments.size() == 1 ? first(path, arguments) : OptionalInt.empty();
  }

  private OptionalInt first(TreePath path, List<? extends ExpressionTree> arguments) {
    if (arguments.isEmpty()) {
      return OptionalInt.empty();
    }
    return constants
        .integral(Source.child(path, arguments.getFirst()))
        .filter(value -> value == value.intValue())
        .map(value -> OptionalInt.of(value.intValue()))
        .orElse(OptionalInt.empty());
  }
}
