package org.bpf4j.compiler;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.bpf4j.compiler.BpfCompiler.Result;
import org.bpf4j.compiler.allocate.Allocator;
import org.bpf4j.compiler.analyze.Analyzer;
import org.bpf4j.compiler.analyze.Outline;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.diagnostic.Diagnostic.Severity;
import org.bpf4j.compiler.emit.Emitter;
import org.bpf4j.compiler.link.Linker;
import org.bpf4j.compiler.machine.MachineProgram;
import org.bpf4j.compiler.machine.Register.Physical;
import org.bpf4j.compiler.optimize.Optimizer;
import org.bpf4j.compiler.select.Selector;
import org.bpf4j.compiler.translate.LoopStarts;
import org.bpf4j.compiler.translate.Translator;
import org.bpf4j.compiler.validate.Validator;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.ObjectPrinter;
import org.bpf4j.verify.Verdict;
import org.bpf4j.verify.Verifier;

/// The stages in order, each with the type of what it hands on.
final class Pipeline {
  /// How many loops in each other become functions if all of them took too much stack.
  private static final int MOST_LEVELS = 3;

  private final CompilerOptions options;
  private final Function<String, Optional<Unit>> units;
  private final Trace trace;
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  Pipeline(CompilerOptions options, Function<String, Optional<Unit>> units, Trace trace) {
    this.options = options;
    this.units = units;
    this.trace = trace;
  }

  Result run(Unit unit) {
    Linker.Result linked = Linker.link(unit, units);
    diagnostics.addAll(linked.diagnostics());
    if (linked.program().isEmpty()) {
      return rejected();
    }
    org.bpf4j.compiler.ast.Program program = valid(linked.program().get());
    List<MachineProgram<Physical>> machines = machines(program);
    if (hasErrors()) {
      diagnostics.addAll(Emitter.limits(machines));
      return rejected();
    }
    Emitter.Result emitted = Emitter.emit(program, machines);
    diagnostics.addAll(emitted.diagnostics());
    emitted.object().ifPresent(this::verify);
    return hasErrors() ? rejected() : new Result(emitted.object(), diagnostics, trace.dumps());
  }

  /// The code of all programs. One that takes too much stack is made again, with fewer loops in
  /// each other that become functions: each takes a frame more.
  private List<MachineProgram<Physical>> machines(org.bpf4j.compiler.ast.Program program) {
    List<Diagnostic> before = List.copyOf(diagnostics);
    Map<String, Integer> levels = new HashMap<>();
    while (true) {
      Set<String> outlining = new HashSet<>();
      List<MachineProgram<Physical>> machines = machines(program, levels, outlining);
      boolean fits = true;
      for (MachineProgram<Physical> machine : machines) {
        String name = machine.main().name();
        if (outlining.contains(name) && !Emitter.limits(List.of(machine)).isEmpty()) {
          levels.merge(name, MOST_LEVELS, (old, _) -> old - 1);
          fits = false;
        }
      }
      if (fits) {
        return machines;
      }
      diagnostics.clear();
      diagnostics.addAll(before);
    }
  }

  /// @param levels how many loops that become functions may be in each other
  /// @param outlining gets the names of programs that have such
  private List<MachineProgram<Physical>> machines(
      org.bpf4j.compiler.ast.Program program, Map<String, Integer> levels, Set<String> outlining) {
    Translator.Translation translated = Translator.translate(program, levels);
    diagnostics.addAll(translated.diagnostics());
    List<MachineProgram<Physical>> machines = new ArrayList<>();
    for (org.bpf4j.compiler.ssa.Program ssa : translated.programs()) {
      if (ssa.functions().stream().anyMatch(Outline::isWanted)) {
        outlining.add(ssa.main().name());
      }
      compile(program, ssa).ifPresent(machines::add);
    }
    return machines;
  }

  /// What is left of a program that errors do not touch.
  private org.bpf4j.compiler.ast.Program valid(org.bpf4j.compiler.ast.Program program) {
    List<Diagnostic> found = Validator.validate(program);
    found.stream().filter(d -> !diagnostics.contains(d)).forEach(diagnostics::add);
    org.bpf4j.compiler.ast.Program rest = Untouched.rest(program, found);
    return rest.functions().size() == program.functions().size() ? program : valid(rest);
  }

  private Optional<MachineProgram<Physical>> compile(
      org.bpf4j.compiler.ast.Program program, org.bpf4j.compiler.ssa.Program translated) {
    org.bpf4j.compiler.ssa.Program ssa = Analyzer.require(translated);
    String name = ssa.main().name();
    trace.record(name, "translate.ssa", () -> org.bpf4j.compiler.ssa.Printer.print(ssa));
    org.bpf4j.compiler.ssa.Checker.check(ssa);
    List<Diagnostic> found = Analyzer.analyze(ssa, program);
    diagnostics.addAll(found);
    if (found.stream().anyMatch(d -> d.severity() == Severity.ERROR)) {
      return Optional.empty();
    }
    org.bpf4j.compiler.ssa.Program hidden = LoopStarts.hidden(ssa, program);
    org.bpf4j.compiler.ssa.Program optimized =
        options.optimize() ? Optimizer.optimize(hidden) : Optimizer.prepare(hidden);
    trace.record(name, "optimize.ssa", () -> org.bpf4j.compiler.ssa.Printer.print(optimized));
    var selected = Selector.select(optimized);
    trace.record(name, "select.txt", () -> org.bpf4j.compiler.machine.Printer.print(selected));
    var allocated = Allocator.allocate(selected);
    trace.record(name, "allocate.txt", () -> org.bpf4j.compiler.machine.Printer.print(allocated));
    return Optional.of(allocated);
  }

  private void verify(BpfObject object) {
    object
        .programs()
        .forEach(
            program -> trace.record(program.name(), "emit.asm", () -> ObjectPrinter.print(object)));
    for (Verdict verdict : Verifier.verify(object)) {
      if (verdict instanceof Verdict.Rejected(String program, List<String> obligations)) {
        if (!options.verifyAsWarning()) {
          throw new CompilerBug("the verifier rejects " + program + ": " + obligations);
        }
        diagnostics.add(
            Diagnostic.warning(
                Code.BPF4001,
                org.bpf4j.compiler.diagnostic.Span.NONE,
                program + ": " + String.join("; ", obligations),
                ""));
      }
    }
  }

  private boolean hasErrors() {
    return diagnostics.stream().anyMatch(d -> d.severity() == Severity.ERROR);
  }

  private Result rejected() {
    return new Result(Optional.empty(), diagnostics, trace.dumps());
  }
}
