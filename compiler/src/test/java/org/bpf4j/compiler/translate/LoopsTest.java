package org.bpf4j.compiler.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpf4j.compiler.translate.Ast.add;
import static org.bpf4j.compiler.translate.Ast.argument;
import static org.bpf4j.compiler.translate.Ast.block;
import static org.bpf4j.compiler.translate.Ast.cast;
import static org.bpf4j.compiler.translate.Ast.count;
import static org.bpf4j.compiler.translate.Ast.declare;
import static org.bpf4j.compiler.translate.Ast.get;
import static org.bpf4j.compiler.translate.Ast.lit;
import static org.bpf4j.compiler.translate.Ast.loop;
import static org.bpf4j.compiler.translate.Ast.next;
import static org.bpf4j.compiler.translate.Ast.op;
import static org.bpf4j.compiler.translate.Ast.ret;
import static org.bpf4j.compiler.translate.Ast.run;
import static org.bpf4j.compiler.translate.Ast.when;

import java.util.List;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Expr.BinaryOp;
import org.bpf4j.compiler.ast.Stmt;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Unit.Local;
import org.bpf4j.compiler.ssa.Block;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Interpreter;
import org.bpf4j.compiler.ssa.Program;
import org.bpf4j.compiler.ssa.Terminator;
import org.bpf4j.compiler.ssa.Terminator.AbortReason;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.ProgramKind;
import org.junit.jupiter.api.Test;

class LoopsTest {
  private final Ast ast = new Ast();
  private final Local args = ast.arguments(2);
  private final Local sum = ast.local("sum", Primitive.INT);
  private final Local i = ast.local("i", Primitive.INT);

  private Program translate(Stmt... body) {
    Stmt[] all = new Stmt[body.length + 2];
    all[0] = declare(sum, lit(0));
    System.arraycopy(body, 0, all, 1, body.length);
    all[body.length + 1] = ret(get(sum));
    ast.program(ProgramKind.SYSCALL, "main", Primitive.INT, List.of(args), all);
    return ast.translate().getFirst();
  }

  private Expr argumentAsInt() {
    return cast(Primitive.INT, argument(args, 0));
  }

  private static boolean hasBudget(Program program) {
    return program.main().blocks().stream()
        .anyMatch(
            b ->
                b.terminator() instanceof Terminator.Abort(AbortReason reason, _)
                    && reason == AbortReason.LOOP_BUDGET);
  }

  private static long run1(Program program, long argument) {
    return Interpreter.run(program, Interpreter.contextOf(argument, 0)).result();
  }

  @Test
  void constantBoundNeedsNoBudget() {
    Program program = translate(count(i, lit(0), lit(10), run(add(get(sum), get(i)))));
    assertThat(hasBudget(program)).isFalse();
    assertThat(run1(program, 0)).isEqualTo(45);
  }

  @Test
  void maskedBoundCountsItsRoundsDown() {
    Expr bound = op(BinaryOp.AND, argumentAsInt(), lit(63));
    Program program = translate(count(i, lit(0), bound, run(add(get(sum), get(i)))));
    assertThat(hasBudget(program)).as("kernels before 6.8 do not see the bound").isTrue();
    assertThat(run1(program, 64 + 5)).isEqualTo(10);
    assertThat(run1(program, 63)).as("as many rounds as there may be").isEqualTo(62 * 63 / 2);
  }

  @Test
  void unknownBoundNeedsOne() {
    Program program = translate(count(i, lit(0), argumentAsInt(), run(add(get(sum), get(i)))));
    assertThat(hasBudget(program)).isTrue();
    assertThat(run1(program, 4)).isEqualTo(6);
  }

  @Test
  void unknownStartNeedsOne() {
    Program program = translate(count(i, argumentAsInt(), lit(10), run(add(get(sum), get(i)))));
    assertThat(hasBudget(program)).isTrue();
  }

  @Test
  void counterWrittenInTheBodyNeedsOne() {
    Stmt body = when(op(BinaryOp.GT, get(sum), lit(3)), run(Ast.set(get(i), lit(0))));
    Program program = translate(count(i, lit(0), lit(10), block(body, run(next(get(sum))))));
    assertThat(hasBudget(program)).isTrue();
  }

