package org.bpf4j.compiler.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bpf4j.compiler.ast.Extension;
import org.bpf4j.compiler.ast.GlobalLayout;
import org.bpf4j.compiler.ast.Stmt;
import org.bpf4j.compiler.ast.Symbols;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Unit.Local;
import org.bpf4j.compiler.ast.Unit.Role;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Origin;
import org.bpf4j.compiler.ssa.Program;
import org.bpf4j.compiler.ssa.Value;

/// Translates a linked program: one [Program] in SSA form for each kernel program of the class.
///
/// The result is not optimised. What a check must prove is a [org.bpf4j.compiler.ssa.Fact] that
/// `analyze` looks at; what the language aborts on is a branch to an abort.
public final class Translator {
  private Translator() {}

  /// What came of a translation.
  ///
  /// @param programs the kernel programs, in order of declaration; those with errors are missing
  /// @param diagnostics what only shows once calls are inlined: lengths of arrays, size
  public record Translation(List<Program> programs, List<Diagnostic> diagnostics) {
    /// Copies the lists.
    public Translation {
      programs = List.copyOf(programs);
      diagnostics = List.copyOf(diagnostics);
    }
  }

  /// What the programs of a class are translated from.
  private record Source(
      org.bpf4j.compiler.ast.Program program,
      GlobalLayout globals,
      Symbols symbols,
      LoopChoice loops) {
    Source without(Stmt refused) {
      return new Source(Remains.without(program, refused), globals, symbols, loops);
    }

    Source with(LoopChoice choice) {
      return new Source(program, globals, symbols, choice);
    }

    ProgramScope scope(Unit.Function function, Role.Program role) {
      return new ProgramScope(
          program,
          Extension.host(function, role.kind()),
          role.section().sleepable(),
          symbols.function(function.ref()),
          globals,
          symbols,
          loops);
    }
  }

  /// Translates every program of the class.
  public static Translation translate(org.bpf4j.compiler.ast.Program program) {
    return translate(program, Map.of());
  }

  /// As [#translate(org.bpf4j.compiler.ast.Program)].
  ///
  /// @param levels how many loops that become functions may be in each other in programs of these
  ///   names
  public static Translation translate(
      org.bpf4j.compiler.ast.Program program, Map<String, Integer> levels) {
    List<Program> programs = new ArrayList<>();
    List<Diagnostic> diagnostics = new ArrayList<>();
    Symbols symbols = new Symbols(program);
    Source all = new Source(program, new GlobalLayout(program), symbols, LoopChoice.of(0));
    for (Unit.Function function : program.programs()) {
      if (function.role() instanceof Role.Program role) {
        List<Diagnostic> refused = new ArrayList<>();
        String name = symbols.function(function.ref());
        Source source = all.with(LoopChoice.of(levels.getOrDefault(name, Integer.MAX_VALUE)));
        translate(source, function.ref(), role, refused).ifPresent(programs::add);
        refused.stream().filter(d -> !diagnostics.contains(d)).forEach(diagnostics::add);
      }
    }
    return new Translation(programs, diagnostics);
  }

  /// Translates a program; if a statement is refused, then what is left without it, to find what
  /// else is.
  ///
  /// @param refused what was refused so far; no program comes of what is left
  private static Optional<Program> translate(
      Source source, Unit.FunctionRef ref, Role.Program role, List<Diagnostic> refused) {
    Unit.Function function =
        source.program().functions().stream()
            .filter(f -> f.ref().equals(ref))
            .findFirst()
            .orElseThrow();
    ProgramScope scope = source.scope(function, role);
    try {
      Program program =
          Extension.is(function)
              ? extension(scope, function, role)
              : program(scope, function, role);
      Set<Origin> stuck = new OutlinedLoops(program).stuck(source.loops().levels());
      if (!stuck.isEmpty() || !scope.demanded().isEmpty()) {
        LoopChoice choice = source.loops().and(stuck, scope.demanded());
        return translate(source.with(choice), ref, role, refused);
      }
      return refused.isEmpty() ? Optional.of(program) : Optional.empty();
    } catch (Refusal refusal) {
      if (refused.contains(refusal.diagnostic())) {
        return Optional.empty();
      }
      refused.add(refusal.diagnostic());
      return refusal
          .statement()
          .flatMap(stmt -> translate(source.without(stmt), ref, role, refused));
    }
  }

