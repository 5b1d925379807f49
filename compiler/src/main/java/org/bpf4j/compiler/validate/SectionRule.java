package org.bpf4j.compiler.validate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Library;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Stmt;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Unit.Function;
import org.bpf4j.compiler.ast.Walk;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.object.CriticalSection;
import org.bpf4j.object.Iteration;
import org.bpf4j.object.KernelFunction;
import org.bpf4j.object.ProgramKind;

/// In a critical section nothing sleeps, and no tail call is made.
final class SectionRule implements Rule {

  @Override
  public List<Diagnostic> check(Program program) {
    CallGraph graph = new CallGraph(program);
    List<Diagnostic> found = new ArrayList<>();
    for (Function main : program.functions()) {
      if (main.role() instanceof Unit.Role.Program role) {
        Main of = new Main(graph, role.kind(), role.section().sleepable(), found);
        graph.reachable(main).forEach(of::check);
      }
    }
    return found;
  }

  /// What a program does.
  private record Main(
      CallGraph graph, ProgramKind kind, boolean sleepable, List<Diagnostic> found) {

    void check(Function function) {
      Walk.allStatements(function.body(), stmt -> section(stmt).ifPresent(s -> body(s, stmt)));
    }

    /// The section that a statement's body is in.
    private Optional<CriticalSection> section(Stmt stmt) {
      return switch (stmt) {
        case Stmt.Guarded s -> Optional.of(s.section()).filter(this::begins);
        case Stmt.Each s when s.iterator().isProtected() ->
            Optional.of(CriticalSection.RCU).filter(this::begins);
        default -> Optional.empty();
      };
    }

    /// Programs that do not sleep hold RCU anyway.
    private boolean begins(CriticalSection section) {
      return section != CriticalSection.RCU || sleepable;
    }

    private void body(CriticalSection section, Stmt within) {
      Stmt body = Walk.children(within).findFirst().orElseThrow();
      Set<Expr> later = new HashSet<>();
      Walk.allStatements(
          body,
          stmt -> {
            if (sleeps(stmt)) {
              found.add(error(stmt.span(), "this loop", "sleeps", section));
            }
          });
      Walk.expressions(
          body,
          expr -> {
            if (expr instanceof Expr.LibraryCall call && call.method() == Library.WORK_START) {
              call.arguments().forEach(argument -> Walk.expressions(argument, later::add));
            }
            if (!later.contains(expr)) {
              call(section, expr).ifPresent(found::add);
            }
          });
    }

    private Optional<Diagnostic> call(CriticalSection section, Expr expr) {
      if (expr instanceof Expr.Call call) {
        return graph.reachable(call.function()).stream()
            .flatMap(callee -> called(callee).stream())
            .findFirst()
            .map(does -> error(call.span(), "`" + call.function().name() + "`", does, section));
      }
      return does(expr).map(does -> error(expr.span(), does.phrase, does.what, section));
    }

    /// What a function does that is called in a section and must not be done there.
    private Optional<String> called(Function callee) {
      List<String> all = new ArrayList<>();
      Walk.allStatements(
          callee.body(),
          stmt -> {
            if (sleeps(stmt)) {
              all.add("has a loop that sleeps");
            }
          });
      Walk.expressions(
          callee.body(), expr -> does(expr).ifPresent(does -> all.add("calls " + does.phrase)));
      return all.stream().findFirst();
    }

    private static boolean sleeps(Stmt stmt) {
      return stmt instanceof Stmt.Each each
          && each.iterator().callers() == Iteration.Callers.SLEEPING;
    }

    private Optional<Does> does(Expr expr) {
      Optional<KernelFunction> function =
          switch (expr) {
            case Expr.KernelCall call -> Optional.of(call.function());
            case Expr.LibraryCall call when call.method() == Library.PROGRAMS_CALL ->
                Optional.empty();
            case Expr.LibraryCall call -> KernelCalls.helper(call, kind);
            default -> Optional.empty();
          };
      return expr instanceof Expr.LibraryCall call && call.method() == Library.PROGRAMS_CALL
          ? Optional.of(new Does("a tail call", "would not come back"))
          : function.filter(KernelFunction::sleeps).map(f -> new Does(f.phrase(), "may sleep"));
    }
  }

  /// What is called, and why it must not be.
  private record Does(String phrase, String what) {}

  private static Diagnostic error(Span span, String what, String does, CriticalSection section) {
    return Diagnostic.error(
        Code.BPF2022,
        span,
        what + " " + does + ", and " + section.state() + " here",
        "do it before the block or behind it");
  }
}
