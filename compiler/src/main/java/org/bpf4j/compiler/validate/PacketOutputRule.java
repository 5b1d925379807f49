package org.bpf4j.compiler.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Extension;
import org.bpf4j.compiler.ast.Library;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Unit.Role;
import org.bpf4j.compiler.ast.Walk;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.object.PacketOutput;
import org.bpf4j.object.ProgramKind;

/// Only programs that are called with a packet put its bytes into records.
final class PacketOutputRule implements Rule {

  @Override
  public List<Diagnostic> check(Program program) {
    Set<ProgramKind> kinds = PacketOutput.kinds();
    CallGraph graph = new CallGraph(program);
    List<Diagnostic> found = new ArrayList<>();
    for (Unit.Function main : program.functions()) {
      if (main.role() instanceof Role.Program role
          && !kinds.contains(Extension.host(main, role.kind()))) {
        for (Unit.Function function : graph.reachable(main)) {
          Walk.expressions(
              function.body(),
              expr -> {
                if (expr instanceof Expr.LibraryCall call
                    && call.method() == Library.EVENTS_OUTPUT_WITH_PACKET) {
                  found.add(misplaced(call, main, role));
                }
              });
        }
      }
    }
    return found;
  }

  private static Diagnostic misplaced(
      Expr.LibraryCall call, Unit.Function main, Role.Program role) {
    return Diagnostic.error(
        Code.BPF2002,
        call.span(),
        "a program of kind %s, such as `%s`, has no packet for a record"
            .formatted(role.kind(), main.ref().name()),
        "output(event) puts out the record alone");
  }
}
