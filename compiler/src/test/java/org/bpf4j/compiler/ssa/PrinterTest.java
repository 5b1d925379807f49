package org.bpf4j.compiler.ssa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrinterTest {
  private static final String ALL =
      """
      program XDP "xdp" floor 5.10
      function filter PROGRAM : i32 ; com/example/Fire.java:3:7-3:9
      slot 0 16 "a key"
      slot 1 8 b
      b0(v0: ptr):
        v1 = const -5 : i32 ; com/example/Fire.java:4:1-4:3
        v2 = const 5000000000 : i64 ; "my file.java":1:1-2:3 < Fire.java:9:1-9:4 < A.java:1:1-1:2
        v3 = sar v1, v1 : i32
        v4 = sext32 v3 : i64
        v5 = cmp ult v2, v4 : i32
        v6 = refine v2 range 0 -1 : i64
        v7 = load w [v0 + 76] context : ptr
        v8 = refine v7 packet 14 : ptr
        v9 = load signed b [v8 + 12] packet : i32
        v10 = stack 0 fresh : ptr
        v11 = stack 1 : ptr
        zero [v10 + 0], 16 stack 0
        store h [v10 + 2], v9 stack 0
        copy [v10 + 8] stack 0, [v11 + 0] stack 1, 8
        v12 = map stats : ptr
        v13 = helper map_lookup_elem(v12, v10) : ptr
        v14 = refine v13 nonnull "stats.get(\\"x\\")" : ptr
        v15 = refine v13 present v5 ip : ptr
        v16 = atomic add dw [v14 + 8], v2 map stats : i64
        atomic or w [v15 + 0], v1 ring "events \\u0007"
        v17 = atomic cmpxchg dw [v14 + 8], v2, v16 any : i64
        v18 = global .rodata 16 : ptr
        v19 = function work : ptr
        v20 = const 8 : i64
        v21 = ptradd v18, v20 : ptr
        helper get_prandom_u32()
        v22 = call work(v1, v2) : i32
        call work(v1, v2)
        v23 = core FIELD_BYTE_OFFSET "A$Task" "a.b" : i64
        branch eq v1, v22 then b1(v1, v2) else b2() ; Fire.java:5:1-5:9
      b1(v24: i32, v25: i64):
        again MAY_GOTO b1(v24, v25) else b3()
      b2():
        abort INDEX_OUT_OF_BOUNDS ; -:1:2-3:4
      b3():
        return v1
      end
      function work SUBPROGRAM : i32
      b0(v0: i32, v1: i64):
        jump b1()
      b1():
        return v0
      end
      function nothing GLOBAL
      b0():
        return
      end
      """;

  @Test
  void everyInstructionIsReadBack() {
    Program program = Parser.parse(ALL.replace("-:1:2", "\"-\":1:2"));
    assertThat(Parser.parse(Printer.print(program))).isEqualTo(program);
    Checker.check(program);
    Origin origin = program.main().entry().insts().get(1).origin();
    assertThat(origin.span().file()).isEqualTo("my file.java");
    assertThat(origin.inlinedAt().orElseThrow().inlinedAt().orElseThrow().span().file())
        .isEqualTo("A.java");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void randomFunctionsAreReadBack(long seed) {
    Function function = RandomFunctions.make(new Random(seed), 40);
    assertThat(Parser.parseFunction(Printer.print(function))).isEqualTo(function);
    Checker.check(function);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "program XDP",
        "program XDP xdp floor 5.10\nfunction f PROGRAM\nb0():",
        "program XDP xdp floor 5.10\nfunction f PROGRAM\nb0():\n  return v1\nend",
        "program XDP xdp floor 5.10\nfunction f PROGRAM\nb0():\n  v1 = frob v1 : i32\nend",
        "program XDP xdp floor 5.10\n"
            + "function f PROGRAM\n"
            + "b0():\n"
            + "  v1 = const 99999999999999999999 : i64",
        "program XDP xdp floor 5.10\nfunction f PROGRAM\nb0():\n  return \"",
      })
  void otherTextIsRefused(String text) {
    assertThatThrownBy(() -> Parser.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
