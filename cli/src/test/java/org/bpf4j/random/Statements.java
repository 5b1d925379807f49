package org.bpf4j.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bpf4j.random.Piece.Block;
import org.bpf4j.random.Piece.Line;
import org.bpf4j.random.Scope.Named;
import org.bpf4j.random.Scope.Place;
import org.bpf4j.random.Scope.Reference;

/// Random statements.
///
/// Loops end: their counters are theirs alone. Their bounds and bodies are small, because a
/// verifier walks each round on its own.
final class Statements {

  private static final int DEPTH = 3;

  private final Random random;
  private final Scope scope;
  private final Expressions expressions;
  private final String context;
  private final String exit;
  private final Constructs constructs;

  /// @param context the packet's context, or `""` where there is none
  /// @param exit a statement that ends the method early, or `""`
  Statements(Random random, Scope scope, Expressions expressions, String context, String exit) {
    this.random = random;
    this.scope = scope;
    this.expressions = expressions;
    this.context = context;
    this.exit = exit;
    this.constructs = new Constructs(random, scope, expressions, this);
  }

  /// A block's statements; what they declare is gone behind them.
  List<Piece> block(int count, int nesting) {
    scope.open();
    List<Piece> pieces = list(count, nesting);
    scope.close();
    return pieces;
  }

