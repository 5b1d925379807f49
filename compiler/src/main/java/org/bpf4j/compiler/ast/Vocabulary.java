package org.bpf4j.compiler.ast;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bpf4j.compiler.diagnostic.CompilerBug;

/// The names that the text form of a [Unit] may use: every record and enum that a unit can hold.
///
/// Found once by following record components and sealed families from [Unit], so that a new node
/// needs no line here, and text can name no other class.
final class Vocabulary {
  private static final Vocabulary INSTANCE = new Vocabulary();

  private final Map<String, Class<?>> classes = new HashMap<>();

  private Vocabulary() {
    add(Unit.class);
  }

  /// The class of that simple name.
  static Optional<Class<?>> find(String simpleName) {
    return Optional.ofNullable(INSTANCE.classes.get(simpleName));
  }

  private void add(Type type) {
    switch (type) {
      case ParameterizedType generic -> {
        for (Type argument : generic.getActualTypeArguments()) {
          add(argument);
        }
      }
      case Class<?> c -> addClass(c);
      default -> throw new CompilerBug("no text form of " + type);
    }
  }

  private void addClass(Class<?> type) {
    if (type.isSealed()) {
      for (Class<?> permitted : type.getPermittedSubclasses()) {
        add(permitted);
      }
    }
    if (!type.isRecord() && !type.isEnum()) {
      return;
    }
    Class<?> other = classes.putIfAbsent(type.getSimpleName(), type);
    if (other != null && other != type) {
      throw new CompilerBug("two classes are called " + type.getSimpleName());
    }
    if (other == null && type.isRecord()) {
      for (RecordComponent component : type.getRecordComponents()) {
        add(component.getGenericType());
      }
    }
  }
}
