package org.bpf4j.processor.read;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/// Calls methods of the JDK for constants: those whose result depends on their arguments alone and
/// is the same in every JDK. They are no constants to Java, but as well known.
final class PureMethods {
  private static final List<Class<?>> CLASSES =
      List.of(Math.class, Integer.class, Long.class, TimeUnit.class, Duration.class);

  private static final Set<Class<?>> WHOLE =
      Set.of(int.class, long.class, boolean.class, String.class, Duration.class);

  /// Methods that round exactly, for floating point.
  private static final Set<String> EXACT =
      Set.of("abs", "ceil", "floor", "max", "min", "rint", "round", "sqrt");

  private PureMethods() {}

  /// Whether a method is one of these.
  static boolean isKnown(ExecutableElement method) {
    return find(method).isPresent();
  }

  /// Calls a method; empty if it throws.
  ///
  /// @param receiver what it is called on, unless it is static
  static Optional<Object> call(
      ExecutableElement method, Optional<Object> receiver, List<Object> arguments) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      ConstantArithmetic.assigned(method.getParameters().get(i).asType(), arguments.get(i))
          .ifPresent(values::add);
    }
    return find(method)
        .filter(found -> values.size() == found.getParameterCount())
        .filter(found -> receiver.stream().allMatch(found.getDeclaringClass()::isInstance))
        .flatMap(found -> invoke(found, receiver.orElse(null), values));
  }

  private static Optional<Object> invoke(
      Method method, @Nullable Object receiver, List<Object> values) {
    try {
      Object result = method.invoke(receiver, values.toArray());
      return result instanceof Duration ? Optional.of(result) : Constants.normalised(result);
    } catch (InvocationTargetException e) {
      return Optional.empty();
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(method + " is public", e);
    }
  }

  /// A constant of `TimeUnit`.
  static Optional<Object> constant(VariableElement constant) {
    return JavaTypes.owner(constant).getQualifiedName().contentEquals(TimeUnit.class.getName())
        ? Optional.of(TimeUnit.valueOf(constant.getSimpleName().toString()))
        : Optional.empty();
  }

  private static Optional<Method> find(ExecutableElement method) {
    String owner = JavaTypes.owner(method).getQualifiedName().toString();
    List<String> parameters =
        method.getParameters().stream().map(each -> each.asType().toString()).toList();
    return CLASSES.stream()
        .filter(each -> each.getName().equals(owner))
        .flatMap(each -> Arrays.stream(each.getMethods()))
        .filter(each -> method.getSimpleName().contentEquals(each.getName()))
        .filter(each -> names(each).equals(parameters))
        .filter(PureMethods::isPure)
        .findFirst();
  }

  private static List<String> names(Method method) {
    return Arrays.stream(method.getParameterTypes()).map(Class::getName).toList();
  }

  private static boolean isPure(Method method) {
    boolean isStatic = Modifier.isStatic(method.getModifiers());
    Class<?> owner = method.getDeclaringClass();
    boolean ofObject = owner == TimeUnit.class || owner == Duration.class;
    return (isStatic || ofObject)
        && method.getReturnType() != String.class
        && Stream.concat(
                Stream.of(method.getReturnType()), Arrays.stream(method.getParameterTypes()))
            .allMatch(
                type ->
                    WHOLE.contains(type)
                        || (EXACT.contains(method.getName())
                            && (type == double.class || type == float.class)));
  }
}
