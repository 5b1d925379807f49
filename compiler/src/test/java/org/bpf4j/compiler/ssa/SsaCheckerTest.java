package org.bpf4j.compiler.ssa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.diagnostic.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SsaCheckerTest {
  private static final Origin AT = Origin.of(Span.NONE);

  private static String function(String body) {
    return "function f PROGRAM : i32\nslot 0 8 s\nb0(v0: ptr):\n" + body + "end\n";
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of("defined twice", "  v1 = const 1 : i32\n  v1 = const 2 : i32\n  return v1\n"),
        Arguments.of(
            "does not dominate",
            """
              v1 = const 1 : i32
              branch eq v1, v1 then b1() else b2()
            b1():
              v2 = const 2 : i32
              jump b2()
            b2():
              return v2
            """),
        Arguments.of(
            "does not dominate", "  v1 = add v2, v2 : i32\n  v2 = const 1 : i32\n  return v1\n"),
        Arguments.of("there is no block", "  jump b7()\n"),
        Arguments.of("arguments do not fit", "  jump b1()\nb1(v1: i32):\n  return v1\n"),
        Arguments.of(
            "arguments do not fit",
            "  v2 = const 1 : i64\n  jump b1(v2)\nb1(v1: i32):\n  return v1\n"),
        Arguments.of("enters the entry", "  jump b0(v0)\n"),
        Arguments.of("result type", "  return\n"),
        Arguments.of("result type", "  return v0\n"),
        Arguments.of("not well-formed", "  v1 = const 4294967296 : i32\n  return v1\n"),
        Arguments.of("not well-formed", "  v1 = const 1 : ptr\n  jump b1()\nb1():\n  jump b1()\n"),
        Arguments.of(
            "not well-formed", "  v1 = const 1 : i32\n  v2 = zext32 v1 : i32\n  return v1\n"),
        Arguments.of(
            "not well-formed",
            "  v1 = const 1 : i32\n  v2 = const 1 : i64\n  v3 = add v1, v2 : i32\n  return v3\n"),
        Arguments.of("not well-formed", "  v1 = stack 3 : ptr\n  jump b1()\nb1():\n  jump b1()\n"),
        Arguments.of(
            "not well-formed",
            """
              v1 = load dw [v0 + 0] context : i64
              v2 = ptradd v0, v1 : ptr
              v3 = const 1 : i32
              return v3
            """),
        Arguments.of(
            "not well-formed",
            "  v1 = helper map_lookup_elem(v0) : ptr\n  v3 = const 1 : i32\n  return v3\n"),
        Arguments.of(
            "not well-formed",
            "  v1 = helper ktime_get_ns() : ptr\n  v3 = const 1 : i32\n  return v3\n"),
        Arguments.of(
            "types",
            "  v1 = const 1 : i32\n  branch eq v0, v1 then b1() else b1()\n"
                + "b1():\n  return v1\n"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void brokenFunctionsAreBugs(String message, String body) {
    Function function = Parser.parseFunction(function(body));
    assertThatThrownBy(() -> Checker.check(function))
        .isInstanceOf(CompilerBug.class)
        .hasMessageContaining(message)
        .hasMessageContaining("function f PROGRAM");
  }

  @Test
  void aBoundedOffsetMayBeAdded() {
    String body =
        """
          v1 = load w [v0 + 0] context : i32
          v2 = refine v1 range 0 7 : i32
          v3 = zext32 v2 : i64
          v4 = const 3 : i64
          v5 = shl v3, v4 : i64
          v6 = ptradd v0, v5 : ptr
          return v1
        """;
    assertThatCode(() -> Checker.check(Parser.parseFunction(function(body))))
        .doesNotThrowAnyException();
  }

  @Test
  void callsFitTheirFunctions() {
    Function main =
        Parser.parseFunction(
            function("  v1 = const 1 : i32\n  v2 = call g(v1) : i32\n  return v2\n"));
    Function fitting =
        Parser.parseFunction("function g SUBPROGRAM : i32\nb0(v0: i32):\n  return v0\nend\n");
    Function other =
        Parser.parseFunction("function g SUBPROGRAM : i64\nb0(v0: i64):\n  return v0\nend\n");
    Program program = Interpreter.programOf(main);
    assertThatCode(() -> Checker.check(program.withFunctions(List.of(main, fitting))))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> Checker.check(program.withFunctions(List.of(main, other))))
        .isInstanceOf(CompilerBug.class)
        .hasMessageContaining("wrong types");
    assertThatThrownBy(() -> Checker.check(program))
        .isInstanceOf(CompilerBug.class)
        .hasMessageContaining("there is no function g");
  }

  @Test
  void onlyProgramsAbort() {
    Function function =
        Parser.parseFunction("function g SUBPROGRAM\nb0():\n  abort OVERFLOW\nend\n");
    assertThatThrownBy(() -> Checker.check(function))
        .isInstanceOf(CompilerBug.class)
        .hasMessageContaining("a subprogram cannot abort");
  }

  @Test
  void originsGrowOutward() {
    Origin inner = AT.inlinedThrough(Origin.of(new Span("A.java", 1, 1, 1, 2)));
    Origin outer = inner.inlinedThrough(Origin.of(new Span("B.java", 1, 1, 1, 2)));
    assertThat(outer.inlinedAt().flatMap(Origin::inlinedAt).orElseThrow().span().file())
        .isEqualTo("B.java");
  }
}
