package org.bpf4j.compiler.ast;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.bpf4j.compiler.diagnostic.CompilerBug;

/// Writes a unit, or any node of one, as text that [Parser] reads back.
///
/// The form follows the records: `(Binary BinaryOp.ADD (Literal …) …)`, `[a b]` for lists, `none`
/// for what is absent. Statements and declarations stand on lines of their own.
public final class Printer {
  private static final ClassValue<List<Method>> ACCESSORS =
      new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> type) {
          return Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getAccessor)
              .toList();
        }
      };

  private final StringBuilder text = new StringBuilder();
  private int depth;

  private Printer() {}

  /// The text of a node.
  public static String print(Record node) {
    Printer printer = new Printer();
    printer.value(node);
    return printer.text.append('\n').toString();
  }

  private void value(Object value) {
    switch (value) {
      case Record node -> node(node);
      case List<?> list -> list(list);
      case Optional<?> optional -> optional.ifPresentOrElse(this::value, () -> text.append("none"));
      case OptionalInt optional ->
          text.append(optional.isPresent() ? Integer.toString(optional.getAsInt()) : "none");
      case Enum<?> constant ->
          text.append(constant.getDeclaringClass().getSimpleName())
              .append('.')
              .append(constant.name());
      case String string -> quoted(string);
      case Integer _, Long _, Boolean _ -> text.append(value);
      default -> throw new CompilerBug("no text form of " + value.getClass());
    }
  }

  private void node(Record node) {
    boolean line =
        node instanceof Stmt
            || node instanceof Declaration
            || node instanceof Unit.Function
            || node instanceof Unit.Global
            || node instanceof Unit.MapDeclaration;
    if (line) {
      text.append('\n').append("  ".repeat(depth));
    }
    depth += line ? 1 : 0;
    text.append('(').append(node.getClass().getSimpleName());
    for (Method accessor : ACCESSORS.get(node.getClass())) {
      text.append(' ');
      value(read(node, accessor));
    }
    text.append(')');
    depth -= line ? 1 : 0;
  }

  private static Object read(Record node, Method accessor) {
    try {
      return accessor.invoke(node);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new CompilerBug("cannot read " + accessor + " of " + node.getClass(), e);
    }
  }

  private void list(List<?> list) {
    text.append('[');
    String separator = "";
    for (Object element : list) {
      text.append(separator);
      value(element);
      separator = " ";
    }
    text.append(']');
  }

  private void quoted(String string) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        default -> {
          if (c < ' ' || c > '~') {
            text.append("\\u%04x".formatted((int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }
}
