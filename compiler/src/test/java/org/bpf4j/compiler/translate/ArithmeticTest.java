package org.bpf4j.compiler.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpf4j.compiler.translate.Ast.argument;
import static org.bpf4j.compiler.translate.Ast.cast;
import static org.bpf4j.compiler.translate.Ast.op;
import static org.bpf4j.compiler.translate.Ast.ret;
import static org.bpf4j.compiler.translate.Ast.run;
import static org.bpf4j.compiler.translate.Ast.set;

import java.util.List;
import java.util.Optional;
import java.util.function.LongBinaryOperator;
import java.util.stream.Stream;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Expr.BinaryOp;
import org.bpf4j.compiler.ast.Library;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Unit.Local;
import org.bpf4j.compiler.ssa.Interpreter;
import org.bpf4j.compiler.ssa.Program;
import org.bpf4j.object.ProgramKind;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every operator against Java itself, on numbers where something happens.
class ArithmeticTest {
  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    2,
    3,
    -7,
    10,
    31,
    32,
    33,
    63,
    64,
    127,
    128,
    255,
    256,
    -128,
    -129,
    32767,
    32768,
    65535,
    65536,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 32,
    (1L << 32) - 1,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    0x0123_4567_89ab_cdefL,
    -0x0123_4567_89ab_cdefL
  };

  /// The program's mark of a run that came to its end; an aborted one gives 0.
  private static final int DONE = 7;

  @TestFactory
  Stream<DynamicTest> longs() {
    return Stream.of(
        test("a + b", BinaryOp.ADD, (a, b) -> a + b),
        test("a - b", BinaryOp.SUB, (a, b) -> a - b),
        test("a * b", BinaryOp.MUL, (a, b) -> a * b),
        test("a / b", BinaryOp.DIV, (a, b) -> a / b),
        test("a % b", BinaryOp.REM, (a, b) -> a % b),
        test("a & b", BinaryOp.AND, (a, b) -> a & b),
        test("a | b", BinaryOp.OR, (a, b) -> a | b),
        test("a ^ b", BinaryOp.XOR, (a, b) -> a ^ b),
        test("a << b", BinaryOp.SHL, (a, b) -> a << b),
        test("a >> b", BinaryOp.SHR, (a, b) -> a >> b),
        test("a >>> b", BinaryOp.USHR, (a, b) -> a >>> b));
  }

  private static DynamicTest test(String name, BinaryOp operator, LongBinaryOperator java) {
    return test(name, (a, b) -> op(operator, a, b), java);
  }

  @TestFactory
  Stream<DynamicTest> ints() {
    return Stream.of(
        intTest("(int) + ", BinaryOp.ADD, (a, b) -> (int) a + (int) b),
        intTest("(int) *", BinaryOp.MUL, (a, b) -> Math.multiplyFull((int) a, (int) b) << 32 >> 32),
        intTest("(int) /", BinaryOp.DIV, (a, b) -> (int) a / (int) b),
        intTest("(int) %", BinaryOp.REM, (a, b) -> (int) a % (int) b),
        intTest("(int) <<", BinaryOp.SHL, (a, b) -> (int) a << (int) b),
        intTest("(int) >>", BinaryOp.SHR, (a, b) -> (int) a >> (int) b),
        intTest("(int) >>>", BinaryOp.USHR, (a, b) -> (int) a >>> (int) b));
  }

  private static DynamicTest intTest(String name, BinaryOp operator, LongBinaryOperator java) {
    return test(
        name,
        (a, b) ->
            cast(Primitive.LONG, op(operator, cast(Primitive.INT, a), cast(Primitive.INT, b))),
        java);
  }

  @TestFactory
  Stream<DynamicTest> casts() {
    return Stream.of(
        castTest(Primitive.BYTE, (a, _) -> (byte) a),
        castTest(Primitive.SHORT, (a, _) -> (short) a),
        castTest(Primitive.CHAR, (a, _) -> (char) a),
        castTest(Primitive.INT, (a, _) -> (int) a),
        test(
            "(char) (byte) a",
            (a, _) -> cast(Primitive.LONG, cast(Primitive.CHAR, cast(Primitive.BYTE, a))),
            (a, _) -> (char) (byte) a));
  }

  private static DynamicTest castTest(Primitive type, LongBinaryOperator java) {
    return test("(" + type + ") a", (a, _) -> cast(Primitive.LONG, cast(type, a)), java);
  }

  @TestFactory
  Stream<DynamicTest> library() {
    return Stream.of(
        libraryTest(Library.MIN, Math::min),
        libraryTest(Library.MAX, Math::max),
        libraryTest(Library.ADD_EXACT, Math::addExact),
        libraryTest(Library.SUBTRACT_EXACT, Math::subtractExact),
        libraryTest(Library.MULTIPLY_EXACT, Math::multiplyExact),
        libraryTest(Library.FLOOR_DIV, Math::floorDiv),
        libraryTest(Library.FLOOR_MOD, Math::floorMod),
        libraryTest(Library.DIVIDE_UNSIGNED, Long::divideUnsigned),
        libraryTest(Library.REMAINDER_UNSIGNED, Long::remainderUnsigned),
        unaryTest(Library.ABS, Primitive.LONG, Math::abs),
        unaryTest(Library.REVERSE_BYTES, Primitive.LONG, Long::reverseBytes),
        unaryTest(Library.BIT_COUNT, Primitive.INT, Long::bitCount),
        unaryTest(Library.NUMBER_OF_LEADING_ZEROS, Primitive.INT, Long::numberOfLeadingZeros),
        unaryTest(Library.NUMBER_OF_TRAILING_ZEROS, Primitive.INT, Long::numberOfTrailingZeros),
        unaryTest(Library.ABS_EXACT, Primitive.LONG, Math::absExact),
        unaryTest(Library.NEGATE_EXACT, Primitive.LONG, Math::negateExact),
        unaryTest(Library.INCREMENT_EXACT, Primitive.LONG, Math::incrementExact),
        unaryTest(Library.DECREMENT_EXACT, Primitive.LONG, Math::decrementExact),
        unaryTest(Library.HIGHEST_ONE_BIT, Primitive.LONG, Long::highestOneBit),
        unaryTest(Library.LOWEST_ONE_BIT, Primitive.LONG, Long::lowestOneBit),
        unaryTest(Library.REVERSE, Primitive.LONG, Long::reverse),
        unaryTest(Library.SIGNUM, Primitive.INT, Long::signum),
        unaryTest(Library.TO_INT_EXACT, Primitive.INT, Math::toIntExact));
  }

  private static DynamicTest libraryTest(Library method, LongBinaryOperator java) {
    return test(
        method.methodName(),
        (a, b) ->
            new Expr.LibraryCall(
                method, Optional.empty(), List.of(a, b), Primitive.LONG, Ast.at(2)),
        java);
  }

  private static DynamicTest unaryTest(
      Library method, Primitive result, java.util.function.LongUnaryOperator java) {
    return test(
        method.methodName(),
        (a, _) -> {
          Expr call = new Expr.LibraryCall(method, Optional.empty(), List.of(a), result, Ast.at(2));
          return result == Primitive.LONG ? call : cast(Primitive.LONG, call);
        },
        (a, _) -> java.applyAsLong(a));
  }

  private interface Binary {
    Expr of(Expr a, Expr b);
  }

  private static DynamicTest test(String name, Binary expression, LongBinaryOperator java) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          Program program = program(expression);
          for (long a : NUMBERS) {
            for (long b : NUMBERS) {
              assertThat(outcome(program, a, b))
                  .as("%s for a = %d, b = %d", name, a, b)
                  .isEqualTo(expected(java, a, b));
            }
          }
        });
  }

  private static Program program(Binary expression) {
    Ast ast = new Ast();
    Local args = ast.arguments(2);
    Expr.Place out = ast.global("out", Primitive.LONG, Unit.GlobalKind.VARIABLE);
    ast.program(
        ProgramKind.SYSCALL,
        "main",
        Primitive.INT,
        List.of(args),
        run(set(out, expression.of(argument(args, 0), argument(args, 1)))),
        ret(Ast.lit(DONE)));
    return ast.translate().getFirst();
  }

  private static String outcome(Program program, long a, long b) {
    Interpreter.Outcome outcome = Interpreter.run(program, Interpreter.contextOf(a, b));
    return outcome.result() == DONE ? String.valueOf(Ast.firstLong(outcome, ".bss")) : "abort";
  }

  private static String expected(LongBinaryOperator java, long a, long b) {
    try {
      return String.valueOf(java.applyAsLong(a, b));
    } catch (ArithmeticException e) {
      return "abort";
    }
  }
}
