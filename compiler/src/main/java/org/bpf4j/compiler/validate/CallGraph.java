package org.bpf4j.compiler.validate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Unit.Function;
import org.bpf4j.compiler.ast.Unit.FunctionRef;
import org.bpf4j.compiler.ast.Walk;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;

/// Who calls whom.
final class CallGraph {
  private final Map<FunctionRef, Function> functions = new LinkedHashMap<>();
  private final Map<FunctionRef, List<Expr.Call>> calls = new HashMap<>();

  CallGraph(Program program) {
    for (Function function : program.functions()) {
      functions.put(function.ref(), function);
      List<Expr.Call> made = new ArrayList<>();
      Walk.expressions(
          function.body(),
          expr -> {
            if (expr instanceof Expr.Call call) {
              made.add(call);
            }
          });
      calls.put(function.ref(), made);
    }
  }

  private List<Expr.Call> callsOf(FunctionRef ref) {
    return calls.getOrDefault(ref, List.of());
  }

  /// The function and all it calls, directly or not.
  Set<Function> reachedFrom(Function start) {
    Set<Function> reached = new LinkedHashSet<>();
    Deque<Function> work = new ArrayDeque<>(List.of(start));
    while (!work.isEmpty()) {
      Function function = work.pop();
      if (reached.add(function)) {
        for (Expr.Call call : callsOf(function.ref())) {
          Function callee = functions.get(call.function());
          if (callee != null) {
            work.push(callee);
          }
        }
      }
    }
    return reached;
  }

  /// One error for each call that closes a cycle.
  List<Diagnostic> recursions() {
    List<Diagnostic> found = new ArrayList<>();
    Set<FunctionRef> finished = new LinkedHashSet<>();
    for (FunctionRef ref : functions.keySet()) {
      follow(ref, new LinkedHashSet<>(), finished, found);
    }
    return found;
  }

  /// Recursion here is as deep as the longest chain of calls without a cycle.
  private void follow(
      FunctionRef ref,
      LinkedHashSet<FunctionRef> path,
      Set<FunctionRef> finished,
      List<Diagnostic> found) {
    if (!finished.add(ref)) {
      return;
    }
    path.addLast(ref);
    for (Expr.Call call : callsOf(ref)) {
      if (path.contains(call.function())) {
        found.add(recursion(call, path));
      } else {
        follow(call.function(), path, finished, found);
      }
    }
    path.removeLast();
  }

  private static Diagnostic recursion(Expr.Call call, Set<FunctionRef> path) {
    String cycle =
        path.stream()
            .dropWhile(ref -> !ref.equals(call.function()))
            .map(FunctionRef::name)
            .collect(Collectors.joining(" → "));
    String name = call.function().name();
    return Diagnostic.error(
        Code.BPF2001,
        call.span(),
        "`" + name + "` calls itself: " + cycle + " → " + name,
        "use a loop; a BPF program's stack has 512 bytes, and the kernel must see its depth");
  }
}
