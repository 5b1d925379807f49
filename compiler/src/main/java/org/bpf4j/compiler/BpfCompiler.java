package org.bpf4j.compiler;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.object.BpfObject;

/// Compiles `@Bpf` classes, each with all code that it reaches, to one object.
public final class BpfCompiler {

  /// What became of a class.
  ///
  /// @param object the object, unless there are errors
  /// @param diagnostics errors and warnings, in the order of the source
  /// @param dumps the recorded stages, if they were asked for
  public record Result(Optional<BpfObject> object, List<Diagnostic> diagnostics, List<Dump> dumps) {
    /// Copies the lists.
    public Result {
      diagnostics = List.copyOf(diagnostics);
      dumps = List.copyOf(dumps);
    }
  }

  /// The text of a stage.
  ///
  /// @param path the file it belongs into, relative to the folder of dumps
  /// @param text its contents
  public record Dump(String path, String text) {}

  private final CompilerOptions options;
  private final Function<String, Optional<Unit>> units;

  /// A compiler that finds other classes' code by their binary names.
  public BpfCompiler(CompilerOptions options, Function<String, Optional<Unit>> units) {
    this.options = options;
    this.units = units;
  }

  /// Compiles the unit of a `@Bpf` class.
  ///
  /// @throws CompilerBug if a stage breaks its own promises; the message holds the stage's text
  public Result compile(Unit unit) {
    Trace trace = new Trace(unit, options.dump());
    return new Pipeline(options, units, trace).run(unit);
  }
}
