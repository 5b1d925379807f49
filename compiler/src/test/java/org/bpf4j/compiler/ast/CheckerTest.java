package org.bpf4j.compiler.ast;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.bpf4j.compiler.ast.Expr.BinaryOp;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Unit.Local;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.translate.Ast;
import org.bpf4j.object.ProgramKind;
import org.junit.jupiter.api.Test;

class CheckerTest {
  private final Local x = new Ast().local("x", Primitive.INT);

  private static void check(Stmt... body) {
    Ast ast = new Ast();
    ast.program(ProgramKind.XDP, "main", Primitive.INT, List.of(), body);
    Checker.check(ast.unit());
  }

  private static void refuses(String rule, Stmt... body) {
    assertThatThrownBy(() -> check(body))
        .isInstanceOf(CompilerBug.class)
        .hasMessageContaining(rule);
  }

  @Test
  void acceptsWhatIsTyped() {
    assertThatCode(
            () ->
                check(
                    Ast.count(x, Ast.lit(0), Ast.lit(3), Ast.run(Ast.add(Ast.get(x), Ast.lit(1)))),
                    Ast.ret(Ast.op(BinaryOp.SHL, Ast.lit(1), Ast.lit(2L)))))
        .doesNotThrowAnyException();
  }

  @Test
  void operandsAgree() {
    refuses("operands of ADD", Ast.ret(Ast.op(BinaryOp.ADD, Ast.lit(1), Ast.lit(1L))));
    refuses("a comparison", Ast.run(Ast.op(BinaryOp.LT, Ast.lit(1), Ast.lit(1L))));
    refuses("a shift", Ast.run(Ast.op(BinaryOp.SHL, Ast.lit(1), Ast.truth(true))));
  }

  @Test
  void conditionsAreBoolean() {
    refuses("type BOOLEAN instead of INT", Ast.when(Ast.lit(1), Ast.ret(Ast.lit(1))));
  }

  @Test
  void localsAreDeclaredBefore() {
    refuses("a local is declared before", Ast.ret(Ast.get(x)));
  }

  @Test
  void resultsHaveTheFunctionsType() {
    refuses("type INT instead of LONG", Ast.ret(Ast.lit(1L)));
    refuses("return with the function's result", new Stmt.Return(Optional.empty(), Ast.at(1)));
  }

  @Test
  void jumpsHaveTargets() {
    refuses("a jump has a target", new Stmt.Break(Optional.empty(), Ast.at(1)));
    refuses("a jump has a target", new Stmt.Continue(Optional.of("outer"), Ast.at(1)));
    refuses("yield in a switch expression", new Stmt.Yield(Ast.lit(1), Ast.at(1)));
  }
}