  @Test
  void greatBoundMayWrapRound() {
    Program program =
        translate(
            new Stmt.For(
                List.of(declare(i, lit(0))),
                java.util.Optional.of(op(BinaryOp.LE, get(i), lit(Integer.MAX_VALUE))),
                List.of(next(get(i))),
                run(next(get(sum))),
                Ast.at(3)));
    assertThat(hasBudget(program)).isTrue();
  }

  @Test
  void conjunctBoundsAndDisjunctDoesNot() {
    Expr few = op(BinaryOp.LT, get(i), lit(5));
    Expr other = op(BinaryOp.LT, get(sum), argumentAsInt());
    Stmt body = block(run(next(get(i))), run(add(get(sum), lit(2))));
    Program and =
        translate(declare(i, lit(0)), loop(new Expr.Logical(true, few, other, Ast.at(3)), body));
    assertThat(hasBudget(and)).isFalse();
    assertThat(run1(and, 7)).isEqualTo(8);

    LoopsTest again = new LoopsTest();
    Program or = again.disjunction();
    assertThat(hasBudget(or)).isTrue();
    assertThat(run1(or, 3)).isEqualTo(10);
  }

  private Program disjunction() {
    Expr few = op(BinaryOp.LT, get(i), lit(5));
    Expr other = op(BinaryOp.LT, get(sum), argumentAsInt());
    Stmt body = block(run(next(get(i))), run(add(get(sum), lit(2))));
    return translate(
        declare(i, lit(0)), loop(new Expr.Logical(false, few, other, Ast.at(3)), body));
  }

  @Test
  void endlessLoopAborts() {
    Program program = translate(loop(Ast.truth(true), run(next(get(sum)))));
    assertThat(hasBudget(program)).isTrue();
    assertThat(run1(program, 0)).isZero();
  }

  @Test
  void budgetIsSharedByNestedLoopsAndRenewedBetweenOthers() {
    Local j = ast.local("j", Primitive.INT);
    Stmt inner = count(j, lit(0), argumentAsInt(), run(next(get(sum))));
    Local k = ast.local("k", Primitive.INT);
    Program program =
        translate(
            count(i, lit(0), argumentAsInt(), inner),
            count(k, lit(0), argumentAsInt(), run(next(get(sum)))));
    assertThat(program.main().blocks().stream().mapToLong(LoopsTest::budgets).sum()).isEqualTo(2);
    assertThat(run1(program, 10)).isEqualTo(110);
    assertThat(run1(program, 300)).isZero();
  }

  private static long budgets(Block block) {
    return block.insts().stream()
        .filter(inst -> inst instanceof Inst.Const c && c.value() >= 256)
        .count();
  }

  @Test
  void numbersThatPathsLeaveDifferentAreForgotten() {
    Expr odd = op(BinaryOp.EQ, op(BinaryOp.AND, argumentAsInt(), lit(1)), lit(1));
    Program program = translate(count(i, lit(0), lit(20), when(odd, run(add(get(sum), get(i))))));
    assertThat(hasBudget(program)).isFalse();
    long masks =
        program.main().blocks().stream()
            .flatMap(b -> b.insts().stream())
            .filter(inst -> inst instanceof Inst.Binary b && b.op() == Inst.BinaryOp.XOR)
            .count();
    assertThat(masks).isEqualTo(1);
    assertThat(run1(program, 1)).isEqualTo(190);
    assertThat(run1(program, 2)).isZero();
  }

  @Test
  void newerKernelsKeepTheBudgetThemselves() {
    ast.minKernel("6.9");
    Program program = translate(count(i, lit(0), argumentAsInt(), run(add(get(sum), get(i)))));
    assertThat(program.main().blocks()).anyMatch(b -> b.terminator() instanceof Terminator.Again);
    assertThat(program.floor()).isEqualTo(KernelVersion.parse("6.9"));
    assertThat(run1(program, 4)).isEqualTo(6);
  }
}
