package org.bpf4j.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bpf4j.random.Piece.Block;
import org.bpf4j.random.Piece.Line;
import org.bpf4j.random.Scope.Named;
import org.bpf4j.random.Scope.Place;
import org.bpf4j.random.Scope.Reference;

/// Random statements that are about more than numbers: lambdas, texts, structs in structs and
/// arrays, locks, rings, queues, prefixes.
///
/// The kernel visits the entries of hash maps in an order of its own, so what is done for each of
/// them commutes.
final class Constructs {

  private static final String[] TEXTS = {"\"\"", "\"a\"", "\"ab\"", "\"/a/b\"", "\"abcdefghij\""};

  private final Random random;
  private final Scope scope;
  private final Expressions expressions;
  private final Statements statements;

  Constructs(Random random, Scope scope, Expressions expressions, Statements statements) {
    this.random = random;
    this.scope = scope;
    this.expressions = expressions;
    this.statements = statements;
  }

  /// Some statements; in one of the kinds a block with others nested so deep. One arm per kind.
  List<Piece> any(int nesting) {
    return switch (random.nextInt(nesting > 0 ? 22 : 12)) {
      case 0 -> text();
      case 1, 2 -> slot();
      case 3 -> queue();
      case 4 -> List.of(prefix());
      case 5 -> List.of(locked());
      case 6 -> List.of(record());
      case 7 -> List.of(bucket());
      case 8 -> small();
      case 9 -> List.of(cell());
      case 10 -> List.of(visit());
      case 11 -> List.of(moved());
      case 12, 13 -> List.of(lambda(nesting));
      case 14 -> List.of(each(nesting));
      case 15, 16 -> List.of(elements(nesting));
      case 17 -> List.of(textSwitch(nesting));
      case 18 ->
          List.of(
              switch (random.nextInt(6)) {
                case 0 -> first(nesting);
                case 1, 2 -> budgeted();
                default -> pattern();
              });
      case 19 -> scope.has(6, 2) ? List.of(section(nesting)) : found(nesting);
      default -> found(nesting);
    };
  }

  /// A critical section: any statements.
  private Piece section(int nesting) {
    String kind = scope.has(6, 10) ? expressions.pick("rcu", "noPreemption") : "rcu";
    String head = "try (var _ = Critical." + kind + "()) {";
    return new Block(head, statements.block(1 + random.nextInt(2), nesting - 1), "}");
  }

  private String ints(int depth) {
    return expressions.of(Primitive.INT, depth);
  }

  private String longs(int depth) {
    return expressions.of(Primitive.LONG, depth);
  }

  private static Line line(String form, Object... parts) {
    return new Line(form.formatted(parts));
  }

  /// Searching a text is a loop for the verifier, so texts are handled outside of loops.
  private List<Piece> text() {
    if (scope.loops() > 0 || scope.isLambda()) {
      return List.of(line("gj += text.byteAt(%s);", expressions.index(16, 1)));
    }
    List<String> texts = new ArrayList<>(scope.references(Reference.TEXT));
    texts.add("text");
    String one = expressions.any(texts);
    return List.of(
        switch (random.nextInt(5)) {
          case 0 -> line("%s.copyFrom(%s);", one, expressions.pick(TEXTS));
          case 1 -> line("%s.copyFrom(%s);", one, expressions.any(texts));
          case 2 ->
              line("gi += %s.%s;", one, expressions.pick("length()", "indexOf('a')", "size()"));
          case 3 ->
              line(
                  "gz %s= %s.%s;",
                  expressions.pick("", "^", "|"),
                  one,
                  expressions.pick(
                      "isEmpty()",
                      "contentEquals(" + expressions.any(texts) + ")",
                      "contentEquals(" + expressions.pick(TEXTS) + ")",
                      "startsWith(\"a\")",
                      "startsWith(\"/a\")"));
          default -> line("if (%s) %s.clear();", expressions.bool(1), one);
        });
  }

  private Piece textSwitch(int nesting) {
    List<String> texts = new ArrayList<>(scope.references(Reference.TEXT));
    texts.add("text");
    List<Piece> body = new ArrayList<>();
    body.add(new Block("case \"a\" -> {", statements.block(1, nesting - 1), "}"));
    body.add(new Block("case \"ab\", \"\" -> {", statements.block(1, nesting - 1), "}"));
    body.add(new Block("default -> {", statements.block(1, nesting - 1), "}"));
    return new Block("switch (" + expressions.any(texts) + ".text()) {", body, "}");
  }

