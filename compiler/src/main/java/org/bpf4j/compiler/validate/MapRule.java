package org.bpf4j.compiler.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Layouts;
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
/// meanwhile. Structs with initial values are not kept where the kernel makes them.
final class MapRule implements Rule {

  @Override
  public List<Diagnostic> check(Program program) {
    CallGraph graph = new CallGraph(program);
    List<Diagnostic> found = new ArrayList<>();
    Layouts layouts = new Layouts(program.declarations());
    program.maps().forEach(map -> begun(map, map.type(), layouts).ifPresent(found::add));
    for (Unit.Function main : program.functions()) {
      if (main.role() instanceof Role.Program role && role.section().sleepable()) {
        for (Unit.Function function : graph.reachable(main)) {
          Walk.expressions(function.body(), expr -> check(expr, main.ref().name(), found));
        }
      }
    }
    return found;
  }

  /// The kernel makes the values of some maps, which are zeroes whatever their class says.
  private static Optional<Diagnostic> begun(
      Unit.MapDeclaration map, Type.MapType type, Layouts layouts) {
    if (type.value() instanceof Type.MapType inner) {
      return begun(map, inner, layouts);
    }
    boolean made =
        switch (type.form().family()) {
          case ARRAY, SCRATCH, STORAGE, ATTACHED -> true;
          default -> false;
        };
    return made && !layouts.beginsAsZero(type.value())
        ? Optional.of(
            Diagnostic.error(
                Code.BPF1011,
                map.span(),
                "values of `"
                    + map.name()
                    + "` begin as zero, but fields of their class have initial values",
                "leave the initial values out, or keep the structs in a BpfHashMap, where they are"
                    + " put"))
        : Optional.empty();
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
