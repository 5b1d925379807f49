package org.bpf4j.compiler.validate;

import java.util.ArrayList;
import java.util.List;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Layouts;
import org.bpf4j.compiler.ast.Library;
import org.bpf4j.compiler.ast.MapFamily;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Walk;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.diagnostic.Span;

/// A program of the kernel has one arena, which is the one that all references lead to.
final class ArenaRule implements Rule {

  @Override
  public List<Diagnostic> check(Program program) {
    List<Diagnostic> found = new ArrayList<>();
    List<Unit.MapDeclaration> arenas =
        program.maps().stream()
            .filter(map -> map.type().form().family() == MapFamily.ARENA)
            .toList();
    arenas.stream()
        .skip(1)
        .forEach(
            map ->
                found.add(
                    error(
                        map.span(),
                        "`" + map.name() + "` is a second arena, but programs have one at most")));
    Layouts layouts = new Layouts(program.declarations());
    for (Unit.Function function : program.functions()) {
      Walk.expressions(function.body(), expr -> allocation(expr, layouts, found));
    }
    if (arenas.isEmpty()) {
      for (Unit.Function function : program.functions()) {
        Walk.expressions(function.body(), expr -> reference(expr, found));
      }
    }
    return found;
  }

  /// What is allocated is zero, whatever the classes of embedded structs say.
  private static void allocation(Expr expr, Layouts layouts, List<Diagnostic> found) {
    if (expr instanceof Expr.LibraryCall call
        && call.method() == Library.ARENA_ALLOCATE
        && call.type() instanceof Type.ArenaType(String struct)
        && !layouts.beginsAsZero(new Type.StructType(struct))) {
      found.add(
          Diagnostic.error(
              Code.BPF1013,
              expr.span(),
              "what an arena gives begins as zero, but a struct in it has initial values",
              "leave the initial values out, and set them behind `allocate`"));
    }
  }

  private static void reference(Expr expr, List<Diagnostic> found) {
    if (expr.type() instanceof Type.ArenaType) {
      found.add(error(expr.span(), "this refers to an object in an arena, but there is none"));
    }
  }

  private static Diagnostic error(Span span, String message) {
    return Diagnostic.error(
        Code.BPF2019, span, message, "static final BpfArena nodes = BpfArena.ofPages(16);");
  }
}
