package org.bpf4j.processor.read;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.EmptyStatementTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/// Computes what the fields of an enum's constants and of constant records hold, by running field
/// initialisers, blocks and constructors on the arguments, in Java's order.
///
/// It runs assignments, declarations and `if`. Whatever else a statement may assign is unknown from
/// then on, never what it was before. A value is what [Constants] gives, a constant of an enum is
/// its number, a record the list of its components.
final class ConstructedFields {
  private final Source source;
  private final Elements elements;
  private boolean mayHaveEnded;

  ConstructedFields(Source source, Elements elements) {
    this.source = source;
    this.elements = elements;
  }

  /// What is known of a constant: the values of fields, and of the variables of its constructors.
  Map<Element, Object> fields(VariableElement constant) {
    Map<Element, Object> values = new HashMap<>();
    mayHaveEnded = false;
    TreePath path = source.trees().getPath(constant);
    if (path == null
        || !(path.getLeaf() instanceof VariableTree variable)
        || !(variable.getInitializer() instanceof NewClassTree creation)) {
      return values;
    }
    TypeElement owner = JavaTypes.owner(constant);
    ordinal(owner)
        .ifPresent(method -> values.put(method, EnumTables.constants(owner).indexOf(constant)));
    TreePath at = Source.child(path, creation);
    if (source.trees().getElement(at) instanceof ExecutableElement constructor) {
      construct(declared(constructor, constant), at, creation.getArguments(), Map.of(), values);
    }
    if (mayHaveEnded) {
      values.clear();
    }
    return values;
  }

  /// The components of a record that is made of constants.
  Optional<List<Object>> record(TreePath creation) {
    mayHaveEnded = false;
    return record(creation, Map.of());
  }

  private Optional<List<Object>> record(TreePath creation, Map<Element, Object> known) {
    if (!(creation.getLeaf() instanceof NewClassTree tree)
        || !(source.trees().getElement(creation) instanceof ExecutableElement constructor)
        || JavaTypes.owner(constructor).getKind() != ElementKind.RECORD) {
      return Optional.empty();
    }
    Map<Element, Object> values = new HashMap<>();
    construct(constructor, creation, tree.getArguments(), known, values);
    List<VariableElement> fields = fields(JavaTypes.owner(constructor));
    return mayHaveEnded || !values.keySet().containsAll(fields)
        ? Optional.empty()
        : Optional.of(fields.stream().map(values::get).toList());
  }

  private static List<VariableElement> fields(TypeElement record) {
    return ElementFilter.fieldsIn(record.getEnclosedElements()).stream()
        .filter(field -> !field.getModifiers().contains(Modifier.STATIC))
        .toList();
  }

  private static Optional<ExecutableElement> ordinal(TypeElement owner) {
    return owner.getSuperclass() instanceof DeclaredType type
        ? ElementFilter.methodsIn(type.asElement().getEnclosedElements()).stream()
            .filter(method -> method.getSimpleName().contentEquals("ordinal"))
            .findFirst()
        : Optional.empty();
  }

  /// The enum's own constructor, where the constant has a body and so a class of its own.
  private static ExecutableElement declared(
      ExecutableElement constructor, VariableElement constant) {
    TypeElement owner = JavaTypes.owner(constant);
    return ElementFilter.constructorsIn(owner.getEnclosedElements()).stream()
        .filter(each -> each.asType().toString().equals(constructor.asType().toString()))
        .findFirst()
        .orElse(constructor);
  }

  /// Runs a constructor.
  ///
  /// @param known what is known where it is called
  /// @param values what is known of the object, which is added to
  private void construct(
      ExecutableElement constructor,
      TreePath call,
      List<? extends ExpressionTree> arguments,
      Map<Element, Object> known,
      Map<Element, Object> values) {
    List<? extends VariableElement> parameters = constructor.getParameters();
    if (arguments.size() != parameters.size()) {
      return;
    }
    for (int i = 0; i < arguments.size(); i++) {
      TreePath argument = Source.child(call, arguments.get(i));
      assign(parameters.get(i), argument, value(argument, known), values);
    }
    TreePath path = source.trees().getPath(constructor);
    BlockTree block = path != null && path.getLeaf() instanceof MethodTree m ? m.getBody() : null;
    if (block != null) {
      TreePath body = Source.child(path, block);
      if (!callsAnother(body, block)) {
        initialise(JavaTypes.owner(constructor), values);
      }
      block.getStatements().forEach(each -> run(Source.child(body, each), values));
    }
    if (keepsParameters(constructor)) {
      keep(constructor, values);
    }
  }

  /// Whether a constructor of a record leaves it to Java to put its parameters into the fields.
  private boolean keepsParameters(ExecutableElement constructor) {
    TypeElement record = JavaTypes.owner(constructor);
    if (record.getKind() != ElementKind.RECORD
        || !CreationReader.isCanonical(constructor, record)) {
      return false;
    }
    TreePath path = source.trees().getPath(constructor);
    return path == null
        ? CompiledRecord.onlyKeeps(elements, record)
        : elements.isCompactConstructor(constructor)
            || elements.getOrigin(constructor) != Elements.Origin.EXPLICIT;
  }

  private static void keep(ExecutableElement constructor, Map<Element, Object> values) {
    List<VariableElement> fields = fields(JavaTypes.owner(constructor));
    for (int i = 0; i < fields.size(); i++) {
      Object value = values.get(constructor.getParameters().get(i));
      if (value != null) {
        values.put(fields.get(i), value);
      }
    }
  }

