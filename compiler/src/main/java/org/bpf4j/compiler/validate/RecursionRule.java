package org.bpf4j.compiler.validate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Unit.FunctionRef;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;

/// No function calls itself, directly or through others: the kernel forbids it, since its stack is
/// 512 bytes (`MAX_BPF_STACK`).
final class RecursionRule implements Rule {

  @Override
  public List<Diagnostic> check(Program program) {
    CallGraph graph = new CallGraph(program);
    List<Diagnostic> found = new ArrayList<>();
    Set<FunctionRef> finished = new HashSet<>();
    for (Unit.Function function : program.functions()) {
      visit(graph, function.ref(), new ArrayList<>(), finished, found);
    }
    return found;
  }

  private static void visit(
      CallGraph graph,
      FunctionRef function,
      List<FunctionRef> path,
      Set<FunctionRef> finished,
      List<Diagnostic> found) {
    if (finished.contains(function)) {
      return;
    }
    path.add(function);
    for (Expr.Call call : graph.calls(function)) {
      int start = path.indexOf(call.function());
      if (start >= 0) {
        found.add(recursion(call, path.subList(start, path.size())));
      } else {
        visit(graph, call.function(), path, finished, found);
      }
    }
    path.removeLast();
    finished.add(function);
  }

  private static Diagnostic recursion(Expr.Call call, List<FunctionRef> cycle) {
    String chain = String.join(" → ", cycle.stream().map(FunctionRef::name).toList());
    return Diagnostic.error(
        Code.BPF2001,
        call.span(),
        "`"
            + call.function().name()
            + "` calls itself ("
            + chain
            + " → "
            + call.function().name()
            + "): the kernel's stack has 512 bytes in all",
        "write a loop with a bound, and keep what is pending in an array");
  }
}
