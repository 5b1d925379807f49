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
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Unit.Function;
import org.bpf4j.compiler.ast.Unit.FunctionRef;
import org.bpf4j.compiler.ast.Walk;

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

  /// The calls that a function makes itself, in order of the text.
  List<Expr.Call> calls(FunctionRef ref) {
    return calls.getOrDefault(ref, List.of());
  }

  /// The same of a function that is called; nothing if it is not there.
  Set<Function> reachable(FunctionRef ref) {
    Function start = functions.get(ref);
    return start == null ? Set.of() : reachable(start);
  }

  /// The function and all it calls, directly or not.
  Set<Function> reachable(Function start) {
    Set<Function> reached = new LinkedHashSet<>();
    Deque<Function> work = new ArrayDeque<>(List.of(start));
    while (!work.isEmpty()) {
      Function function = work.pop();
      if (reached.add(function)) {
        for (Expr.Call call : calls(function.ref())) {
          Function callee = functions.get(call.function());
          if (callee != null) {
            work.push(callee);
          }
        }
      }
    }
    return reached;
  }
}
