package org.bpf4j.compiler.ast;

import java.util.stream.Stream;
import org.bpf4j.compiler.ast.Unit.Role;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.object.ProgramParameters;

/// Programs that take the place of a global function of another program (`freplace`): they are
/// functions, and run where that program runs.
public final class Extension {

  private Extension() {}

  /// Whether a function is such.
  public static boolean is(Unit.Function function) {
    return function.role() instanceof Role.Program role
        && role.kind().parameters() instanceof ProgramParameters.Function;
  }

  /// The kind of program in which a program runs: its own, or for an extension the first that has
  /// such a context. Without a context it is a socket filter, which may do least.
  public static ProgramKind host(Unit.Function program, ProgramKind kind) {
    return is(program)
        ? program.parameters().stream()
            .flatMap(
                parameter ->
                    parameter.type() instanceof Type.ViewType(String view)
                        ? kinds(view)
                        : Stream.of())
            .findFirst()
            .orElse(ProgramKind.SOCKET_FILTER)
        : kind;
  }

  private static Stream<ProgramKind> kinds(String view) {
    return Stream.of(ProgramKind.values())
        .filter(
            kind ->
                kind.parameters() instanceof ProgramParameters.Context context
                    && view.endsWith("." + context.layout().view()));
  }
}
