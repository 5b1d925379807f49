package org.bpf4j.compiler.validate;

import java.util.ArrayList;
import java.util.List;
import org.bpf4j.compiler.ast.Declaration.Member;
import org.bpf4j.compiler.ast.Declaration.StructDecl;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Library;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Special;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Walk;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.diagnostic.Span;

/// A list or tree lies beside the lock that guards it, and its objects have a node of its kind; the
/// kernel takes back nothing but objects, and shares those that count their owners.
final class ObjectRule implements Rule {

  @Override
  public List<Diagnostic> check(Program program) {
    List<Diagnostic> found = new ArrayList<>();
    for (Unit.MapDeclaration map : program.maps()) {
      if (map.type().value() instanceof Type.StructType(String name)
          && program.declarations().get(name) instanceof StructDecl struct) {
        struct.members().forEach(member -> member(struct, member, program, found));
      }
    }
    for (Unit.Function function : program.functions()) {
      Walk.expressions(function.body(), expr -> freed(expr, found));
      Walk.expressions(function.body(), expr -> shared(expr, program, found));
    }
    return found;
  }

  private static void member(
      StructDecl struct, Member member, Program program, List<Diagnostic> found) {
    if (!(member.type() instanceof Type.CollectionType(Type.Collection form, String object))) {
      return;
    }
    if (struct.members().stream().noneMatch(other -> Type.lock(other.type()).isPresent())) {
      found.add(
          error(
              member.span(),
              "`" + member.name() + "` has no lock beside it",
              "final BpfSpinLock lock = new BpfSpinLock();"));
    }
    if (program.declarations().get(object) instanceof StructDecl declared
        && declared.members().stream().noneMatch(other -> other.type() == form.node())) {
      found.add(
          error(
              member.span(),
              "what `" + member.name() + "` keeps has no " + form.nodeName(),
              "final %s node = new %s();".formatted(form.nodeName(), form.nodeName())));
    }
  }

  private static void freed(Expr expr, List<Diagnostic> found) {
    if (expr instanceof Expr.LibraryCall call
        && call.method() == Library.OBJECT_FREE
        && !(call.arguments().getFirst().type() instanceof Type.ObjectType)) {
      found.add(
          error(
              call.span(),
              "this is no object in the kernel's memory",
              "BpfObjects.free(job) with a `job` that BpfObjects.allocate gave"));
    }
  }

  private static void shared(Expr expr, Program program, List<Diagnostic> found) {
    if (expr instanceof Expr.LibraryCall call
        && call.method() == Library.OBJECT_SHARE
        && !(call.arguments().getFirst().type() instanceof Type.ObjectType(String name)
            && program.declarations().get(name) instanceof StructDecl struct
            && struct.members().stream().anyMatch(member -> member.type() == Special.REFCOUNT))) {
      found.add(
          error(
              call.span(),
              "nobody counts who has this, so it cannot be shared",
              "an @ObjectStruct class with final BpfRefcount owners = new BpfRefcount();"));
    }
  }

  private static Diagnostic error(Span span, String message, String help) {
    return Diagnostic.error(Code.BPF2020, span, message, help);
  }
}
