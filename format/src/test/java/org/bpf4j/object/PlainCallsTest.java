package org.bpf4j.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the build makes of classes so that they start fast (`.ci/PlainCalls.java`) does the same as
/// what javac made.
class PlainCallsTest {

  /// All that it replaces, and beside it what it leaves alone: labels that are no types.
  private static final String SAMPLE =
      """
      import java.util.*;
      public class Sample {
        sealed interface Shape permits Circle, Cell, Nothing, Color {}
        record Circle(double radius, String name) implements Shape {}
        record Cell(byte b, short s, char c, int i, long l, float f, boolean z, int[] array, List<String> list)
            implements Shape {}
        record Nothing() implements Shape {}
        enum Color implements Shape { RED, GREEN }
        interface Asks {
          default int order(Object o) {
            return switch (o) { case Long l -> 1; case Number n -> 2; case CharSequence c -> 3; default -> 4; };
          }
        }
        static String kind(Object o) {
          return switch (o) {
            case null -> "null";
            case Circle(double radius, String name) when radius > 5 -> "big " + name;
            case Circle c -> "circle " + c.name();
            case Cell c when c.z() -> "cell " + c.i();
            case int[] numbers -> "numbers " + numbers.length;
            case Shape s -> "shape";
            case Integer i when i > 9 -> "many";
            case Integer i -> "few";
            default -> "other";
          };
        }
        static String color(Shape shape) {
          return switch (shape) {
            case Color.RED -> "red";
            case Color c -> "color";
            case Circle c -> "circle";
            case Cell c -> "cell";
            case Nothing n -> "nothing";
          };
        }
        static String must(Shape shape) {
          try {
            return switch (shape) { case Circle c -> "1"; case Cell c -> "2"; case Nothing n -> "3"; case Color c -> "4"; };
          } catch (RuntimeException e) {
            return e.getClass().getName();
          }
        }
        public static List<String> run() {
          int[] array = {1};
          Object cell = new Cell((byte) -1, (short) -2, 'x', 3, 4L << 40, Float.NaN, true, array, List.of("a"));
          List<Object> all = new ArrayList<>(List.of(
              new Circle(6, "wide"), new Circle(-0.0, "zero"), new Circle(0.0, "zero"), new Circle(Double.NaN, "nan"),
              new Circle(Double.NaN, "nan"), new Circle(1, ""), new Circle(1, null),
              cell, new Cell((byte) -1, (short) -2, 'x', 3, 4L << 40, Float.NaN, true, array, List.of("a")),
              new Cell((byte) -1, (short) -2, 'x', 3, 5L << 40, Float.NaN, false, null, null),
              new Nothing(), Color.RED, Color.GREEN, 5, 50, 5L, array, "text", 'c'));
          all.add(null);
          List<String> said = new ArrayList<>();
          for (Object one : all) {
            said.add(kind(one) + " " + (one == null ? "" : new Asks() {}.order(one)));
            if (one instanceof Record) {
              said.add(one.toString().replaceAll("@[0-9a-f]+", "@") + " " + (one.equals(cell) ? "" : one.hashCode()));
            }
            if (one instanceof Shape || one == null) {
              said.add(must((Shape) one) + (one == null ? "" : color((Shape) one)));
            }
            for (Object other : all) {
              said.add(String.valueOf(Objects.equals(one, other)));
            }
            said.add("" + (one != null && one.equals("no")));
          }
          record Local(int count) {}
          said.add(new Local(3) + " " + new Local(3).equals(new Local(3)) + " " + new Local(3).hashCode());
          said.add(String.valueOf(new Cell((byte) 1, (short) 2, 'y', 3, 4, 5, false, null, null).hashCode()));
          return said;
        }
      }
      """;

  @TempDir private Path folder;
  private Path sample;
  private Path tool;

  @BeforeEach
  void compile() throws IOException {
    Path source = Files.writeString(folder.resolve("Sample.java"), SAMPLE);
    sample = Files.createDirectory(folder.resolve("sample"));
    tool = Files.createDirectory(folder.resolve("tool"));
    javac(source, sample);
    javac(Path.of(System.getProperty("bpf4j.root", ".."), ".ci", "PlainCalls.java"), tool);
  }

  private static void javac(Path source, Path to) {
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    assertThat(compiler.run(null, null, null, "-nowarn", "-d", to.toString(), source.toString()))
        .isZero();
  }

  private static Object call(Path classes, String type, String method, Object... arguments)
      throws IOException, ReflectiveOperationException {
    Class<?>[] types = Stream.of(arguments).map(Object::getClass).toArray(Class<?>[]::new);
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      return loader.loadClass(type).getMethod(method, types).invoke(null, arguments);
    }
  }

  private List<String> bootstraps() throws IOException {
    try (Stream<Path> files = Files.list(sample)) {
      return files
          .flatMap(PlainCallsTest::methods)
          .flatMap(method -> method.code().stream())
          .flatMap(code -> code.elementStream())
          .flatMap(e -> e instanceof InvokeDynamicInstruction call ? Stream.of(call) : Stream.of())
          .map(call -> call.bootstrapMethod().owner().displayName())
          .filter(owner -> !owner.equals("StringConcatFactory"))
          .sorted()
          .toList();
    }
  }

  private static Stream<MethodModel> methods(Path file) {
    try {
      ClassModel model = ClassFile.of().parse(file);
      return model.methods().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theSameIsSaid() throws Exception {
    Object before = call(sample, "Sample", "run");
    assertThat(bootstraps()).contains("ObjectMethods", "SwitchBootstraps").hasSizeGreaterThan(12);
    call(tool, "PlainCalls", "main", (Object) new String[] {sample.toString()});
    assertThat(bootstraps()).as("labels that are no types").containsOnly("SwitchBootstraps");
    assertThat(call(sample, "Sample", "run")).isEqualTo(before);
  }
}
