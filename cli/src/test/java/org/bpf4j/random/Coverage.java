package org.bpf4j.random;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Expr.BinaryOp;
import org.bpf4j.compiler.ast.Stmt;
import org.bpf4j.compiler.ast.Type;

/// Which nodes of the language programs had, over values of which types.
final class Coverage {

  private static final String OTHER = "other";

  /// How often: by node, then by type.
  private final Map<String, Map<String, Long>> counts = new TreeMap<>();

  /// Counts a node and no other.
  void count(Expr expr) {
    switch (expr) {
      case Expr.Binary e -> {
        add("Binary " + e.op(), e.left().type());
        add("Binary", e.left().type());
      }
      case Expr.Unary e -> {
        add("Unary " + e.op(), e.type());
        add("Unary", e.type());
      }
      case Expr.Convert e -> {
        add("Convert", e.type());
        add("Convert of " + column(e.operand().type()), e.type());
      }
      case Expr.ViewWrite e -> add("ViewWrite", e.value().type());
      case Expr.LibraryCall e -> {
        add("LibraryCall", e.type());
        add("LibraryCall " + e.method(), e.type());
      }
      default -> add(expr.getClass().getSimpleName(), expr.type());
    }
  }

  /// Counts a node and no other.
  void count(Stmt stmt) {
    String name = stmt.getClass().getSimpleName();
    switch (stmt) {
      case Stmt.Declare s -> add(name, s.local().type());
      case Stmt.Switch s -> add(name, s.selector().type());
      case Stmt.Return s -> s.value().ifPresentOrElse(v -> add(name, v.type()), () -> add(name));
      case Stmt.Yield s -> add(name, s.value().type());
      default -> add(name);
    }
  }

  private void add(String node, Type type) {
    counts.computeIfAbsent(node, _ -> new TreeMap<>()).merge(column(type), 1L, Long::sum);
  }

  private void add(String node) {
    add(node, Type.Special.VOID);
  }

  private static String column(Type type) {
    return type instanceof Type.Primitive primitive ? primitive.name() : OTHER;
  }

  /// What should be there and was not: a node, or a node over a type.
  List<String> missing() {
    return required().filter(wanted -> !isThere(wanted)).toList();
  }

  private boolean isThere(String wanted) {
    int colon = wanted.indexOf(": ");
    Map<String, Long> row =
        counts.getOrDefault(colon < 0 ? wanted : wanted.substring(0, colon), Map.of());
    return colon < 0 ? !row.isEmpty() : row.containsKey(wanted.substring(colon + 2));
  }

  private static Stream<String> required() {
    Set<Type.Primitive> all = EnumSet.allOf(Type.Primitive.class);
    Set<Type.Primitive> numbers = EnumSet.range(Type.Primitive.BYTE, Type.Primitive.LONG);
    Set<Type.Primitive> promoted = EnumSet.range(Type.Primitive.INT, Type.Primitive.LONG);
    List<String> required = new ArrayList<>();
    nodes(Expr.class).forEach(required::add);
    nodes(Stmt.class).forEach(required::add);
    for (BinaryOp op : BinaryOp.values()) {
      required.addAll(over("Binary " + op, promoted));
    }
    for (String op : List.of("AND", "OR", "XOR", "EQ", "NE")) {
      required.add("Binary " + op + ": BOOLEAN");
    }
    required.addAll(over("Unary NEGATE", promoted));
    required.addAll(over("Unary COMPLEMENT", promoted));
    required.add("Unary NOT: BOOLEAN");
    for (String node :
        List.of(
            "LocalPlace",
            "GlobalPlace",
            "FieldPlace",
            "Assign",
            "CompoundAssign",
            "Conditional",
            "SwitchExpr",
            "Call",
            "Declare",
            "Literal")) {
      required.addAll(over(node, all));
    }
    required.addAll(over("ElementPlace", all));
    required.addAll(over("Increment", numbers));
    for (Type.Primitive from : numbers) {
      numbers.stream()
          .filter(to -> to != from)
          .forEach(to -> required.add("Convert of " + from + ": " + to));
    }
    return required.stream();
  }

  private static List<String> over(String node, Set<Type.Primitive> types) {
    return types.stream().map(type -> node + ": " + type).toList();
  }

  /// The names of the records of a sealed family.
  private static Stream<String> nodes(Class<?> family) {
    return family.isRecord()
        ? Stream.of(family.getSimpleName())
        : Arrays.stream(family.getPermittedSubclasses()).flatMap(Coverage::nodes);
  }

  /// The table: a line for each node, a column for each type.
  String table() {
    List<String> columns =
        Stream.concat(
                Arrays.stream(Type.Primitive.values()).map(Type.Primitive::name), Stream.of(OTHER))
            .toList();
    StringBuilder text = new StringBuilder("%-44s".formatted("node"));
    columns.forEach(column -> text.append("%10s".formatted(column)));
    counts.forEach(
        (node, row) -> {
          text.append("%n%-44s".formatted(node));
          columns.forEach(
              column ->
                  text.append("%10s".formatted(row.containsKey(column) ? row.get(column) : ".")));
        });
    Set<String> missing = new TreeSet<>(missing());
    return text
        + "\n"
        + (missing.isEmpty()
            ? "every node and width is covered"
            : "missing: " + missing.stream().collect(Collectors.joining(", ")));
  }
}
