package org.bpf4j.processor.read;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.VariableElement;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Unit.FunctionRef;
import org.bpf4j.compiler.ast.Walk;

/// What could not be read, because it is wrong: functions of which a part was left out, and fields.
///
/// What does not reach any of it can be compiled all the same, to find what else is wrong.
public final class Missing {
  private final Set<FunctionRef> functions = new HashSet<>();
  private final Set<String> fields = new HashSet<>();

  /// Nothing yet.
  public Missing() {}

  Set<FunctionRef> functions() {
    return functions;
  }

  void add(String owner, VariableElement field) {
    fields.add(key(owner, field.getSimpleName().toString()));
  }

  /// Adds what is missing elsewhere.
  public void add(Missing other) {
    functions.addAll(other.functions);
    fields.addAll(other.fields);
  }

  /// Whether all is there.
  public boolean isEmpty() {
    return functions.isEmpty() && fields.isEmpty();
  }

  /// Adds the functions that cannot be compiled since they reach what is missing.
  public void spread(List<Unit> units) {
    Map<FunctionRef, Unit.Function> whole = new HashMap<>();
    units.forEach(unit -> unit.functions().forEach(f -> whole.put(f.ref(), f)));
    boolean more = true;
    while (more) {
      whole.keySet().removeAll(functions);
      more = false;
      for (Unit.Function function : List.copyOf(whole.values())) {
        more |= reaches(function) && functions.add(function.ref());
      }
    }
  }

  private boolean reaches(Unit.Function function) {
    boolean[] found = {false};
    Walk.expressions(
        function.body(),
        expr ->
            found[0] |=
                switch (expr) {
                  case Expr.Call call -> functions.contains(call.function());
                  case Expr.MapRef map -> fields.contains(key(map.owner(), map.name()));
                  case Expr.GlobalPlace global ->
                      fields.contains(key(global.owner(), global.name()));
                  default -> false;
                });
    return found[0];
  }

  private static String key(String owner, String name) {
    return owner + "." + name;
  }

  /// The unit without what cannot be compiled.
  public Unit rest(Unit unit) {
    return unit.withFunctions(
        unit.functions().stream().filter(f -> !functions.contains(f.ref())).toList());
  }
}
