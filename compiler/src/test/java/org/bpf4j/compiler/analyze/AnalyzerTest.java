package org.bpf4j.compiler.analyze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpf4j.compiler.translate.Ast.at;
import static org.bpf4j.compiler.translate.Ast.ret;

import java.util.List;
import java.util.Optional;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Library;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Unit.GlobalKind;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.ssa.ControlFlow;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Parser;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.compiler.translate.Ast;
import org.bpf4j.object.ProgramKind;
import org.junit.jupiter.api.Test;

class AnalyzerTest {
  private static List<Diagnostic> fetchAndAdd(String minKernel) {
    Ast ast = new Ast();
    ast.minKernel(minKernel);
    Type cell = new Type.AtomicType(Primitive.LONG);
    Expr.Place total = ast.global("total", cell, GlobalKind.VARIABLE);
    Expr fetched =
        new Expr.LibraryCall(
            Library.ATOMIC_GET_AND_INCREMENT, Optional.of(total), List.of(), Primitive.LONG, at(3));
    ast.program(
        ProgramKind.XDP, "on", Primitive.INT, List.of(), ret(Ast.cast(Primitive.INT, fetched)));
    return Analyzer.analyze(ast.translate().getFirst(), ast.link());
  }

  @Test
  void fetchingAtomicsNeedKernel5_12() {
    List<Diagnostic> found = fetchAndAdd("5.10");
    assertThat(found).extracting(Diagnostic::code).containsExactly(Code.BPF2003);
    assertThat(found.getFirst().span()).isEqualTo(at(3));
    assertThat(found.getFirst().help()).contains("5.12");
  }

  @Test
  void newerKernelsHaveThem() {
    assertThat(fetchAndAdd("5.12")).isEmpty();
  }

  private static final Function LOOP =
      Parser.parseFunction(
          """
          function f PROGRAM : i32
          b0(v0: ptr):
            v1 = const 0 : i32
            v2 = const 1 : i32
            v3 = const 9 : i32
            v4 = load h [v0 + 0] context : i32
            jump b1(v1, v4)
          b1(v5: i32, v6: i32):
            branch slt v5, v3 then b2() else b3()
          b2():
            v7 = add v5, v2 : i32
            v8 = const 255 : i32
            v9 = and v6, v8 : i32
            v10 = be16 v4 : i32
            jump b1(v7, v9)
          b3():
            return v6
          end
          """);

  private static Value value(int id) {
    return new Value(id, org.bpf4j.compiler.ssa.Type.I32);
  }

  @Test
  void loopsAreFound() {
    Loops loops = Loops.of(ControlFlow.of(LOOP));
    assertThat(loops.isHeader(1)).isTrue();
    assertThat(loops.isHeader(2)).isFalse();
    assertThat(loops.body(1)).containsExactlyInAnyOrder(1, 2);
    assertThat(loops.together(1, 2)).isTrue();
    assertThat(loops.together(0, 3)).isTrue();
    assertThat(loops.together(0, 2)).isFalse();
  }

  @Test
  void whatALoopCountsHasNoBounds() {
    ValueRanges ranges = ValueRanges.of(LOOP);
    assertThat(ranges.of(value(5)).within(0, 1000)).isFalse();
    assertThat(ranges.of(value(6)).within(0, 0xffff)).isTrue();
    assertThat(ranges.of(value(9)).within(0, 255)).isTrue();
    assertThat(ranges.isNonNegative(value(4))).isTrue();
  }

  @Test
  void theVerifierForgetsAtChangesOfByteOrder() {
    assertThat(ValueRanges.of(LOOP).of(value(10)).within(0, 0xffff)).isTrue();
    assertThat(ValueRanges.asSeenByVerifier(LOOP).of(value(10)).within(0, 0xffff)).isFalse();
  }

  @Test
  void livenessFollowsParameters() {
    Liveness liveness = Liveness.of(LOOP);
    assertThat(liveness.atStart(1, value(6))).isTrue();
    assertThat(liveness.atStart(2, value(6))).isTrue();
    assertThat(liveness.atStart(3, value(5))).isFalse();
    assertThat(liveness.atStart(1, value(1))).isFalse();
    assertThat(liveness.atStart(1, value(3))).isTrue();
  }
}