  /// Statements whose declarations stay.
  List<Piece> list(int count, int nesting) {
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pieces.addAll(statement(nesting));
    }
    return pieces;
  }

  /// The packet's context, or `""`.
  String context() {
    return context;
  }

  private List<Piece> statement(int nesting) {
    if (random.nextInt(4) == 0) {
      return constructs.any(nesting - scope.loops());
    }
    if (scope.loops() == 1 && nesting == 1 && random.nextInt(3) == 0) {
      return random.nextInt(3) == 0 ? whileLoop(nesting) : loop(nesting);
    }
    int kinds = nesting > scope.loops() ? 30 : 15;
    return switch (random.nextInt(kinds)) {
      case 0, 1, 2 -> List.of(local());
      case 3, 4, 5, 6 -> List.of(assignment());
      case 7 -> List.of(element());
      case 8 -> List.of(map());
      case 9 -> List.of(packet());
      case 10 -> List.of(atomic());
      case 11 -> List.of(reference());
      case 12 -> List.of(jump());
      case 13 -> List.of(member());
      case 14 -> List.of(mapUse());
      case 15, 16, 17 -> List.of(condition(nesting));
      case 18, 19 -> twoWays(nesting);
      case 20, 21 -> loop(nesting);
      case 22 -> whileLoop(nesting);
      case 23, 24 -> List.of(oldSwitch(nesting));
      case 25 -> List.of(newSwitch(nesting));
      case 26, 27 -> List.of(found(nesting));
      case 28 -> List.of(view(nesting));
      default -> List.of(new Block("{", block(2, nesting - 1), "}"));
    };
  }

  private Piece local() {
    Primitive type = type();
    String name = scope.fresh("v");
    Line line = new Line(type.text() + " " + name + " = " + expressions.of(type, DEPTH) + ";");
    scope.add(new Place(name, type, true));
    return line;
  }

  private Primitive type() {
    Primitive[] types = Primitive.values();
    return random.nextInt(3) == 0 ? Primitive.INT : types[random.nextInt(types.length)];
  }

  private Piece assignment() {
    List<Place> places = scope.places().stream().filter(Place::assignable).toList();
    if (places.isEmpty()) {
      return local();
    }
    Place place = places.get(random.nextInt(places.size()));
    String text = place.text();
    if (place.type() == Primitive.BOOLEAN) {
      return new Line(
          text + expressions.pick(" = ", " &= ", " |= ", " ^= ") + expressions.bool(DEPTH) + ";");
    }
    return switch (random.nextInt(6)) {
      case 0 -> new Line(text + expressions.pick("++;", "--;"));
      case 1, 2 ->
          new Line(
              text
                  + expressions.pick(" += ", " -= ", " *= ", " /= ", " %= ", " &= ", " |= ", " ^= ")
                  + expressions.of(wider(), DEPTH - 1)
                  + ";");
      case 3 ->
          new Line(
              text
                  + expressions.pick(" <<= ", " >>= ", " >>>= ")
                  + expressions.of(wider(), DEPTH - 1)
                  + ";");
      default -> new Line(text + " = " + expressions.of(place.type(), DEPTH) + ";");
    };
  }

  private Primitive wider() {
    return random.nextInt(4) == 0 ? Primitive.LONG : Primitive.INT;
  }

  private Piece element() {
    List<String> args = scope.references(Reference.ARGS);
    List<String> ints = scope.references(Reference.INTS);
    String operator = expressions.pick(" = ", " += ", " ^= ");
    return switch (random.nextInt(args.isEmpty() ? 2 : 5)) {
      case 0 -> intElement("table[" + expressions.index(8, 1) + "]", operator);
      case 1 ->
          ints.isEmpty()
              ? local()
              : intElement(expressions.any(ints) + "[" + expressions.index(4, 1) + "]", operator);
      case 2 ->
          intElement(expressions.any(args) + ".ints[" + expressions.index(4, 1) + "]", operator);
      case 3 ->
          new Line(
              expressions.any(args)
                  + ".longs["
                  + expressions.index(2, 1)
                  + "]"
                  + operator
                  + expressions.of(Primitive.LONG, 2)
                  + ";");
      default ->
          new Line(
              expressions.any(args)
                  + ".bytes["
                  + expressions.index(8, 1)
                  + "]"
                  + operator
                  + expressions.of(Primitive.BYTE, 2)
                  + ";");
    };
  }

  private Piece intElement(String element, String operator) {
    return random.nextInt(4) == 0
        ? new Line(element + expressions.pick("++;", "--;"))
        : new Line(element + operator + expressions.of(Primitive.INT, 2) + ";");
  }

  private Piece map() {
    return new Line(
        switch (random.nextInt(7)) {
          case 0, 1 ->
              "hash."
                  + expressions.pick("put", "putIfAbsent")
                  + "("
                  + expressions.of(Primitive.INT, 1)
                  + " & 7, "
                  + expressions.boxed(Primitive.LONG, 2)
                  + ");";
          case 2 -> "hash.remove(" + expressions.of(Primitive.INT, 1) + " & 7);";
          case 3 ->
              "array.put("
                  + expressions.index(4, 1)
                  + ", "
                  + expressions.boxed(Primitive.LONG, 2)
                  + ");";
          case 4 ->
              "perCpu.put("
                  + expressions.index(4, 1)
                  + ", "
                  + expressions.boxed(Primitive.INT, 2)
                  + ");";
          case 5 ->
              "wides.put("
                  + expressions.wide(1)
                  + ", "
                  + expressions.boxed(Primitive.SHORT, 2)
                  + ");";
          default ->
              "values.put("
                  + expressions.of(Primitive.LONG, 1)
                  + " & 3L, "
                  + expressions.wide(1)
                  + ");";
        });
  }

  /// A value of a map that is used if it is there.
  private Piece mapUse() {
    String name = scope.fresh("m");
    return switch (random.nextInt(3)) {
      case 0 ->
          new Block(
              "{",
              List.of(
                  new Line(
                      "Long "
                          + name
                          + " = hash.get("
                          + expressions.of(Primitive.INT, 1)
                          + " & 7);"),
                  new Line(
                      "if ("
                          + name
                          + " != null) gl "
                          + expressions.pick("+", "^")
                          + "= "
                          + name
                          + ";")),
              "}");
      case 1 ->
          new Block(
              "{",
              List.of(
                  new Line("Short " + name + " = wides.get(" + expressions.wide(1) + ");"),
                  new Line("gj += " + name + " == null ? -7 : " + name + ";")),
              "}");
      default ->
          new Block(
              "{",
              List.of(
                  new Line(
                      "Wide "
                          + name
                          + " = values.get("
                          + expressions.of(Primitive.LONG, 1)
                          + " & 3L);"),
                  new Line(
                      "if ("
                          + name
                          + " != null) gl += "
                          + name
                          + ".a() * 3 + "
                          + name
                          + ".b() + "
                          + name
                          + ".c() + "
                          + name
                          + ".color().ordinal();")),
              "}");
    };
  }

  private Piece packet() {
    List<String> views = scope.references(Reference.VIEW);
    if (views.isEmpty()) {
      return assignment();
    }
    String view = expressions.any(views);
    if (random.nextBoolean()) {
      String mask = random.nextInt(12) == 0 ? "" : " & 0x7f";
      return new Line(
          view
              + "."
              + expressions.pick(Declarations.INT_VIEWS)
              + "("
              + expressions.of(Primitive.INT, 2)
              + mask
              + ");");
    }
    String mask = random.nextInt(12) == 0 ? "" : " & 0x7fffffffL";
    return new Line(
        view
            + "."
            + expressions.pick(Declarations.LONG_VIEWS)
            + "("
            + expressions.of(Primitive.LONG, 2)
            + mask
            + ");");
  }

  private Piece atomic() {
    return new Line(
        switch (random.nextInt(scope.has(5, 12) ? 4 : 3)) {
          case 0 -> "atomicLong.addAndGet(" + expressions.of(Primitive.LONG, 2) + ");";
          case 1 -> "atomicInt.set(" + expressions.of(Primitive.INT, 2) + ");";
          case 2 -> "counters.get(" + expressions.index(4, 1) + ").incrementAndGet();";
          default ->
              "gz = atomicInt.compareAndSet("
                  + expressions.of(Primitive.INT, 1)
                  + ", "
                  + expressions.of(Primitive.INT, 1)
                  + ");";
        });
  }

  private Piece reference() {
    return switch (random.nextInt(5)) {
      case 0 -> declare("Key", "k", Reference.KEY, expressions.key(2));
      case 1 -> declare("Wide", "w", Reference.WIDE, expressions.wide(2));
      case 2 ->
          scope.reserve(24) ? declare("Pair", "p", Reference.PAIR, "new Pair()") : assignment();
      case 3 ->
          scope.indexed(16) ? declare("int[]", "t", Reference.INTS, "new int[4]") : assignment();
      default ->
          declare(
              "Color",
              "o",
              Reference.COLOR,
              expressions.bool(1)
                  + " ? "
                  + expressions.pick(Expressions.COLORS)
                  + " : "
                  + expressions.pick(Expressions.COLORS));
    };
  }

  private Piece declare(String type, String prefix, Reference sort, String value) {
    String name = scope.fresh(prefix);
    scope.add(new Named(name, sort));
    return new Line(type + " " + name + " = " + value + ";");
  }

  private Piece member() {
    List<String> pairs = scope.references(Reference.PAIR);
    if (pairs.isEmpty()) {
      return assignment();
    }
    String pair = expressions.any(pairs);
    return new Line(
        switch (random.nextInt(6)) {
          case 0 -> pair + ".a += " + expressions.of(Primitive.INT, 2) + ";";
          case 1 -> pair + ".b = " + expressions.of(Primitive.LONG, 2) + ";";
          case 2 -> pair + ".c++;";
          case 3 -> pair + ".d = " + expressions.of(Primitive.BYTE, 2) + ";";
          case 4 -> pair + ".n.incrementAndGet();";
          default -> "pairs.put(" + expressions.key(1) + ", " + pair + ");";
        });
  }

  private Piece jump() {
    List<String> labels = scope.labels().stream().filter(label -> !label.isEmpty()).toList();
    if (random.nextInt(6) == 0) {
      String rare = "(" + expressions.of(Primitive.INT, 1) + " & 63) == 5";
      return new Line("if (" + rare + ") throw new IllegalStateException();");
    }
    String condition = "if (" + expressions.bool(2) + ") ";
    if (scope.loops() > 0 && random.nextInt(4) != 0) {
      String label = labels.isEmpty() || random.nextBoolean() ? "" : " " + expressions.any(labels);
      return new Line(condition + expressions.pick("break", "continue") + label + ";");
    }
    return exit.isEmpty() || random.nextInt(3) != 0 ? assignment() : new Line(condition + exit);
  }

  private Piece condition(int nesting) {
    return new Block(
        "if (" + expressions.bool(DEPTH) + ") {", block(1 + random.nextInt(3), nesting - 1), "}");
  }

  private List<Piece> twoWays(int nesting) {
    return List.of(
        condition(nesting), new Block("else {", block(1 + random.nextInt(2), nesting - 1), "}"));
  }

  private List<Piece> loop(int nesting) {
    if (scope.loops() >= 2) {
      return List.of(assignment());
    }
    String counter = scope.fresh("i");
    String label = random.nextInt(3) == 0 ? scope.fresh("loop") : "";
    String bound =
        random.nextInt(4) == 0
            ? "(" + expressions.of(Primitive.INT, 1) + " & 3)"
            : String.valueOf(1 + random.nextInt(scope.loops() > 0 ? 2 : 4));
    String head =
        random.nextInt(4) == 0
            ? "for (int " + counter + " = " + bound + "; " + counter + " > 0; " + counter + "--) {"
            : "for (int " + counter + " = 0; " + counter + " < " + bound + "; " + counter + "++) {";
    scope.open();
    scope.add(new Place(counter, Primitive.INT, false));
    scope.enter(label);
    List<Piece> body = block(1 + random.nextInt(3), nesting - 1);
    scope.leave();
    scope.close();
    return List.of(new Block(label.isEmpty() ? head : label + ": " + head, body, "}"));
  }

  private List<Piece> whileLoop(int nesting) {
    if (scope.loops() >= 2) {
      return List.of(assignment());
    }
    String counter = scope.fresh("n");
    Line declaration = new Line("int " + counter + " = " + (1 + random.nextInt(4)) + ";");
    boolean doLoop = random.nextBoolean();
    String more = expressions.bool(1);
    scope.open();
    scope.add(new Place(counter, Primitive.INT, false));
    scope.enter("");
    List<Piece> body = block(1 + random.nextInt(2), nesting - 1);
    scope.leave();
    scope.close();
    Block loop =
        doLoop
            ? new Block("do {", body, "} while (--" + counter + " > 0 && " + more + ");")
            : new Block("while (" + counter + "-- > 0 && " + more + ") {", body, "}");
    return List.of(new Block("{", List.of(declaration, loop), "}"));
  }

  private Piece oldSwitch(int nesting) {
    List<Piece> body = new ArrayList<>();
    int labels = 2 + random.nextInt(4);
    for (int i = 0; i < labels; i++) {
      body.add(new Line(i == labels - 1 ? "default:" : "case " + (i * (1 + i % 3)) + ":"));
      body.add(new Block("{", block(1 + random.nextInt(2), nesting - 1), "}"));
      if (random.nextInt(3) != 0) {
        body.add(new Line("if (" + expressions.bool(1) + ") break;"));
      }
    }
    String selector =
        random.nextBoolean()
            ? expressions.of(Primitive.INT, 2) + " & 7"
            : expressions.of(Primitive.CHAR, 1);
    return new Block("switch (" + selector + ") {", body, "}");
  }

  private Piece newSwitch(int nesting) {
    List<String> colors = scope.references(Reference.COLOR);
    List<Piece> body = new ArrayList<>();
    boolean onEnum = !colors.isEmpty();
    String[] labels =
        onEnum ? new String[] {"RED", "BLUE, BLACK"} : new String[] {"-1, 3", "0", "65"};
    for (String label : labels) {
      body.add(new Block("case " + label + " -> {", block(1, nesting - 1), "}"));
    }
    body.add(new Block("default -> {", block(1, nesting - 1), "}"));
    String selector = onEnum ? expressions.any(colors) : expressions.of(Primitive.BYTE, 2);
    return new Block("switch (" + selector + ") {", body, "}");
  }

  /// A struct in a map, changed in place.
  private Piece found(int nesting) {
    String pair = scope.fresh("p");
    String counted = scope.has(5, 12) ? "getAndIncrement" : "longValue";
    List<Piece> pieces = new ArrayList<>();
    pieces.add(new Line("Pair " + pair + " = pairs.get(" + expressions.key(1) + ");"));
    pieces.add(
        new Block(
            "if (" + pair + " != null) {",
            List.of(
                new Line(pair + ".a += " + expressions.of(Primitive.INT, 2) + ";"),
                new Line(pair + ".b ^= " + expressions.of(Primitive.LONG, 2) + ";"),
                new Line("gl += " + pair + ".c + " + pair + ".n." + counted + "();")),
            "}"));
    pieces.add(new Block("else {", block(1, nesting - 1), "}"));
    return new Block("{", pieces, "}");
  }

  private Piece view(int nesting) {
    if (context.isEmpty()) {
      return condition(nesting);
    }
    String view = scope.fresh("h");
    String offset = random.nextInt(3) == 0 ? "" : " & 31";
    scope.open();
    scope.add(new Named(view, Reference.VIEW));
    List<Piece> body = block(2, nesting - 1);
    scope.close();
    return new Block(
        "{",
        List.of(
            new Line(
                "Mixed "
                    + view
                    + " = "
                    + context
                    + ".header(Mixed.class, "
                    + expressions.of(Primitive.INT, 1)
                    + offset
                    + ");"),
            new Block("if (" + view + " != null) {", body, "}")),
        "}");
  }
}
