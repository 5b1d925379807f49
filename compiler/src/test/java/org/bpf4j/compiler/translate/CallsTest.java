package org.bpf4j.compiler.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpf4j.compiler.translate.Ast.argument;
import static org.bpf4j.compiler.translate.Ast.call;
import static org.bpf4j.compiler.translate.Ast.get;
import static org.bpf4j.compiler.translate.Ast.lit;
import static org.bpf4j.compiler.translate.Ast.op;
import static org.bpf4j.compiler.translate.Ast.ret;

import java.util.List;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Expr.BinaryOp;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Unit.Local;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst;
import org.bpf4j.compiler.ssa.Interpreter;
import org.bpf4j.compiler.ssa.Program;
import org.bpf4j.object.ProgramKind;
import org.junit.jupiter.api.Test;

class CallsTest {
  private final Ast ast = new Ast();
  private final Local args = ast.arguments(2);

  /// Sums of products, so long that it is worth a call.
  private Unit.Function polynomial(String name, BinaryOp last) {
    Local x = ast.local("x", Primitive.LONG);
    Local y = ast.local("y", Primitive.LONG);
    Expr value = get(x);
    for (int i = 0; i < 8; i++) {
      value = op(BinaryOp.ADD, op(BinaryOp.MUL, value, get(y)), get(x));
    }
    return ast.function(name, Primitive.LONG, List.of(x, y), ret(op(last, value, get(y))));
  }

  private static long java(long x, long y) {
    long value = x;
    for (int i = 0; i < 8; i++) {
      value = value * y + x;
    }
    return value;
  }

  private Program main(Expr result) {
    ast.program(
        ProgramKind.SYSCALL,
        "main",
        Primitive.INT,
        List.of(args),
        ret(Ast.cast(Primitive.INT, result)));
    return ast.translate().getFirst();
  }

  private Expr twice(Unit.Function function) {
    return op(
        BinaryOp.SUB,
        call(function, argument(args, 0), argument(args, 1)),
        call(function, argument(args, 1), argument(args, 0)));
  }

  @Test
  void numbersAreWorthASubprogram() {
    Program program = main(twice(polynomial("polynomial", BinaryOp.XOR)));
    assertThat(program.functions())
        .extracting(Function::name)
        .containsExactly("main", "polynomial");
    assertThat(calls(program)).isEqualTo(2);
    int expected = (int) ((java(3, 5) ^ 5) - (java(5, 3) ^ 3));
    assertThat(Interpreter.run(program, Interpreter.contextOf(3, 5)).result()).isEqualTo(expected);
  }

  @Test
  void whatMayAbortIsInlined() {
    Program program = main(twice(polynomial("quotient", BinaryOp.DIV)));
    assertThat(program.functions()).hasSize(1);
    int expected = (int) (java(3, 5) / 5 - java(5, 3) / 3);
    assertThat(Interpreter.run(program, Interpreter.contextOf(3, 5)).result()).isEqualTo(expected);
    assertThat(Interpreter.run(program, Interpreter.contextOf(3, 0)).result()).isZero();
  }

  @Test
  void oneCallIsInlinedWithItsChain() {
    Unit.Function function = polynomial("polynomial", BinaryOp.XOR);
    Program program = main(call(function, argument(args, 0), argument(args, 1)));
    assertThat(program.functions()).hasSize(1);
    assertThat(
            program.main().blocks().stream()
                .flatMap(block -> block.insts().stream())
                .anyMatch(inst -> inst.origin().inlinedAt().isPresent()))
        .isTrue();
  }

  private static long calls(Program program) {
    return program.main().blocks().stream()
        .flatMap(block -> block.insts().stream())
        .filter(Inst.CallFunction.class::isInstance)
        .count();
  }

  @Test
  void recursionIsRefusedHereToo() {
    Local x = ast.local("x", Primitive.INT);
    Unit.FunctionRef ref = new Unit.FunctionRef(Ast.OWNER, "self", "(1)");
    Expr again = new Expr.Call(ref, List.of(get(x)), Primitive.INT, Ast.at(5));
    Unit.Function self = ast.function("self", Primitive.INT, List.of(x), ret(again));
    ast.program(ProgramKind.SYSCALL, "main", Primitive.INT, List.of(args), ret(call(self, lit(1))));
    Translator.Translation translation = Translator.translate(ast.link());
    assertThat(translation.programs()).isEmpty();
    assertThat(translation.diagnostics())
        .extracting(Diagnostic::code)
        .containsExactly(Code.BPF2001);
  }

  @Test
  void lengthsOfOneVariableMustAgree() {
    Type ints = new Type.ArrayType(Primitive.INT);
    Local array = ast.local("array", ints);
    ast.program(
        ProgramKind.SYSCALL,
        "main",
        Primitive.INT,
        List.of(args),
        Ast.declare(array, new Expr.NewArray(3, List.of(), ints, Ast.at(2))),
        Ast.run(Ast.set(get(array), new Expr.NewArray(4, List.of(), ints, Ast.at(3)))),
        ret(lit(0)));
    Translator.Translation translation = Translator.translate(ast.link());
    assertThat(translation.diagnostics())
        .extracting(Diagnostic::code)
        .containsExactly(Code.BPF1018);
  }

  @Test
  void exponentialInliningEnds() {
    Type ints = new Type.ArrayType(Primitive.INT);
    Unit.Function function =
        ast.function("f0", Primitive.INT, List.of(ast.local("a", ints)), ret(lit(1)));
    for (int i = 1; i < 40; i++) {
      Local array = ast.local("a", ints);
      Expr both = op(BinaryOp.ADD, call(function, get(array)), call(function, get(array)));
      function = ast.function("f" + i, Primitive.INT, List.of(array), ret(both));
    }
    Expr array = new Expr.NewArray(3, List.of(), ints, Ast.at(2));
    ast.program(
        ProgramKind.SYSCALL, "main", Primitive.INT, List.of(args), ret(call(function, array)));
    Translator.Translation translation = Translator.translate(ast.link());
    assertThat(translation.diagnostics())
        .extracting(Diagnostic::code)
        .containsExactly(Code.BPF3003);
  }
}
