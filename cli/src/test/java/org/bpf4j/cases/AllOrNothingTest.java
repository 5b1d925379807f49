package org.bpf4j.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

/// What the processor writes if there is an error somewhere: nothing.
class AllOrNothingTest {

  private static final String RIGHT =
      """
      import org.bpf4j.lang.Bpf;
      import org.bpf4j.lang.BpfFunction;
      import org.bpf4j.lang.Struct;
      import org.bpf4j.lang.Syscall;

      @Bpf(license = "GPL")
      public final class Right {
        @Struct static final class Args { int x; }

        @BpfFunction static int twice(int x) { return x + x; }

        @Syscall static int run(Args args) { return twice(args.x); }
      }
      """;

  @Test
  void objectsAreWrittenWithoutErrors() throws IOException {
    assertThat(written(0, source("Right", RIGHT))).containsExactly("Right.bpf.o", "Right.bpfir");
  }

  @Test
  void anErrorOfAnotherClassCounts() throws IOException {
    JavaFileObject wrong =
        source(
            "Wrong",
            RIGHT
                .replace("Right", "Wrong")
                .replace("return twice(args.x)", "return (int) (args.x * 1.5)"));
    assertThat(written(1, source("Right", RIGHT), wrong)).isEmpty();
    assertThat(written(1, wrong, source("Right", RIGHT))).isEmpty();
  }

  @Test
  void anErrorThatJavacFindsCounts() throws IOException {
    JavaFileObject type = source("Other", "final class Other { int x = \"text\"; }");
    JavaFileObject flow = source("Other", "final class Other { int x() { } }");
    assertThat(written(1, source("Right", RIGHT), type)).isEmpty();
    assertThat(written(1, type, source("Right", RIGHT))).isEmpty();
    assertThat(written(1, source("Right", RIGHT), flow)).isEmpty();
    assertThat(written(1, flow, source("Right", RIGHT))).isEmpty();
  }

  @Test
  void anErrorThatJavacFindsInBpfCodeCounts() throws IOException {
    JavaFileObject unknown = source("Right", RIGHT.replace("args.x)", "args.y)"));
    JavaFileObject unset = source("Right", RIGHT.replace("return x + x", "int y; return y"));
    assertThat(written(1, unknown)).isEmpty();
    assertThat(written(1, unset)).isEmpty();
  }

  /// What javac cannot type is left out, and the rest is looked at.
  @Test
  void errorsOfJavacHideNoOthers() throws IOException {
    String two =
        RIGHT.replace(
            "@Syscall",
            """
            @Syscall static int unknown(Args args) { return args.y; }

              @Syscall static int stack(Args args) {
                long[] table = new long[90];
                table[args.x & 63] = 1;
                return (int) table[args.x >> 6 & 63];
              }

              @Syscall\
            """);
    assertThat(written(2, source("Right", two))).isEmpty();
  }

  private static JavaFileObject source(String name, String text) {
    return Javac.source(name, text);
  }

  /// The files beside class files.
  private static List<String> written(int errors, JavaFileObject... sources) throws IOException {
    try (Javac javac = new Javac()) {
      Compiled compiled = javac.compile(Arrays.asList(sources));
      assertThat(compiled.diagnostics().stream().filter(d -> d.getKind().name().equals("ERROR")))
          .as(compiled.text())
          .hasSize(errors);
      return compiled.files().keySet().stream()
          .filter(name -> name.endsWith(".o") || name.endsWith(".bpfir"))
          .toList();
    }
  }
}
