package org.bpf4j.sim;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Name;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.host.Scalar;
import org.bpf4j.object.CName;
import org.jspecify.annotations.Nullable;

/// Fields, constructors and methods of programs, whatever their visibility.
final class JavaReflection {

  private JavaReflection() {}

  /// What a map, a static field or a program is called in an object.
  static <M extends AnnotatedElement & Member> String objectName(M member) {
    Name name = member.getAnnotation(Name.class);
    return name == null ? CName.of(member.getName()) : name.value();
  }

  /// What a field holds.
  ///
  /// @param object the object, or null for a static field
  static @Nullable Object get(Field field, @Nullable Object object) {
    try {
      field.setAccessible(true);
      return field.get(object);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(field + " cannot be read", e);
    }
  }

  /// What a field holds that is never null, as an embedded member.
  ///
  /// @param object the object, or null for a static field
  static Object require(Field field, @Nullable Object object) {
    Object value = get(field, object);
    if (value == null) {
      throw new IllegalStateException(field + " is null");
    }
    return value;
  }

  /// Lets a field hold something.
  ///
  /// @param object the object, or null for a static field
  static void set(Field field, @Nullable Object object, @Nullable Object value) {
    try {
      field.setAccessible(true);
      field.set(object, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(field + " cannot be written", e);
    }
  }

  /// A new object, by the constructor without parameters.
  static Object create(Class<?> type) {
    try {
      Constructor<?> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (InvocationTargetException e) {
      throw unchecked(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type.getName() + " cannot be created", e);
    }
  }

  /// Calls a static method; what it throws leaves as it is.
  static @Nullable Object call(Method method, Object... arguments) {
    try {
      method.setAccessible(true);
      return method.invoke(null, arguments);
    } catch (InvocationTargetException e) {
      throw unchecked(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(method + " cannot be called", e);
    }
  }

  /// Copies what a struct holds into another of its class, embedded members included.
  static void copy(Object from, Object to) {
    if (from.getClass() != to.getClass()) {
      throw new IllegalArgumentException("a " + from.getClass() + " is no " + to.getClass());
    }
    switch (from) {
      case AtomicLong source -> ((AtomicLong) to).set(source.get());
      case AtomicInteger source -> ((AtomicInteger) to).set(source.get());
      case BpfString source -> ((BpfString) to).copyFrom(source);
      case Object source when source.getClass().isArray() -> copyElements(source, to);
      case Object source when isImmutable(source) -> {}
      default -> copyFields(from, to);
    }
  }

  private static boolean isImmutable(Object value) {
    return value instanceof Record || value instanceof Enum || Scalar.is(value.getClass());
  }

  private static void copyElements(Object from, Object to) {
    for (int i = 0; i < Array.getLength(from); i++) {
      Object element = Array.get(from, i);
      if (element == null || isImmutable(element)) {
        Array.set(to, i, element);
      } else {
        copy(element, Array.get(to, i));
      }
    }
  }

  private static void copyFields(Object from, Object to) {
    for (Field field : from.getClass().getDeclaredFields()) {
      if (Modifier.isFinal(field.getModifiers()) && !Modifier.isStatic(field.getModifiers())) {
        copy(require(field, from), require(field, to));
      } else if (!Modifier.isStatic(field.getModifiers())) {
        set(field, to, get(field, from));
      }
    }
  }

  private static RuntimeException unchecked(@Nullable Throwable cause) {
    return switch (cause) {
      case RuntimeException e -> e;
      case Error e -> throw e;
      case null, default -> new UndeclaredThrowableException(cause);
    };
  }

  /// Calls a map class's factory of one size.
  static Object factory(Class<?> map, int size) {
    try {
      return map.getMethod("create", int.class).invoke(null, size);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(map.getName() + " cannot be created", e);
    }
  }

  /// Whether an object has another as a member, or a struct in it has.
  @SuppressWarnings("ReferenceEquality") // two members may be equal
  static boolean holds(Object container, Object member) {
    return Stream.of(container.getClass().getDeclaredFields())
        .filter(field -> !Modifier.isStatic(field.getModifiers()))
        .filter(field -> !field.getType().isPrimitive())
        .map(field -> get(field, container))
        .filter(Objects::nonNull)
        .anyMatch(
            value ->
                value == member
                    || value.getClass().isAnnotationPresent(Struct.class) && holds(value, member));
  }
}
