package org.bpf4j.processor;

import com.sun.source.util.JavacTask;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;

/// Finds javac's own environment behind the wrappers of build tools.
///
/// IntelliJ hands processors a proxy, Gradle an object with a delegate; Eclipse has no javac at
/// all.
final class JavacEnvironment {
  /// More wrappers around one environment than any tool makes.
  private static final int MAX_WRAPPERS = 8;

  private JavacEnvironment() {}

  /// javac's environment, or empty if the compiler is not javac.
  static Optional<ProcessingEnvironment> find(ProcessingEnvironment environment) {
    ProcessingEnvironment at = environment;
    for (int i = 0; i < MAX_WRAPPERS; i++) {
      if (isJavac(at)) {
        return Optional.of(at);
      }
      Object holder = Proxy.isProxyClass(at.getClass()) ? Proxy.getInvocationHandler(at) : at;
      Optional<ProcessingEnvironment> inner = wrapped(holder);
      if (inner.isEmpty()) {
        return Optional.empty();
      }
      at = inner.get();
    }
    return Optional.empty();
  }

  private static boolean isJavac(ProcessingEnvironment environment) {
    try {
      JavacTask.instance(environment);
      return true;
    } catch (IllegalArgumentException notJavac) {
      return false;
    }
  }

  private static Optional<ProcessingEnvironment> wrapped(Object holder) {
    for (Class<?> type = holder.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (ProcessingEnvironment.class.isAssignableFrom(field.getType())
            || (holder instanceof InvocationHandler && field.getType() == Object.class)) {
          Optional<ProcessingEnvironment> value = read(field, holder);
          if (value.isPresent()) {
            return value;
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<ProcessingEnvironment> read(Field field, Object holder) {
    return field.trySetAccessible() ? valueOf(field, holder) : Optional.empty();
  }

  private static Optional<ProcessingEnvironment> valueOf(Field field, Object holder) {
    try {
      return field.get(holder) instanceof ProcessingEnvironment environment
          ? Optional.of(environment)
          : Optional.empty();
    } catch (IllegalAccessException inaccessible) {
      return Optional.empty();
    }
  }
}
