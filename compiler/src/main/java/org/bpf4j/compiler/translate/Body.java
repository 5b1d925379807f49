package org.bpf4j.compiler.translate;

import java.util.Optional;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Terminator.AbortReason;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.ProgramResult;

/// The function being built, and one translator for each topic.
///
/// The translators call each other as the language does: an expression contains a switch, whose
/// body contains statements. This is where they meet.
final class Body {
  final ProgramScope scope;
  final Code code;
  final Shapes shapes;
  final Conversions conversions;
  final Numbers numbers;
  final Arithmetic arithmetic;
  final Memory memory;
  final Scattered scattered;
  final Places places;
  final Conditions conditions;
  final Expressions expressions;
  final Statements statements;
  final Switches switches;
  final Loops loops;
  final Calls calls;
  final Allocations allocations;
  final LibraryCalls library;
  final Views views;
  final Sections sections;
  final Locks locks;
  final Walks walks;

  private final Function.Role role;
  private Frame frame;
  private Optional<Value> context = Optional.empty();

  Body(ProgramScope scope, Function.Role role, Frame outermost) {
    this.scope = scope;
    this.role = role;
    this.frame = outermost;
    this.code = new Code(new SsaBuilder());
    this.shapes = scope.shapes();
    this.conversions = new Conversions(code);
    this.numbers = new Numbers(code, conversions, scope.layouts());
    this.arithmetic = new Arithmetic(code);
    this.memory = new Memory(this);
    this.scattered = new Scattered(this);
    this.places = new Places(this);
    this.conditions = new Conditions(this);
    this.expressions = new Expressions(this);
    this.statements = new Statements(this);
    this.switches = new Switches(this);
    this.loops = new Loops(this);
    this.calls = new Calls(this);
    this.allocations = new Allocations(this);
    this.views = new Views(this);
    this.sections = new Sections(this);
    this.locks = new Locks(this);
    this.walks = new Walks(this);
    this.library = new LibraryCalls(this);
  }

  /// Says where the program's context is.
  void hasContext(Value value) {
    context = Optional.of(value);
  }

  /// The program's context, for a call that needs it: what the kernel calls back has none.
  Value context(Expr.LibraryCall call) {
    return context(call.method().methodName(), call.span());
  }

  /// The program's context, for a helper that needs it.
  Value context(Expr.KernelCall call) {
    return context(call.function().methodName(), call.span());
  }

  private Value context(String method, Span span) {
    return context.orElseThrow(
        () ->
            new Refusal(
                Diagnostic.error(
                    org.bpf4j.compiler.diagnostic.Code.BPF2015,
                    span,
                    "`" + method + "` needs the program's context, which a lambda does not have",
                    "call it outside of the lambda")));
  }

  Function.Role role() {
    return role;
  }

  Frame frame() {
    return frame;
  }

  /// Goes on in another activation; gives back the one before.
  Frame enter(Frame next) {
    Frame before = frame;
    frame = next;
    return before;
  }

  /// Leaves the function; a program that has no result gives what its kind wants, and one with a
  /// number that the kernel would not take aborts.
  void leave(Optional<Operand> value) {
    Optional<Value> result = value.map(Operand::only);
    if (role == Function.Role.PROGRAM) {
      result.ifPresent(this::checkResult);
      result = Optional.of(result.orElseGet(() -> code.i32(scope.kind().nothing())));
    }
    if (role == Function.Role.GLOBAL) {
      result = Optional.of(result.map(this::wide).orElseGet(() -> code.i64(0)));
    }
    code.ssa().leaving();
    code.ssa().ret(result);
  }

  private void checkResult(Value result) {
    if (scope.kind().result() instanceof ProgramResult.Number(int least, int greatest)) {
      if (least > Integer.MIN_VALUE) {
        code.ssa().check(CompareOp.SGE, result, code.i32(least), AbortReason.VALUE_OUT_OF_RANGE);
      }
      if (greatest < Integer.MAX_VALUE) {
        code.ssa().check(CompareOp.SLE, result, code.i32(greatest), AbortReason.VALUE_OUT_OF_RANGE);
      }
    }
  }

  /// A global function gives 64 bits; those above an `int` say whether it aborted.
  private Value wide(Value number) {
    return number.type() == org.bpf4j.compiler.ssa.Type.I64
        ? number
        : code.unary(org.bpf4j.compiler.ssa.Inst.UnaryOp.ZEXT32, number);
  }

  /// Sets where the instructions that follow come from.
  void at(Span span) {
    code.ssa().at(frame.origin(span));
  }
}
