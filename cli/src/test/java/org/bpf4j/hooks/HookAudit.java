package org.bpf4j.hooks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bpf4j.object.MapKind;
import org.bpf4j.object.ProgramKind;

/// Which kinds of programs the tests of this package see running, and which kinds of maps they
/// share with programs.
public final class HookAudit {

  private HookAudit() {}

  /// The kinds of programs that the tests here are annotated with; the others must run in guests.
  public static Set<ProgramKind> programs() {
    return annotated(Fires.class, Fires::value, ProgramKind.class);
  }

  /// The kinds of maps that the tests here are annotated with.
  public static Set<MapKind> maps() {
    return annotated(Shares.class, Shares::value, MapKind.class);
  }

  private static <A extends Annotation, E extends Enum<E>> Set<E> annotated(
      Class<A> annotation, Function<A, E[]> values, Class<E> kind) {
    Set<E> kinds = EnumSet.noneOf(kind);
    testClasses()
        .flatMap(type -> Stream.of(type.getDeclaredMethods()))
        .map(method -> method.getAnnotation(annotation))
        .filter(Objects::nonNull)
        .forEach(found -> Collections.addAll(kinds, values.apply(found)));
    return kinds;
  }

  /// The classes of tests in this package.
  static Stream<Class<?>> testClasses() {
    try {
      Path folder =
          Path.of(Objects.requireNonNull(HookAudit.class.getResource("HookAudit.class")).toURI())
              .getParent();
      try (Stream<Path> files = Files.list(folder)) {
        return files
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith("Test.class"))
            .map(name -> HookAudit.class.getPackageName() + "." + name.replace(".class", ""))
            .<Class<?>>map(HookAudit::type)
            .toList()
            .stream();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName(name, false, HookAudit.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
