package org.bpf4j.compiler.ast;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bpf4j.compiler.diagnostic.CompilerBug;

/// Makes a function of another whose expressions or statements are replaced, innermost first.
///
/// It follows the records, as [Printer] does, so that a new node needs no line here.
public final class Rewrite {

  /// A record class: how it is taken apart and made.
  private record Form(List<Method> accessors, Constructor<?> constructor) {}

  private static final ClassValue<Form> FORMS =
      new ClassValue<>() {
        @Override
        protected Form computeValue(Class<?> type) {
          RecordComponent[] components = type.getRecordComponents();
          Class<?>[] types =
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
          try {
            return new Form(
                Arrays.stream(components).map(RecordComponent::getAccessor).toList(),
                type.getDeclaredConstructor(types));
          } catch (NoSuchMethodException e) {
            throw new CompilerBug(type + " has no canonical constructor", e);
          }
        }
      };

  private final UnaryOperator<Expr> expressions;
  private final UnaryOperator<Stmt> statements;

  private Rewrite(UnaryOperator<Expr> expressions, UnaryOperator<Stmt> statements) {
    this.expressions = expressions;
    this.statements = statements;
  }

  /// A function with other expressions.
  ///
  /// @param replacement gives an expression, whose parts have been replaced, another or itself
  public static Unit.Function of(Unit.Function function, UnaryOperator<Expr> replacement) {
    return new Rewrite(replacement, UnaryOperator.identity()).function(function);
  }

  /// A function with other statements.
  ///
  /// @param replacement gives a statement, whose parts have been replaced, another or itself; the
  ///   body of a function or lambda stays a block
  public static Unit.Function statements(Unit.Function function, UnaryOperator<Stmt> replacement) {
    return new Rewrite(UnaryOperator.identity(), replacement).function(function);
  }

  private Unit.Function function(Unit.Function function) {
    return new Unit.Function(
        function.ref(),
        function.role(),
        function.result(),
        function.parameters(),
        (Stmt.Block) value(function.body()),
        function.span());
  }

  private Object value(Object value) {
    return switch (value) {
      case Expr expr -> expressions.apply((Expr) node((Record) expr));
      case Stmt stmt -> statements.apply((Stmt) node((Record) stmt));
      case Stmt.Case branch -> node(branch);
      case Expr.FieldValue field -> node(field);
      case List<?> list -> list.stream().map(this::value).toList();
      case Optional<?> optional -> optional.map(this::value);
      default -> value;
    };
  }

  private Object node(Record node) {
    Form form = FORMS.get(node.getClass());
    List<Object> parts = new ArrayList<>();
    boolean changed = false;
    try {
      for (Method accessor : form.accessors()) {
        Object before = accessor.invoke(node);
        Object after = value(before);
        changed |= !after.equals(before);
        parts.add(after);
      }
      return changed ? form.constructor().newInstance(parts.toArray()) : node;
    } catch (ReflectiveOperationException e) {
      throw new CompilerBug("cannot rewrite " + node.getClass(), e);
    }
  }
}