  /// A struct with a struct in it: in an array, on the stack, or scratch of the CPU.
  private List<Piece> slot() {
    List<String> slots = scope.references(Reference.SLOT);
    if (!slots.isEmpty() && random.nextInt(3) != 0) {
      String slot = expressions.any(slots);
      return List.of(
          switch (random.nextInt(5)) {
            case 0 -> line("%s.used %s %s;", slot, expressions.pick("=", "+="), narrow("byte"));
            case 1 -> line("%s.at.x = %s;", slot, narrow("short"));
            case 2 -> line("%s.at.y%s;", slot, expressions.pick("++", "--"));
            case 3 -> line("Helpers.copy(%s, %s);", slot, expressions.any(slots));
            default -> line("%s.weight ^= %s;", slot, longs(2));
          });
    }
    String name = scope.fresh("s");
    List<String> args = scope.references(Reference.ARGS);
    String value =
        switch (random.nextInt(args.isEmpty() ? 3 : 4)) {
          case 0 -> "slots[" + expressions.index(4, 1) + "]";
          case 1 -> scope.isPacket() ? "scratch.get()" : "slot";
          case 2 -> scope.reserve(16) ? "new Slot()" : "slots[" + expressions.index(4, 1) + "]";
          default -> expressions.any(args) + ".slots[" + expressions.index(2, 1) + "]";
        };
    scope.add(new Named(name, Reference.SLOT));
    return List.of(line("Slot %s = %s;", name, value));
  }

  private String narrow(String type) {
    return "(" + type + ") (" + ints(2) + ")";
  }

  private Piece moved() {
    String name = scope.fresh("q");
    if (!scope.reserve(32)) {
      return line("slots[%s].weight += %s;", expressions.index(4, 1), longs(2));
    }
    return new Block(
        "{",
        List.of(
            line(
                "Slot[] %s = %s;",
                name,
                expressions.pick(
                    "Structs.fill(new Slot[2], Slot::new)", "{new Slot(), new Slot()}")),
            line("%s[%s].weight = %s;", name, expressions.index(2, 1), longs(1)),
            line("%s[1].at.x = %s;", name, narrow("short")),
            line("gl += %s[%s].weight + %s[1].at.x;", name, expressions.index(2, 1), name)),
        "}");
  }

  private List<Piece> queue() {
    if (!scope.isPacket()) {
      return small();
    }
    String name = scope.fresh("k");
    String other = scope.fresh("m");
    return switch (random.nextInt(4)) {
      case 0 -> List.of(line("gz = queue.push(%s);", expressions.key(1)));
      case 1 ->
          List.of(
              line("stack.%s((long) (%s));", expressions.pick("push", "pushEvicting"), longs(1)));
      case 2 ->
          List.of(
              line("Key %s = queue.%s();", name, expressions.pick("pop", "peek")),
              line("if (%s != null) gl = gl * 3 + %s.a() + %s.b();", name, name, name));
      default ->
          List.of(
              line("Long %s = stack.%s();", other, expressions.pick("pop", "peek")),
              line("gi += %s == null ? 5 : (int) (long) %s;", other, other));
    };
  }

  private Piece prefix() {
    if (!scope.isPacket()) {
      return cell();
    }
    String prefix =
        "new Ipv4Prefix(%s & 31, %s)".formatted(ints(1), expressions.pick("gi", ints(1)));
    String name = scope.fresh("m");
    return switch (random.nextInt(4)) {
      case 0, 1 -> line("gz = routes.put(%s, (long) (%s));", prefix, longs(1));
      case 2 -> line("routes.remove(%s);", prefix);
      default ->
          new Block(
              "{",
              List.of(
                  line("Long %s = %s ? routes.get(%s) : null;", name, expressions.bool(1), prefix),
                  line("if (%s != null) gl ^= %s;", name, name)),
              "}");
    };
  }

  /// Between lock and unlock there are no calls, so what is computed there uses numbers alone.
  private Piece locked() {
    if (!scope.isPacket() && !scope.has(6, 7)) {
      return bucket();
    }
    String name = scope.fresh("b");
    PureExpressions pure = new PureExpressions(random, scope);
    return new Block(
        "{",
        List.of(
            line("Bucket %s = buckets.get(%s);", name, expressions.index(2, 1)),
            new Block(
                "try (var _ = " + name + ".lock.lock()) {",
                List.of(
                    line("%s.tokens += %s;", name, pure.of(Primitive.LONG)),
                    line("if (%s) %s.taken++;", pure.of(Primitive.BOOLEAN), name),
                    line("%s.divisor = %s;", name, pure.of(Primitive.INT))),
                "}")),
        "}");
  }

  private Piece record() {
    String name = scope.fresh("r");
    String hand =
        expressions.pick(
            "ring.submit(%s);".formatted(name),
            "if (%s) ring.submit(%s); else ring.discard(%s);"
                .formatted(expressions.bool(1), name, name));
    return new Block(
        "{",
        List.of(
            line("Slot %s = ring.reserve();", name),
            new Block(
                "if (" + name + " != null) {",
                List.of(
                    line("%s.used = %s;", name, narrow("byte")),
                    line("%s.weight = %s;", name, longs(2)),
                    new Line(hand)),
                "}")),
        "}");
  }

