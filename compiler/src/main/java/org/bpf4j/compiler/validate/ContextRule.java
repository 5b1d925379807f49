package org.bpf4j.compiler.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpf4j.btf.BtfNames;
import org.bpf4j.compiler.ast.Declaration.Accessor;
import org.bpf4j.compiler.ast.Declaration.Shape;
import org.bpf4j.compiler.ast.Declaration.ViewDecl;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Extension;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Unit.OperationStruct;
import org.bpf4j.compiler.ast.Unit.Options;
import org.bpf4j.compiler.ast.Unit.Role;
import org.bpf4j.compiler.ast.Walk;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.object.ProgramParameters;
import org.bpf4j.object.ProgramType;
import org.bpf4j.object.WritableMember;

/// Only what the kernel lets a program write is written through a view: the packet, some fields of
/// some contexts, and some members of the structs that a struct of functions is about.
final class ContextRule implements Rule {

  private static final String ONLY_READ = "programs only read the kernel's memory";

  @Override
  public List<Diagnostic> check(Program program) {
    CallGraph graph = new CallGraph(program);
    Optional<String> operations =
        program.unit().options().flatMap(Options::operations).map(OperationStruct::type);
    List<Diagnostic> found = new ArrayList<>();
    for (Unit.Function main : program.functions()) {
      if (main.role() instanceof Role.Program role) {
        for (Unit.Function function : graph.reachable(main)) {
          Walk.expressions(
              function.body(),
              expr -> {
                if (expr instanceof Expr.ViewWrite write
                    && program.declarations().get(write.view()) instanceof ViewDecl view) {
                  check(write, view, Extension.host(main, role.kind()), operations)
                      .ifPresent(found::add);
                }
              });
        }
      }
    }
    return found;
  }

  private static Optional<Diagnostic> check(
      Expr.ViewWrite write, ViewDecl view, ProgramKind kind, Optional<String> operations) {
    return switch (view.kind()) {
      case HEADER ->
          kind.packet()
              .filter(packet -> !packet.writable())
              .map(_ -> error(write, kind.phrase() + " program only reads packets"));
      case TRACEPOINT -> Optional.of(error(write, ONLY_READ));
      case KERNEL_STRUCT -> member(write, view, operations.filter(_ -> implementsOne(kind)));
      case CONTEXT ->
          isWritable(offset(write, view), kind)
              ? Optional.empty()
              : Optional.of(error(write, "the kernel keeps this field of the context as it is"));
    };
  }

  private static boolean implementsOne(ProgramKind kind) {
    return kind.type() == ProgramType.STRUCT_OPS;
  }

  private static Optional<Diagnostic> member(
      Expr.ViewWrite write, ViewDecl view, Optional<String> operations) {
    Accessor accessor = accessor(write, view);
    if (operations.isEmpty()) {
      return Optional.of(error(write, ONLY_READ));
    } else if (accessor.shape() != Shape.SCALAR) {
      return Optional.of(error(write, "only numbers are written to the kernel's structs"));
    }
    String struct = BtfNames.essential(view.kernelType());
    boolean all =
        accessor.paths().stream()
            .allMatch(path -> WritableMember.of(operations.get(), struct, path).isPresent());
    String allowed = String.join(", ", WritableMember.of(operations.get()));
    return all
        ? Optional.empty()
        : Optional.of(
            error(
                write,
                "an implementation of "
                    + operations.get()
                    + " writes "
                    + (allowed.isEmpty() ? "nothing of the kernel's" : allowed)));
  }

  private static Accessor accessor(Expr.ViewWrite write, ViewDecl view) {
    return view.accessors().stream()
        .filter(accessor -> accessor.name().equals(write.accessor()))
        .findFirst()
        .orElseThrow(() -> new CompilerBug("no accessor " + write.accessor()));
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

  private static int offset(Expr.ViewWrite write, ViewDecl view) {
    return accessor(write, view).at().orElse(-1);
  }
}
