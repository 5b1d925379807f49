package org.bpf4j.random;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Stmt;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Walk;
import org.bpf4j.isa.Insn;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.BpfObject;

/// What the programs that compiled are like: how long, and how many of them have what.
///
/// Counted are the nodes that the compiler got: of a program, and of each function that it calls,
/// once.
final class Shares {

  /// Something that a program has or has not.
  enum Trait {
    LOOP,
    NESTED_LOOP,
    PACKET,
    MAP,
    CALL,
    SUBPROGRAM,
    LAMBDA,
    STRING,
    ATOMIC
  }

  private final Coverage coverage = new Coverage();
  private final Map<Trait, Integer> counts = new EnumMap<>(Trait.class);
  private final List<Integer> statements = new ArrayList<>();
  private final List<Integer> instructions = new ArrayList<>();

  /// Adds the programs of a class.
  void add(Build build) {
    BpfObject object = build.loadable().object();
    for (Unit.Function function : build.unit().functions()) {
      if (function.role() instanceof Unit.Role.Program) {
        add(build, function, object.function(function.ref().name()).orElseThrow());
      }
    }
  }

  private void add(Build build, Unit.Function program, BpfFunction code) {
    Set<Trait> traits = new HashSet<>();
    int count = 0;
    for (Unit.Function function : reached(build, program)) {
      count += count(function.body(), traits);
    }
    statements.add(count);
    instructions.add(code.insns().size());
    boolean calls =
        code.insns().stream()
            .anyMatch(i -> i instanceof Insn.Call call && call.kind() == Insn.CallKind.SUBPROGRAM);
    if (calls) {
      traits.add(Trait.SUBPROGRAM);
    }
    traits.forEach(trait -> counts.merge(trait, 1, Integer::sum));
  }

  private static Set<Unit.Function> reached(Build build, Unit.Function program) {
    Set<Unit.Function> reached = new LinkedHashSet<>();
    List<Unit.Function> work = new ArrayList<>(List.of(program));
    while (!work.isEmpty()) {
      Unit.Function next = work.removeLast();
      if (reached.add(next)) {
        Walk.expressions(
            next.body(),
            expr -> {
              if (expr instanceof Expr.Call call) {
                build.find(call.function().owner()).stream()
                    .flatMap(unit -> unit.functions().stream())
                    .filter(function -> function.ref().equals(call.function()))
                    .forEach(work::add);
              }
            });
      }
    }
    return reached;
  }

  private int count(Stmt.Block body, Set<Trait> traits) {
    List<Stmt> found = new ArrayList<>();
    Walk.statements(body, found::add);
    Walk.expressions(
        body,
        expr -> {
          coverage.count(expr);
          traits(expr, traits);
          switch (expr) {
            case Expr.SwitchExpr choice ->
                choice.cases().forEach(c -> c.body().forEach(s -> Walk.statements(s, found::add)));
            case Expr.Lambda lambda -> Walk.statements(lambda.body(), found::add);
            default -> {}
          }
        });
    for (Stmt stmt : found) {
      coverage.count(stmt);
      if (isLoop(stmt)) {
        traits.add(Trait.LOOP);
        Walk.statements(
            stmt,
            inner -> {
              if (inner != stmt && isLoop(inner)) {
                traits.add(Trait.NESTED_LOOP);
              }
            });
      }
    }
    return (int) found.stream().filter(stmt -> !(stmt instanceof Stmt.Block)).count();
  }

  private static boolean isLoop(Stmt stmt) {
    return stmt instanceof Stmt.For || stmt instanceof Stmt.While || stmt instanceof Stmt.DoWhile;
  }

  private static void traits(Expr expr, Set<Trait> traits) {
    switch (expr) {
      case Expr.ViewRead _, Expr.ViewWrite _, Expr.ClassLiteral _ -> traits.add(Trait.PACKET);
      case Expr.MapRef _ -> traits.add(Trait.MAP);
      case Expr.Call _ -> traits.add(Trait.CALL);
      case Expr.Lambda _ -> traits.add(Trait.LAMBDA);
      case Expr.LibraryCall call -> {
        String method = call.method().name();
        if (method.startsWith("STRING")) {
          traits.add(Trait.STRING);
        } else if (method.startsWith("ATOMIC")) {
          traits.add(Trait.ATOMIC);
        }
      }
      default -> {}
    }
  }

  /// How many programs there are.
  int programs() {
    return statements.size();
  }

  /// The nodes and types that no program had.
  List<String> missing() {
    return coverage.missing();
  }

  /// The table of nodes and types.
  String table() {
    return coverage.table();
  }

  /// The share of programs with a trait, in percent.
  double percent(Trait trait) {
    return programs() == 0 ? 0 : 100.0 * counts.getOrDefault(trait, 0) / programs();
  }

  /// The median number of statements.
  int medianStatements() {
    return median(statements);
  }

  /// The median number of instructions.
  int medianInstructions() {
    return median(instructions);
  }

  private static int median(List<Integer> numbers) {
    return numbers.isEmpty() ? 0 : numbers.stream().sorted().toList().get(numbers.size() / 2);
  }

  /// All of it in a line.
  String summary() {
    StringBuilder text =
        new StringBuilder(
            "median %d statements, %d instructions"
                .formatted(medianStatements(), medianInstructions()));
    text.append(
        List.of(Trait.values()).stream()
            .map(
                trait ->
                    "%s %.0f %%"
                        .formatted(
                            trait.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                            percent(trait)))
            .collect(Collectors.joining(", ", "; with ", "")));
    return text.toString();
  }
}
