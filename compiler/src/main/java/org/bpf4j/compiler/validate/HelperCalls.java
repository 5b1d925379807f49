package org.bpf4j.compiler.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Library;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Unit.Role;
import org.bpf4j.compiler.ast.Walk;
import org.bpf4j.object.Helper;
import org.bpf4j.object.ProgramKind;

/// Finds the calls that become kernel helpers, for each program that makes them.
final class HelperCalls {

  /// A helper called by a program.
  record Use(Expr.LibraryCall call, Helper helper, ProgramKind kind, String program) {}

  private HelperCalls() {}

  static List<Use> of(Program program) {
    CallGraph graph = new CallGraph(program);
    List<Use> uses = new ArrayList<>();
    for (Unit.Function main : program.functions()) {
      if (main.role() instanceof Role.Program role) {
        for (Unit.Function function : graph.reachable(main)) {
          Walk.expressions(
              function.body(),
              expr -> {
                if (expr instanceof Expr.LibraryCall call) {
                  helper(call.method())
                      .ifPresent(
                          helper ->
                              uses.add(new Use(call, helper, role.kind(), main.ref().name())));
                }
              });
        }
      }
    }
    return uses;
  }

  /// The helper behind a library method, for those whose permission depends on the program.
  private static Optional<Helper> helper(Library method) {
    return switch (method) {
      case XDP_ADJUST_HEAD -> Optional.of(Helper.XDP_ADJUST_HEAD);
      case XDP_ADJUST_TAIL -> Optional.of(Helper.XDP_ADJUST_TAIL);
      case TC_PULL -> Optional.of(Helper.SKB_PULL_DATA);
      case TC_CHANGE_TAIL -> Optional.of(Helper.SKB_CHANGE_TAIL);
      case RING_RESERVE -> Optional.of(Helper.RINGBUF_RESERVE);
      default -> method.helper();
    };
  }
}