  /// Places that are computed: of a histogram, of rows, of a component's map.
  private Piece bucket() {
    return switch (random.nextInt(4)) {
      case 0 -> line("powers.get(Buckets.log2(%s)).incrementAndGet();", longs(2));
      case 1 ->
          line(
              "shorts[Buckets.linear(%s, %d, %d, 4)]++;",
              longs(1), random.nextInt(-50, 50), 1 + random.nextInt(100));
      case 2 ->
          line(
              "grid[%s][%s] %s %s;",
              expressions.index(2, 1),
              expressions.index(4, 1),
              expressions.pick("=", "+="),
              narrow("short"));
      default ->
          line("gl ^= %s.add(%s & 7, %s);", expressions.pick("first", "second"), ints(1), longs(1));
    };
  }

  private List<Piece> small() {
    String name = scope.fresh("m");
    return switch (random.nextInt(4)) {
      case 0 ->
          List.of(
              line(
                  "colors.put((char) (%s & 7), %s);",
                  ints(1), expressions.pick("color", expressions.pick(Expressions.COLORS))));
      case 1 ->
          List.of(
              line("Color %s = colors.get((char) (%s & 7));", name, ints(1)),
              line("if (%s != null) color = %s;", name, name));
      case 2 -> List.of(line("flags.put((short) (%s & 15), %s);", ints(1), expressions.bool(2)));
      default ->
          List.of(
              line("Boolean %s = flags.get((short) (%s & 15));", name, ints(1)),
              line("if (%s != null && %s) gj ^= %s;", name, name, ints(1)));
    };
  }

  /// The rarer operations of atomic cells.
  private Piece cell() {
    String place = expressions.pick("atomicLong", "counters.get(" + expressions.index(4, 0) + ")");
    String value = longs(1);
    return switch (scope.has(5, 12) ? random.nextInt(8) : random.nextInt(6, 8)) {
      case 0 -> line("gl += %s.updateAndGet(x -> x * 3 + 1);", place);
      case 1 -> line("gl ^= %s.getAndUpdate(x -> x < 0 ? -x : x >>> 1);", place);
      case 2 -> line("gl += %s.accumulateAndGet(%s, Math::max);", place, value);
      case 3 ->
          line(
              "gi ^= atomicInt.getAndAccumulate(%s, (x, y) -> x %s y);",
              ints(1), expressions.pick("|", "^", "&", "-"));
      case 4 ->
          line(
              "gl -= %s.compareAndExchange%s(%s, %s);",
              place, expressions.pick("", "Acquire", "Release"), longs(0), value);
      case 5 ->
          line(
              "gz = %s.weakCompareAndSet%s(%s, %s);",
              place, expressions.pick("Plain", "Acquire", "Release", "Volatile"), longs(0), value);
      case 6 ->
          line(
              "%s.%s(%s);",
              place,
              scope.has(5, 12)
                  ? expressions.pick("setPlain", "setOpaque", "setRelease", "lazySet")
                  : expressions.pick("setPlain", "setOpaque"),
              value);
      default ->
          line(
              "gl += %s.%s() + atomicInt.longValue();",
              place,
              scope.has(5, 12)
                  ? expressions.pick("getPlain", "getOpaque", "getAcquire", "intValue")
                  : expressions.pick("getPlain", "getOpaque", "intValue"));
    };
  }

  /// Something that commutes, for each entry of a hash map.
  private Piece visit() {
    if (scope.isLambda() || !scope.has(5, 13)) {
      return cell();
    }
    return expressions.pick(0, 1, 2) == 0
        ? line("hash.forEach((k, v) -> gl += k * 31 + (v ^ %d));", random.nextInt())
        : expressions.pick(0, 1) == 0
            ? line(
                "pairs.forEach((k, p) -> { p.a += k.a() * 7; atomicLong.addAndGet(p.b + p.c); });")
            : line("slotOf.forEach((k, s) -> { if (s.weight > k) { s.at.x++; gj ^= s.at.y; } });");
  }

  /// Calls back, a number of times.
  private Piece lambda(int nesting) {
    if (scope.isLambda() || scope.loops() > 0 || !scope.has(5, 17)) {
      return cell();
    }
    String captured = scope.fresh("c");
    String index = scope.fresh("j");
    Primitive type = expressions.pick(Primitive.INT, Primitive.LONG, Primitive.SHORT);
    Line declaration = line("%s %s = %s;", type.text(), captured, expressions.of(type, 2));
    Scope inner = scope.captured();
    inner.add(new Place(captured, type, false));
    inner.add(new Place(index, Primitive.INT, false));
    Expressions within = expressions.in(inner);
    List<Piece> body =
        new ArrayList<>(
            new Statements(random, inner, within, statements.context(), "return false;")
                .list(1 + random.nextInt(3), Math.min(1, nesting - 1)));
    body.add(line("return %s;", within.bool(2)));
    String times = random.nextInt(4) == 0 ? "(" + ints(1) + " & 15)" : "" + random.nextInt(1, 40);
    return new Block(
        "{",
        List.of(
            declaration,
            new Block("gi += Helpers.loop(" + times + ", " + index + " -> {", body, "});")),
        "}");
  }

