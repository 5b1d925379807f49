package org.bpf4j.compiler.validate;

import java.util.ArrayList;
import java.util.List;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.MapFamily;
import org.bpf4j.compiler.ast.MapForm;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Unit.Role;
import org.bpf4j.compiler.ast.Walk;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;

/// Sleepable programs use only maps that stay valid while they sleep, as the table of map types
/// says. Scratch memory is refused although its map type is allowed: another program could use it
/// meanwhile.
final class MapRule implements Rule {

  @Override
  public List<Diagnostic> check(Program program) {
    CallGraph graph = new CallGraph(program);
    List<Diagnostic> found = new ArrayList<>();
    for (Unit.Function main : program.functions()) {
      if (main.role() instanceof Role.Program role && role.section().sleepable()) {
        for (Unit.Function function : graph.reachable(main)) {
          Walk.expressions(function.body(), expr -> check(expr, main.ref().name(), found));
        }
      }
    }
    return found;
  }

  private static void check(Expr expr, String program, List<Diagnostic> found) {
    if (!(expr instanceof Expr.MapRef map) || !(map.type() instanceof Type.MapType type)) {
      return;
    }
    MapForm form = type.form();
    if (form.family() == MapFamily.SCRATCH || form.kind().sleepableSince().isEmpty()) {
      found.add(
          Diagnostic.error(
              Code.BPF2014,
              map.span(),
              "`"
                  + map.name()
                  + "` is a "
                  + form.simpleName()
                  + ", which a program that may sleep, such as `"
                  + program
                  + "`, cannot use",
              "use a BpfHashMap or BpfArray"));
    }
  }
}
