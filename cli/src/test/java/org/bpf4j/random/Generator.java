package org.bpf4j.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.random.Expressions.Signature;
import org.bpf4j.random.Piece.Block;
import org.bpf4j.random.Piece.Line;
import org.bpf4j.random.RandomClass.RandomProgram;
import org.bpf4j.random.Scope.Named;
import org.bpf4j.random.Scope.Place;
import org.bpf4j.random.Scope.Reference;

/// Makes a class from a seed.
final class Generator {

  private static final int FUNCTIONS = 4;

  private static final List<String> TC_RESULTS = List.of("OK", "SHOT", "PIPE", "UNSPEC");

  private final Random random;
  private final Optional<KernelVersion> floor;
  private final List<Signature> signatures = new ArrayList<>();

  private Generator(long seed, Optional<KernelVersion> floor) {
    random = new Random(seed);
    this.floor = floor;
  }

  /// The class of a seed, for whatever kernel its programs need.
  static RandomClass generate(long seed, int programs) {
    return generate(seed, programs, Optional.empty());
  }

  /// The class of a seed that promises to run on a kernel and keeps to what that one has.
  static RandomClass generate(long seed, int programs, Optional<KernelVersion> floor) {
    Generator generator = new Generator(seed, floor);
    List<Piece> declarations = Declarations.random(generator.random);
    List<Piece> library = new ArrayList<>();
    List<Piece> functions = new ArrayList<>();
    for (int i = 0; i < FUNCTIONS / 2; i++) {
      library.add(generator.function("g" + i, "@BpfFunction static ", RandomClass.LIBRARY + "."));
    }
    for (int i = 0; i < FUNCTIONS; i++) {
      boolean global = i == FUNCTIONS - 1;
      functions.add(
          generator.function(
              "f" + i, global ? "@BpfFunction(global = true) static " : "static ", ""));
    }
    return new RandomClass(
        seed,
        floor,
        declarations,
        functions,
        library,
        IntStream.range(0, programs).mapToObj(generator::program).toList());
  }

  private Piece function(String name, String modifiers, String qualifier) {
    Scope scope = new Scope(floor);
    boolean own = qualifier.isEmpty();
    if (own) {
      Declarations.globals().forEach(scope::add);
    }
    List<Primitive> parameters =
        IntStream.range(0, 1 + random.nextInt(4)).mapToObj(_ -> type()).toList();
    List<String> declared = new ArrayList<>();
    for (Primitive parameter : parameters) {
      String parameterName = scope.fresh("a");
      scope.add(new Place(parameterName, parameter, true));
      declared.add(parameter.text() + " " + parameterName);
    }
    Primitive any = type();
    Primitive result = modifiers.contains("global") && any == Primitive.LONG ? Primitive.INT : any;
    Expressions expressions = new Expressions(random, scope, List.copyOf(signatures));
    List<Piece> body = new ArrayList<>();
    if (own) {
      Statements statements = new Statements(random, scope, expressions, "", "");
      body.addAll(statements.list(random.nextInt(4), 1));
      body.add(new Line("return " + expressions.of(result, 2) + ";"));
    } else {
      body.add(new Line("return " + new PureExpressions(random, scope).of(result) + ";"));
    }
    signatures.add(new Signature(qualifier + name, result, parameters));
    return new Block(
        modifiers + result.text() + " " + name + "(" + String.join(", ", declared) + ") {",
        body,
        "}");
  }

  private Primitive type() {
    Primitive[] types = Primitive.values();
    return types[random.nextInt(types.length)];
  }

  private RandomProgram program(int number) {
    return switch (random.nextInt(9)) {
      case 0, 1, 2 -> packet("p" + number, "Xdp", List.of("DROP", "PASS", "TX", "ABORTED"));
      case 3, 4 -> packet("p" + number, "Tc", TC_RESULTS);
      default ->
          new Scope(floor).has(5, 14)
              ? syscall("p" + number)
              : packet("p" + number, "Tc", TC_RESULTS);
    };
  }

  private RandomProgram syscall(String name) {
    Scope scope = new Scope(floor);
    Declarations.globals().forEach(scope::add);
    Declarations.fields("args").forEach(scope::add);
    scope.add(new Named("args", Reference.ARGS));
    scope.add(new Named("args.name", Reference.TEXT));
    Expressions expressions = new Expressions(random, scope, List.copyOf(signatures));
    Statements statements =
        new Statements(random, scope, expressions, "", "return " + random.nextInt() + ";");
    List<Piece> body = new ArrayList<>(statements.list(size(), 2));
    body.addAll(sum(scope));
    body.add(new Line("return " + expressions.of(Primitive.INT, 3) + ";"));
    return new RandomProgram(name, "Syscall", "static int " + name + "(Args args) {", body);
  }

  private RandomProgram packet(String name, String kind, List<String> results) {
    String action = kind + "Action";
    Scope scope = new Scope(floor);
    Declarations.globals().forEach(scope::add);
    scope.seesPackets();
    scope.add(new Place("context.length()", Primitive.INT, false));
    if (kind.equals("Tc")) {
      scope.add(new Place("context.mark()", Primitive.INT, false));
    }
    Expressions expressions = new Expressions(random, scope, List.copyOf(signatures));
    Statements statements =
        new Statements(
            random, scope, expressions, "context", "return " + action + "." + results.get(1) + ";");
    List<Piece> body = new ArrayList<>();
    if (random.nextInt(4) != 0) {
      body.add(new Line("Mixed mixed = context.header(Mixed.class, " + random.nextInt(20) + ");"));
      body.add(new Line("if (mixed == null) return " + action + "." + results.get(0) + ";"));
      scope.add(new Named("mixed", Reference.VIEW));
    }
    body.addAll(statements.list(size(), 2));
    if (kind.equals("Tc") && random.nextInt(3) == 0) {
      body.add(new Line("context.mark(" + expressions.of(Primitive.INT, 2) + ");"));
    }
    body.addAll(sum(scope));
    body.add(
        new Line(
            ("return switch (%s & 3) { case 0 -> %s.%s; case 1 -> %s.%s;"
                    + " case 2 -> %s.%s; default -> %s.%s; };")
                .formatted(
                    expressions.of(Primitive.INT, 3),
                    action,
                    results.get(0),
                    action,
                    results.get(1),
                    action,
                    results.get(2),
                    action,
                    results.get(3))));
    return new RandomProgram(
        name, kind, "static " + action + " " + name + "(" + kind + "Context context) {", body);
  }

  private int size() {
    return 5 + random.nextInt(9);
  }

  /// Makes every local count.
  private static List<Piece> sum(Scope scope) {
    String numbers =
        scope.places().stream()
            .filter(place -> place.text().startsWith("v"))
            .map(
                place ->
                    place.type() == Primitive.BOOLEAN
                        ? "sum = sum * 31 + (" + place.text() + " ? 1 : 0);"
                        : "sum = sum * 31 + " + place.text() + ";")
            .collect(Collectors.joining("\n"));
    return numbers.lines().<Piece>map(Line::new).toList();
  }
}
