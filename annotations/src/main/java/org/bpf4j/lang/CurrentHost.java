package org.bpf4j.lang;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The host of the current thread, and what to say where there is none.
final class CurrentHost {

  private static final ScopedValue<Host> HOST = ScopedValue.newInstance();

  private static final StackWalker STACK =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  private CurrentHost() {}

  static <T extends @Nullable Object> T run(Host host, Supplier<T> body) {
    return ScopedValue.where(HOST, host).call(body::get);
  }

  static Host host() {
    if (!HOST.isBound()) {
      throw new IllegalStateException(
          "a kernel function was called by code that does not run as a BPF program");
    }
    return HOST.get();
  }

  static Host host(Object map) {
    if (!HOST.isBound()) {
      throw new IllegalStateException(outside(map));
    }
    return HOST.get();
  }

  private static String outside(Object map) {
    String what = map.getClass().getSimpleName();
    return STACK
        .walk(
            frames ->
                frames
                    .map(StackWalker.StackFrame::getDeclaringClass)
                    .distinct()
                    .flatMap(type -> fieldHolding(type, map).stream())
                    .findFirst())
        .map(
            field ->
                "`%s` is a BPF map (%s); in user space use `bpf.%s()` of a loaded %s"
                    .formatted(
                        field.getName(),
                        what,
                        field.getName(),
                        skeleton(field.getDeclaringClass())))
        .orElse(
            "a BPF map (%s) was used by code that does not run as a BPF program; in user space use"
                    .formatted(what)
                + " the accessor of the generated class, such as `bpf.seen()`");
  }

  private static Optional<Field> fieldHolding(Class<?> type, Object map) {
    return Stream.of(type.getDeclaredFields())
        .filter(field -> Modifier.isStatic(field.getModifiers()))
        .filter(field -> field.getType() == map.getClass())
        .filter(field -> holds(field, map))
        .findFirst();
  }

  private static boolean holds(Field field, Object map) {
    try {
      field.setAccessible(true);
      return map.equals(field.get(null));
    } catch (IllegalAccessException | InaccessibleObjectException _) {
      return false;
    }
  }

  private static String skeleton(Class<?> type) {
    String name = type.getName().substring(type.getPackageName().length()).replace('$', '_');
    String bare = name.startsWith(".") ? name.substring(1) : name;
    return type.isAnnotationPresent(Bpf.class) ? bare + "Bpf" : "skeleton of the @Bpf class";
  }
}
