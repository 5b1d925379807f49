package org.bpf4j.hooks;

import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.MapKind;
import org.bpf4j.object.ProgramKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs the tests of this package that see programs running or share maps, on another kernel and
/// without JUnit's engine, which takes long on slow machines; and asks that kernel for all that it
/// is too old for. The cases are those that the tests of the host made.
public final class HooksMain {

  private HooksMain() {}

  /// Prints the [Outcomes]; the status is 1 if one failed.
  public static void main(String[] args) {
    System.setProperty("bpf4j.kernel", "require");
    System.setProperty("bpf4j.made", "true");
    Outcomes outcomes = new Outcomes();
    HookAudit.testClasses()
        .sorted((a, b) -> a.getName().compareTo(b.getName()))
        .forEach(type -> methods(type, Test.class).forEach(test -> run(type, test, outcomes)));
    AbsentFeatures.check(outcomes);
    System.exit(outcomes.print() == 0 ? 0 : 1);
  }

  private static List<Method> methods(Class<?> type, Class<? extends Annotation> annotation) {
    return Stream.of(type.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(annotation))
        .sorted((a, b) -> a.getName().compareTo(b.getName()))
        .toList();
  }

  private static void run(Class<?> type, Method test, Outcomes outcomes) {
    Map<String, KernelVersion> seen = new TreeMap<>();
    if (test.getAnnotation(Fires.class) instanceof Fires fires) {
      for (ProgramKind kind : fires.value()) {
        seen.put("@" + kind.annotation(), kind.since());
      }
    }
    if (test.getAnnotation(Shares.class) instanceof Shares shares) {
      for (MapKind kind : shares.value()) {
        seen.put(kind.name().toLowerCase(Locale.ROOT), kind.since());
      }
    }
    if (test.getAnnotation(Does.class) instanceof Does does) {
      seen.put(does.value(), KernelVersion.parse(does.since()));
    }
    if (test.getAnnotation(Hangs.class) instanceof Hangs hangs
        && KernelVersion.parse(hangs.before()).isNewerThanRunning()) {
      outcomes.leave(type.getSimpleName() + "." + test.getName(), hangs.why(), seen.keySet());
    } else if (!seen.isEmpty()) {
      outcomes.check(type.getSimpleName() + "." + test.getName(), () -> run(type, test), seen);
    }
  }

  private static String run(Class<?> type, Method test) throws Throwable {
    long start = System.nanoTime();
    Constructor<?> constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    Object instance = constructor.newInstance();
    open(type, instance);
    RunCounts.start();
    try {
      for (Method before : methods(type, BeforeEach.class)) {
        call(before, instance);
      }
      call(test, instance);
    } finally {
      for (Method after : methods(type, AfterEach.class)) {
        call(after, instance);
      }
      close(type, instance);
    }
    RunCounts.check(test);
    return (System.nanoTime() - start) / 1_000_000 + " ms";
  }

  private static void call(Method method, Object instance) throws Throwable {
    method.setAccessible(true);
    try {
      method.invoke(instance);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  /// Gives a test the folders that it asks for.
  private static void open(Class<?> type, Object instance) throws Exception {
    for (Field field : fields(type, TempDir.class)) {
      field.set(instance, Files.createTempDirectory("bpf4j-test-"));
    }
  }

  private static void close(Class<?> type, Object instance) throws Exception {
    for (Field field : fields(type, AutoClose.class)) {
      if (field.get(instance) instanceof AutoCloseable open) {
        open.close();
      }
    }
    for (Field field : fields(type, TempDir.class)) {
      try (Stream<Path> files = Files.walk((Path) field.get(instance))) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static List<Field> fields(Class<?> type, Class<? extends Annotation> annotation) {
    List<Field> fields =
        Stream.of(type.getDeclaredFields())
            .filter(field -> field.isAnnotationPresent(annotation))
            .toList();
    fields.forEach(field -> field.setAccessible(true));
    return fields;
  }
}