  /// Calls back for each element of an array, whose order is the same everywhere.
  private Piece each(int nesting) {
    if (scope.isLambda() || scope.loops() > 0 || !scope.has(5, 13)) {
      return cell();
    }
    String key = scope.fresh("x");
    String index = scope.fresh("c");
    String element = scope.fresh("x");
    String number = scope.fresh("c");
    boolean cells = random.nextBoolean();
    Scope inner = scope.captured();
    inner.add(new Place(index, Primitive.INT, false));
    if (!cells) {
      inner.add(new Place(number, Primitive.LONG, false));
    }
    List<Piece> body = new ArrayList<>(List.of(line("int %s = %s;", index, key)));
    body.add(
        cells ? line("%s.addAndGet(%s);", element, index) : line("long %s = %s;", number, element));
    body.addAll(
        new Statements(random, inner, expressions.in(inner), statements.context(), "return;")
            .list(1 + random.nextInt(2), Math.min(1, nesting - 1)));
    return new Block(
        "%s.forEach((%s, %s) -> {".formatted(cells ? "counters" : "array", key, element),
        body,
        "});");
  }

  /// The enhanced `for`.
  private Piece elements(int nesting) {
    if (scope.loops() >= 2) {
      return cell();
    }
    String element = scope.fresh("e");
    List<String> args = scope.references(Reference.ARGS);
    scope.open();
    String head =
        switch (random.nextInt(args.isEmpty() ? 2 : 4)) {
          case 0 -> over(Primitive.SHORT, element, "shorts");
          case 1 -> {
            scope.add(new Named(element, Reference.SLOT));
            yield "for (Slot " + element + " : slots) {";
          }
          case 2 -> over(Primitive.LONG, element, expressions.any(args) + ".longs");
          default -> over(Primitive.CHAR, element, expressions.any(args) + ".chars");
        };
    scope.enter("");
    List<Piece> body = statements.block(1 + random.nextInt(2), nesting - 1);
    scope.leave();
    scope.close();
    return new Block(head, body, "}");
  }

  /// A pattern that names what is there.
  private Piece pattern() {
    String name = scope.fresh("n");
    return random.nextBoolean()
        ? line("if (hash.get(%s & 7) instanceof Long %s) gl ^= %s;", ints(1), name, name)
        : line("if (values.get(%s & 3L) instanceof Wide %s) gl += %s.a();", longs(1), name, name);
  }

  /// A loop over objects of the kernel that ends with the first, which is there everywhere; what is
  /// in it does not go on with the next.
  private Piece first(int nesting) {
    if (scope.loops() > 0 || scope.isLambda() || !scope.has(6, 7)) {
      return cell();
    }
    String task = scope.fresh("w");
    List<Piece> body = new ArrayList<>(statements.block(1, nesting - 1));
    body.add(line("if (%s.tgid() >= 0) break;", task));
    return new Block("for (Task " + task + " : Walk.processes(Task.class)) {", body, "}");
  }

  /// A loop whose end is not proved, with a budget.
  private Piece budgeted() {
    if (scope.loops() > 0 || scope.isLambda()) {
      return cell();
    }
    String left = scope.fresh("n");
    return line(
        "for (@LoopBudget(16) int %s = %s & 0xff; %s > 0; %s >>= 1) gj += %s;",
        left, ints(1), left, left, left);
  }

  private String over(Primitive type, String element, String array) {
    scope.add(new Place(element, type, true));
    return "for (%s %s : %s) {".formatted(type.text(), element, array);
  }

  private List<Piece> found(int nesting) {
    String name = scope.fresh("s");
    String key = "(byte) (" + ints(1) + " & 3)";
    if (random.nextInt(3) == 0) {
      List<String> slots = new ArrayList<>(scope.references(Reference.SLOT));
      slots.add("slot");
      return List.of(
          line(
              "slotOf.%s(%s, %s);",
              expressions.pick("put", "putIfAbsent"), key, expressions.any(slots)));
    }
    scope.open();
    scope.add(new Named(name, Reference.SLOT));
    List<Piece> body = statements.block(1 + random.nextInt(2), nesting - 1);
    scope.close();
    return List.of(
        new Block(
            "{",
            List.of(
                line("Slot %s = slotOf.get(%s);", name, key),
                new Block("if (" + name + " != null) {", body, "}")),
            "}"));
  }
}