  private static Program program(ProgramScope scope, Unit.Function function, Role.Program role) {
    scope.require(Floor.of(role));
    Body body =
        new Body(
            scope, Function.Role.PROGRAM, new Frame(function, Optional.empty(), Optional.empty()));
    body.at(function.span());
    Value context =
        body.code.ssa().parameter(body.code.ssa().entry(), org.bpf4j.compiler.ssa.Type.PTR);
    body.hasContext(context);
    body.code.ssa().give(context, org.bpf4j.compiler.ssa.Region.CONTEXT);
    new Prologue(body).run(role.kind(), function.parameters(), context);
    Function main = finish(body, function, Optional.of(org.bpf4j.compiler.ssa.Type.I32));
    List<Function> functions = RoundStores.masked(scope.reachable(main), scope.globals().zero());
    return new Program(
        role.kind(), role.section().name(), functions, new Floor(scope).of(functions));
  }

  /// An extension is a global function that stands by itself.
  private static Program extension(ProgramScope scope, Unit.Function function, Role.Program role) {
    scope.require(Floor.of(role));
    List<Function> functions =
        RoundStores.masked(scope.reachable(subprogram(scope, function)), scope.globals().zero());
    return new Program(
        scope.kind(), role.section().name(), functions, new Floor(scope).of(functions));
  }

  /// Translates a callee by itself: one of numbers, or a global one.
  static Function subprogram(ProgramScope scope, Unit.Function function) {
    boolean global = ProgramScope.isGlobal(function);
    Body body =
        new Body(
            scope,
            global ? Function.Role.GLOBAL : Function.Role.SUBPROGRAM,
            new Frame(function, Optional.empty(), Optional.empty()));
    body.at(function.span());
    List<Operand> parameters = new ArrayList<>();
    for (Local parameter : function.parameters()) {
      parameters.add(parameter(body, parameter));
    }
    for (int i = 0; i < parameters.size(); i++) {
      body.frame()
          .declare(function.parameters().get(i), body.shapes)
          .write(body.code.ssa(), present(body, parameters.get(i)));
    }
    Optional<org.bpf4j.compiler.ssa.Type> result =
        global
            ? Optional.of(org.bpf4j.compiler.ssa.Type.I64)
            : body.shapes.of(function.result()).stream().findFirst();
    return finish(body, function, result);
  }

  private static Operand parameter(Body body, Local parameter) {
    org.bpf4j.compiler.ssa.Type type = body.shapes.of(parameter.type()).getFirst();
    Value value = body.code.ssa().parameter(body.code.ssa().entry(), type);
    if (parameter.type() instanceof Type.ViewType) {
      body.code.ssa().give(value, org.bpf4j.compiler.ssa.Region.CONTEXT);
      body.hasContext(value);
    }
    return type == org.bpf4j.compiler.ssa.Type.PTR
        ? Operand.reference(value, 0, Operand.MAX_ALIGN)
        : Operand.of(value);
  }

  /// The kernel takes memory that a global function gets to be absent; callers never pass null.
  private static Operand present(Body body, Operand parameter) {
    Value value = parameter.only();
    if (value.type() != org.bpf4j.compiler.ssa.Type.PTR
        || body.code.ssa().given(value).isPresent()) {
      return parameter;
    }
    SsaBuilder ssa = body.code.ssa();
    Draft there = ssa.newBlock();
    Draft absent = ssa.newBlock();
    ssa.branch(
        org.bpf4j.compiler.ssa.Inst.CompareOp.NE, value, body.code.nullPointer(), there, absent);
    ssa.enterSealed(absent);
    ssa.ret(Optional.of(body.code.i64(0)));
    ssa.enterSealed(there);
    return parameter;
  }

  private static Function finish(
      Body body, Unit.Function function, Optional<org.bpf4j.compiler.ssa.Type> result) {
    body.statements.run(function.body());
    if (function.result() == Type.Special.VOID) {
      body.at(end(function.body().span()));
      body.leave(Optional.empty());
    }
    body.loops.settle();
    Function finished =
        body.code
            .ssa()
            .finish(
                body.scope.symbols().function(function.ref()),
                body.role(),
                result,
                function.span());
    if (body.role() != Function.Role.GLOBAL) {
      body.scope.spends(finished.name(), body.loops.effort(finished));
    }
    return finished;
  }

  /// The closing brace.
  private static Span end(Span body) {
    return body.endColumn() > 1
        ? new Span(
            body.file(), body.endLine(), body.endColumn() - 1, body.endLine(), body.endColumn())
        : body;
  }
}
