package org.bpf4j.compiler.translate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.bpf4j.btf.BtfNames;
import org.bpf4j.compiler.ast.Declaration.ViewDecl;
import org.bpf4j.compiler.ast.Stmt;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.object.CriticalSection;
import org.bpf4j.object.Iteration;
import org.bpf4j.object.KfuncType;
import org.bpf4j.object.ProgramKind;

/// Loops over objects of the kernel: an iterator is begun before the loop, advanced where a round
/// begins, and ended wherever the loop is left, by an abort too.
///
/// Programs that sleep hold what keeps the objects alive from the first of such loops in one
/// another to its end.
final class Walks {
  private final Body body;
  private final org.bpf4j.compiler.translate.Code code;

  Walks(Body body) {
    this.body = body;
    this.code = body.code;
  }

  void loop(Stmt.Each stmt, Set<String> labels) {
    Iteration kind = stmt.iterator();
    check(stmt);
    Iterator<Value> given =
        Arrays.asList(new KernelArguments(body, stmt.begin()).evaluate()).iterator();
    body.at(stmt.begin().span());
    Value iterator = code.stackAddress(code.ssa().newSlot(kind.bytes(), "an iterator"), false);
    boolean protecting = kind.isProtected() && !body.sections.holdsRcu();
    if (protecting) {
      body.sections.enter(CriticalSection.RCU);
    }
    List<Value> arguments = new ArrayList<>(List.of(iterator));
    for (Iteration.Given each : kind.given()) {
      arguments.add(each.constant().map(code::i64).orElseGet(given::next));
    }
    code.run(kind.begin(), arguments.toArray(Value[]::new));
    body.sections.enter(() -> code.run(kind.end(), iterator));
    Draft exit = code.ssa().newBlock();
    body.loops.iterated(exit, () -> next(stmt, iterator, exit), stmt.body(), labels, stmt.span());
    body.at(stmt.span());
    body.sections.end();
    if (protecting) {
      body.sections.end(CriticalSection.RCU);
    }
  }

  /// Goes on with the next object, or to the exit.
  private void next(Stmt.Each stmt, Value iterator, Draft exit) {
    body.at(stmt.begin().span());
    boolean number = stmt.item().type() instanceof Type.Primitive;
    org.bpf4j.compiler.ssa.Type type =
        number ? org.bpf4j.compiler.ssa.Type.PTR : org.bpf4j.compiler.ssa.Type.I64;
    Value next = code.call(stmt.iterator().next(), type, iterator);
    Draft inside = code.ssa().newBlock();
    code.ssa().branch(CompareOp.NE, next, code.number(type, 0), inside, exit);
    code.ssa().enterSealed(inside);
    body.frame()
        .declare(stmt.item(), body.shapes)
        .write(code.ssa(), Operand.of(number ? number(stmt, next) : next));
  }

  /// The number that an iterator shows.
  private Value number(Stmt.Each stmt, Value address) {
    Value there = code.refine(address, new Fact.NonNull(stmt.item().name()));
    KfuncType item = stmt.iterator().item();
    MemorySize size = MemorySize.ofBytes(item.bytes());
    return code.load(
        new Address(there, 0, item.bytes()), size, item.signed() && size != MemorySize.DW);
  }

  private void check(Stmt.Each stmt) {
    Iteration kind = stmt.iterator();
    if (stmt.item().type() instanceof Type.ViewType(String name)) {
      ViewDecl view = body.shapes.declaration(name);
      if (!BtfNames.essential(view.kernelType()).equals(kind.item().struct())) {
        throw refused(
            stmt,
            Code.BPF2018,
            "`" + kind.methodName() + "` gives views of struct " + kind.item().struct(),
            "@KernelStruct(\"" + kind.item().struct() + "\")");
      }
    } else if (!(stmt.item().type() instanceof Type.Primitive)) {
      throw new CompilerBug("an iterator gives " + stmt.item().type());
    }
    boolean allowed =
        switch (kind.callers()) {
          case ANY -> true;
          case UNLOCKED ->
              body.scope.sleepable()
                  || body.scope.kind() == ProgramKind.LSM
                  || body.scope.kind() == ProgramKind.ITER;
          case SLEEPING -> body.scope.sleepable();
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