  private boolean callsAnother(TreePath body, BlockTree block) {
    return block.getStatements().stream()
        .anyMatch(
            each ->
                each instanceof ExpressionStatementTree statement
                    && statement.getExpression() instanceof MethodInvocationTree
                    && isConstructor(
                        Source.child(Source.child(body, each), statement.getExpression())));
  }

  private boolean isConstructor(TreePath call) {
    return source.trees().getElement(call) instanceof ExecutableElement other
        && other.getKind() == ElementKind.CONSTRUCTOR
        && !JavaTypes.owner(other).getQualifiedName().toString().startsWith("java.lang.");
  }

  private void initialise(TypeElement owner, Map<Element, Object> values) {
    TreePath path = source.trees().getPath(owner);
    if (path == null || !(path.getLeaf() instanceof ClassTree declaration)) {
      return;
    }
    for (Tree member : declaration.getMembers()) {
      TreePath at = Source.child(path, member);
      if (member instanceof BlockTree block && !block.isStatic()
          || member instanceof VariableTree
              && source.trees().getElement(at) instanceof VariableElement field
              && field.getKind() == ElementKind.FIELD
              && !field.getModifiers().contains(Modifier.STATIC)) {
        run(at, values);
      }
    }
  }

  private void run(TreePath path, Map<Element, Object> values) {
    switch (path.getLeaf()) {
      case ExpressionStatementTree statement ->
          evaluate(Source.child(path, statement.getExpression()), values);
      case VariableTree variable when variable.getInitializer() != null ->
          assign(
              source.trees().getElement(path),
              Source.child(path, variable.getInitializer()),
              values);
      case VariableTree _, EmptyStatementTree _ -> {}
      case BlockTree block ->
          block.getStatements().forEach(each -> run(Source.child(path, each), values));
      case IfTree test -> choose(path, test, values);
      default -> forget(path, values);
    }
  }

  private void choose(TreePath path, IfTree test, Map<Element, Object> values) {
    Optional<Object> condition = value(Source.child(path, test.getCondition()), values);
    if (condition.isEmpty()) {
      forget(path, values);
      return;
    }
    StatementTree chosen =
        condition.get().equals(true) ? test.getThenStatement() : test.getElseStatement();
    if (chosen != null) {
      run(Source.child(path, chosen), values);
    }
  }

  private void evaluate(TreePath path, Map<Element, Object> values) {
    switch (path.getLeaf()) {
      case AssignmentTree assignment ->
          assign(
              source.trees().getElement(Source.child(path, assignment.getVariable())),
              Source.child(path, assignment.getExpression()),
              values);
      case MethodInvocationTree call
          when isConstructor(path)
              && source.trees().getElement(path) instanceof ExecutableElement other ->
          construct(other, path, call.getArguments(), values, values);
      default -> forget(path, values);
    }
  }

  private void assign(
      @Nullable Element variable, TreePath expression, Map<Element, Object> values) {
    assign(variable, expression, value(expression, values), values);
  }

  /// Assigns the value of an expression, converted to the variable's type.
  private void assign(
      @Nullable Element variable,
      TreePath expression,
      Optional<Object> value,
      Map<Element, Object> values) {
    if (value.isEmpty()) {
      forget(expression, values);
    }
    if (variable != null) {
      value
          .flatMap(known -> ConstantArithmetic.assigned(variable.asType(), known))
          .ifPresentOrElse(known -> values.put(variable, known), () -> values.remove(variable));
    }
  }

  private Optional<Object> value(TreePath path, Map<Element, Object> values) {
    if (source.trees().getElement(path) instanceof VariableElement constant
        && constant.getKind() == ElementKind.ENUM_CONSTANT) {
      return Optional.of((long) Annotations.enumValue(constant));
    }
    if (path.getLeaf() instanceof NewClassTree) {
      return record(path, values).map(components -> components);
    }
    return new Constants(source.trees(), values).evaluate(path);
  }

  private void forget(TreePath path, Map<Element, Object> values) {
    new Forgetting(values).scan(path, null);
  }

  /// Forgets what may change: variables that are assigned, fields that are not final where a method
  /// is called, and everything where the constructor may end.
  private final class Forgetting extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final Map<Element, Object> values;

    Forgetting(Map<Element, Object> values) {
      this.values = values;
    }

    @Override
    public @Nullable Void visitAssignment(AssignmentTree tree, @Nullable Void nothing) {
      remove(tree.getVariable());
      return super.visitAssignment(tree, null);
    }

    @Override
    public @Nullable Void visitCompoundAssignment(
        CompoundAssignmentTree tree, @Nullable Void nothing) {
      remove(tree.getVariable());
      return super.visitCompoundAssignment(tree, null);
    }

    @Override
    public @Nullable Void visitUnary(UnaryTree tree, @Nullable Void nothing) {
      switch (tree.getKind()) {
        case PREFIX_INCREMENT, PREFIX_DECREMENT, POSTFIX_INCREMENT, POSTFIX_DECREMENT ->
            remove(tree.getExpression());
        default -> {}
      }
      return super.visitUnary(tree, null);
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree tree, @Nullable Void nothing) {
      values
          .keySet()
          .removeIf(
              each ->
                  each.getKind() == ElementKind.FIELD
                      && !each.getModifiers().contains(Modifier.FINAL));
      return super.visitMethodInvocation(tree, null);
    }

    @Override
    public @Nullable Void visitReturn(ReturnTree tree, @Nullable Void nothing) {
      mayHaveEnded = true;
      return null;
    }

    @Override
    public @Nullable Void visitThrow(ThrowTree tree, @Nullable Void nothing) {
      mayHaveEnded = true;
      return null;
    }

    private void remove(Tree variable) {
      values.remove(source.trees().getElement(new TreePath(getCurrentPath(), variable)));
    }
  }
}
