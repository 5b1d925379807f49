package org.bpf4j.compiler.validate;

import java.util.ArrayList;
import java.util.List;
import org.bpf4j.compiler.ast.Declaration;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Extension;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Unit.Role;
import org.bpf4j.compiler.ast.Walk;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.object.ProgramParameters;

/// Only what the kernel lets a program write is written through a view: the packet, and some fields
/// of some contexts.
final class ContextRule implements Rule {

  @Override
  public List<Diagnostic> check(Program program) {
    CallGraph graph = new CallGraph(program);
    List<Diagnostic> found = new ArrayList<>();
    for (Unit.Function main : program.functions()) {
      if (main.role() instanceof Role.Program role) {
        for (Unit.Function function : graph.reachable(main)) {
          Walk.expressions(
              function.body(),
              expr -> {
                if (expr instanceof Expr.ViewWrite write
                    && program.declarations().get(write.view())
                        instanceof Declaration.ViewDecl view) {
                  check(write, view, Extension.host(main, role.kind()), found);
                }
              });
        }
      }
    }
    return found;
  }

  private static void check(
      Expr.ViewWrite write, Declaration.ViewDecl view, ProgramKind kind, List<Diagnostic> found) {
    switch (view.kind()) {
      case HEADER -> {
        if (kind.packet().filter(packet -> !packet.writable()).isPresent()) {
          found.add(error(write, kind.phrase() + " program only reads packets"));
        }
      }
      case KERNEL_STRUCT, TRACEPOINT ->
          found.add(error(write, "programs only read the kernel's memory"));
      case CONTEXT -> {
        if (!isWritable(offset(write, view), kind)) {
          found.add(error(write, "the kernel keeps this field of the context as it is"));
        }
      }
    }
  }

  private static Diagnostic error(Expr.ViewWrite write, String why) {
    return Diagnostic.error(
        Code.BPF2015,
        write.span(),
        "`" + write.accessor() + "` cannot be written: " + why,
        "leave out the setter, and keep the number in a local or a map");
  }

  /// The argument of a program that user space calls is its own.
  private static boolean isWritable(int offset, ProgramKind kind) {
    return switch (kind.parameters()) {
      case ProgramParameters.Struct _ -> true;
      case ProgramParameters.Context context -> context.writable().contains(offset);
      case ProgramParameters.Fields _,
          ProgramParameters.Registers _,
          ProgramParameters.Probe _,
          ProgramParameters.Buffer _,
          ProgramParameters.Function _,
          ProgramParameters.Arguments _,
          ProgramParameters.Item _ ->
          false;
    };
  }

  private static int offset(Expr.ViewWrite write, Declaration.ViewDecl view) {
    return view.accessors().stream()
        .filter(accessor -> accessor.name().equals(write.accessor()))
        .mapToInt(accessor -> accessor.at().orElse(-1))
        .findFirst()
        .orElse(-1);
  }
}
