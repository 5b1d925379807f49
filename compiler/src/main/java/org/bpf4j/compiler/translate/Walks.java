package org.bpf4j.compiler.translate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.bpf4j.btf.BtfNames;
import org.bpf4j.compiler.ast.Declaration.ViewDecl;
import org.bpf4j.compiler.ast.Stmt;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.KernelIterator;
import org.bpf4j.object.ProgramKind;

/// Loops over objects of the kernel: an iterator is begun before the loop, advanced where a round
/// begins, and ended wherever the loop is left, by an abort too.
///
/// Programs that sleep hold what keeps the objects alive from the first of such loops in one
/// another to its end.
final class Walks {
  private final Body body;
  private final org.bpf4j.compiler.translate.Code code;
  private final Deque<Open> open = new ArrayDeque<>();

  /// An iterator that is to be ended.
  ///
  /// @param frame the function that began it
  /// @param inside how many jump targets were known before its loop
  /// @param protecting whether the loop holds what keeps objects alive
  private record Open(
      Frame frame, int inside, KernelIterator kind, Value iterator, boolean protecting) {}

  Walks(Body body) {
    this.body = body;
    this.code = body.code;
  }

  void loop(Stmt.Each stmt, Set<String> labels) {
    KernelIterator kind = stmt.iterator();
    check(stmt);
    Iterator<Value> given =
        Arrays.asList(new KernelArguments(body, stmt.begin()).evaluate()).iterator();
    body.at(stmt.begin().span());
    Value iterator = code.stackAddress(code.ssa().newSlot(kind.bytes(), "an iterator"), false);
    boolean protecting =
        kind.isProtected() && sleeps() && open.stream().noneMatch(Open::protecting);
    if (protecting) {
      code.run(KernelIterator.PROTECT);
    }
    List<Value> arguments = new ArrayList<>(List.of(iterator));
    for (OptionalLong constant : kind.arguments()) {
      arguments.add(constant.isPresent() ? code.i64(constant.getAsLong()) : given.next());
    }
    code.run(kind.begin(), arguments.toArray(Value[]::new));
    Open walk = new Open(body.frame(), body.frame().targets(), kind, iterator, protecting);
    open.push(walk);
    code.ssa().unwind(() -> end(walk));
    Draft exit = code.ssa().newBlock();
    body.loops.iterated(exit, () -> next(stmt, walk, exit), stmt.body(), labels, stmt.span());
    code.ssa().unwound();
    open.pop();
    body.at(stmt.span());
    end(walk);
  }

  /// Goes on with the next object, or to the exit.
  private void next(Stmt.Each stmt, Open walk, Draft exit) {
    body.at(stmt.begin().span());
    Value next = code.call(walk.kind().next(), org.bpf4j.compiler.ssa.Type.I64, walk.iterator());
    Draft inside = code.ssa().newBlock();
    code.ssa().branch(CompareOp.NE, next, code.i64(0), inside, exit);
    code.ssa().enterSealed(inside);
    body.frame().declare(stmt.item(), body.shapes).write(code.ssa(), Operand.of(next));
  }

  private void end(Open walk) {
    code.run(walk.kind().end(), walk.iterator());
    if (walk.protecting()) {
      code.run(KernelIterator.UNPROTECT);
    }
  }

  /// Leaves the function that is being translated.
  void release() {
    release(walk -> true);
  }

  /// Jumps to a target that so many others are around.
  void releaseBefore(int outer) {
    release(walk -> outer < walk.inside());
  }

  private void release(Predicate<Open> left) {
    open.stream().filter(walk -> walk.frame() == body.frame()).filter(left).forEach(this::end);
  }

  private boolean sleeps() {
    return body.scope.sleepable() || body.scope.kind() == ProgramKind.SYSCALL;
  }

  private void check(Stmt.Each stmt) {
    KernelIterator kind = stmt.iterator();
    if (!(stmt.item().type() instanceof Type.ViewType(String name))) {
      throw new CompilerBug("an iterator gives " + stmt.item().type());
    }
    ViewDecl view = body.shapes.declaration(name);
    if (!BtfNames.essential(view.kernelType()).equals(kind.item())) {
      throw refused(
          stmt,
          Code.BPF2018,
          "`" + kind.methodName() + "` gives views of struct " + kind.item(),
          "@KernelStruct(\"" + kind.item() + "\")");
    }
    boolean allowed =
        switch (kind.callers()) {
          case ANY -> true;
          case UNLOCKED ->
              sleeps()
                  || body.scope.kind() == ProgramKind.LSM
                  || body.scope.kind() == ProgramKind.ITER;
          case SLEEPING -> sleeps();
        };
    if (!allowed) {
      throw refused(
          stmt,
          Code.BPF2002,
          "`" + kind.methodName() + "` is for programs that may sleep",
          "a @Syscall program, or `sleepable = true` where there is such");
    }
  }

  private static Refusal refused(Stmt.Each stmt, Code why, String message, String help) {
    return new Refusal(Diagnostic.error(why, stmt.begin().span(), message, help));
  }
}
