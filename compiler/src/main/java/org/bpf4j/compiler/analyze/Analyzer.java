package org.bpf4j.compiler.analyze;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.bpf4j.compiler.ast.MapForm;
import org.bpf4j.compiler.ast.Symbols;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.compiler.ssa.Function;
import org.bpf4j.compiler.ssa.Program;
import org.bpf4j.compiler.ssa.Requirement;
import org.bpf4j.object.MapKind;

/// Finds the mistakes that need the flow of control: references that may be null, views and map
/// references that died, ring records that are lost, instances that overlap.
public final class Analyzer {
  private Analyzer() {}

  /// The user's mistakes in an unoptimised program, by place; none if it is right.
  ///
  /// @param program the program
  /// @param source what it was translated from, which says what the maps are
  public static List<Diagnostic> analyze(Program program, org.bpf4j.compiler.ast.Program source) {
    Symbols symbols = new Symbols(source);
    Map<String, MapKind> keyedMaps = new HashMap<>();
    source.maps().forEach(map -> keyedMaps.putAll(keyed(map, symbols)));
    String file = source.unit().source().file();
    List<Diagnostic> found = new ArrayList<>(analyze(program, keyedMaps, file::equals));
    Map<String, Integer> flags =
        source.maps().stream()
            .filter(map -> map.settings().flags() != 0)
            .collect(
                Collectors.toMap(
                    map -> symbols.map(map.owner(), map.name()), map -> map.settings().flags()));
    for (Function function : program.functions()) {
      Advice advice = new Advice(program.kind(), function, file::equals);
      found.addAll(GuardedMaps.check(function, flags, advice));
    }
    found.addAll(
        KernelFloor.check(
            program,
            source.unit().options().flatMap(Unit.Options::minKernel),
            new Advice(program.kind(), program.main(), file::equals)));
    return found;
  }

  /// The same program, which also needs what only the flow of control tells.
  public static Program require(Program program) {
    Map<String, KernelPointers> pointers = KernelPointers.of(program);
    Requirement needed = program.requirement();
    for (Function function : program.functions()) {
      KernelPointers known = KernelPointers.in(pointers, function.name());
      needed = needed.max(Trust.requirement(function, program, known));
    }
    return program.withRequirement(needed);
  }

  /// The name under which a map's elements come and go, if they do: its own, or that of its inner
  /// maps.
  private static Map<String, MapKind> keyed(Unit.MapDeclaration map, Symbols symbols) {
    String name = symbols.map(map.owner(), map.name());
    return switch (map.type().value()) {
      case Type.MapType inner -> keyed(name + Sources.INNER, inner.form());
      default -> keyed(name, map.type().form());
    };
  }

  private static Map<String, MapKind> keyed(String name, MapForm form) {
    return form.neverNull() ? Map.of() : Map.of(name, form.kind());
  }

  /// As above, given the maps whose elements come and go, and which files belong to this
  /// compilation.
  static List<Diagnostic> analyze(
      Program program, Map<String, MapKind> keyedMaps, Predicate<String> isHere) {
    Effects effects = new Effects(program, keyedMaps);
    Map<String, KernelPointers> pointers = KernelPointers.of(program);
    List<Diagnostic> found = new ArrayList<>();
    for (Function function : program.functions()) {
      Advice advice = new Advice(program.kind(), function, isHere);
      found.addAll(Nullness.check(function, advice));
      found.addAll(References.check(function, effects, keyedMaps.keySet(), advice));
      found.addAll(Records.check(function, advice));
      found.addAll(Loans.check(function, advice));
      found.addAll(
          Trust.check(function, program, KernelPointers.in(pointers, function.name()), advice));
      found.addAll(Instances.check(function, advice));
    }
    Comparator<Span> byPlace =
        Comparator.comparing(Span::file)
            .thenComparingInt(Span::line)
            .thenComparingInt(Span::column);
    return found.stream()
        .distinct()
        .sorted(Comparator.comparing(Diagnostic::span, byPlace).thenComparing(Diagnostic::code))
        .toList();
  }
}
