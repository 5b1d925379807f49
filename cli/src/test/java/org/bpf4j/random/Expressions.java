package org.bpf4j.random;

import java.util.List;
import java.util.Random;
import org.bpf4j.random.Scope.Place;
import org.bpf4j.random.Scope.Reference;

/// Random expressions of a given type.
final class Expressions {

  private static final String[] INTS = {
    "0",
    "1",
    "-1",
    "2",
    "3",
    "5",
    "7",
    "8",
    "10",
    "13",
    "15",
    "16",
    "31",
    "32",
    "33",
    "63",
    "64",
    "100",
    "127",
    "128",
    "-128",
    "-129",
    "255",
    "256",
    "1000",
    "32767",
    "32768",
    "-32768",
    "65535",
    "65536",
    "0x7fffffff",
    "(-0x7fffffff - 1)",
    "0x0ff0",
    "0xdeadbeef",
    "'a'"
  };
  private static final String[] LONGS = {
    "0L",
    "1L",
    "-1L",
    "3L",
    "10L",
    "31L",
    "32L",
    "63L",
    "64L",
    "255L",
    "0x7fffffffL",
    "0x80000000L",
    "0xffffffffL",
    "0x100000000L",
    "-0x80000000L",
    "-0x80000001L",
    "0x7fffffffffffffffL",
    "(-0x7fffffffffffffffL - 1L)",
    "0xdeadbeefcafeL"
  };
  private static final String[] ARITHMETIC = {"+", "-", "*", "/", "%", "&", "|", "^"};
  private static final String[] SHIFTS = {"<<", ">>", ">>>"};
  private static final String[] COMPARISONS = {"==", "!=", "<", "<=", ">", ">="};
  static final String[] COLORS = {"Color.RED", "Color.GREEN", "Color.BLUE", "Color.BLACK"};

  private final Random random;
  private final Scope scope;
  private final List<Signature> callable;

  /// A function that may be called.
  record Signature(String name, Primitive result, List<Primitive> parameters) {}

  Expressions(Random random, Scope scope, List<Signature> callable) {
    this.random = random;
    this.scope = scope;
    this.callable = callable;
  }

  /// The same at another place of the method.
  Expressions in(Scope other) {
    return new Expressions(random, other, callable);
  }

  String of(Primitive type, int depth) {
    return switch (type) {
      case BOOLEAN -> bool(depth);
      case INT -> integer(depth);
      case LONG -> longer(depth);
      case BYTE, SHORT, CHAR -> narrow(type, depth);
    };
  }

  /// An expression of exactly that type, for places where javac boxes it.
  String boxed(Primitive type, int depth) {
    return "(" + type.text() + ") (" + of(type, depth) + ")";
  }

  private String narrow(Primitive type, int depth) {
    return switch (random.nextInt(depth > 0 ? 11 : 6)) {
      case 0, 1 -> place(type, depth);
      case 2, 3, 4, 5 -> cast(type, depth);
      case 6, 7 -> ternary(type, depth);
      case 8 -> chosen(type, depth);
      default -> call(type, depth);
    };
  }

  private String cast(Primitive type, int depth) {
    Primitive from =
        pick(
            Primitive.INT,
            Primitive.INT,
            Primitive.INT,
            Primitive.LONG,
            depth > 1 ? Primitive.BYTE : Primitive.LONG,
            depth > 1 ? Primitive.SHORT : Primitive.INT,
            depth > 1 ? Primitive.CHAR : Primitive.INT);
    return "(" + type.text() + ") (" + of(from, depth - 1) + ")";
  }

  /// An operand that is promoted to `int`.
  private String intLike(int depth) {
    return switch (random.nextInt(8)) {
      case 0 -> narrow(Primitive.BYTE, depth);
      case 1 -> narrow(Primitive.SHORT, depth);
      case 2 -> narrow(Primitive.CHAR, depth);
      default -> integer(depth);
    };
  }

  private String integer(int depth) {
    if (depth <= 0) {
      return random.nextInt(3) == 0 ? pick(INTS) : place(Primitive.INT, 0);
    }
    int less = depth - 1;
    return switch (random.nextInt(24)) {
      case 0 -> pick(INTS);
      case 1, 2, 3 -> place(Primitive.INT, depth);
      case 4, 5, 6, 7, 8 -> binary(pick(ARITHMETIC), intLike(less), intLike(less));
      case 9, 10 -> binary(pick(SHIFTS), intLike(less), of(intOrLong(), less));
      case 11 -> "(" + pick(new String[] {"-", "~", "+"}) + "(" + intLike(less) + "))";
      case 12, 13 -> "(int) (" + longer(less) + ")";
      case 14 -> ternary(Primitive.INT, depth);
      case 15 -> call(Primitive.INT, depth);
      case 16 -> assignment(Primitive.INT, depth);
      case 17, 18 -> intrinsic(depth);
      case 19 -> chosen(Primitive.INT, depth);
      case 20 -> element("int", less);
      case 21 -> atomic("Integer", less);
      default -> member(Primitive.INT, depth);
    };
  }

  private String longer(int depth) {
    if (depth <= 0) {
      return random.nextInt(3) == 0 ? pick(LONGS) : place(Primitive.LONG, 0);
    }
    int less = depth - 1;
    return switch (random.nextInt(22)) {
      case 0 -> pick(LONGS);
      case 1, 2, 3 -> place(Primitive.LONG, depth);
      case 4, 5, 6 -> binary(pick(ARITHMETIC), longer(less), longer(less));
      case 7 -> binary(pick(ARITHMETIC), longer(less), intLike(less));
      case 8 -> binary(pick(ARITHMETIC), intLike(less), longer(less));
      case 9, 10 -> binary(pick(SHIFTS), longer(less), of(intOrLong(), less));
      case 11 -> "(" + pick(new String[] {"-", "~"}) + "(" + longer(less) + "))";
      case 12, 13 -> "(long) (" + intLike(less) + ")";
      case 14 ->
          random.nextBoolean() ? ternary(Primitive.LONG, depth) : chosen(Primitive.LONG, depth);
      case 15 -> call(Primitive.LONG, depth);
      case 16 -> assignment(Primitive.LONG, depth);
      case 17, 18 -> longIntrinsic(depth);
      case 19 -> element("long", less);
      case 20 -> atomic("Long", less);
      default -> member(Primitive.LONG, depth);
    };
  }

  String bool(int depth) {
    if (depth <= 0) {
      return random.nextInt(4) == 0 ? pick("true", "false") : place(Primitive.BOOLEAN, 0);
    }
    int less = depth - 1;
    return switch (random.nextInt(25)) {
      case 24 -> chosen(Primitive.BOOLEAN, depth);
      case 0, 12, 13 -> place(Primitive.BOOLEAN, depth);
      case 14, 15, 16 -> binary(pick(COMPARISONS), intLike(less), intLike(less));
      case 17, 18 -> binary(pick("&&", "||"), bool(less), bool(less));
      case 19 -> "(!" + bool(less) + ")";
      case 20, 21 -> question(depth);
      case 1, 2, 3 -> binary(pick(COMPARISONS), intLike(less), intLike(less));
      case 4, 5 -> binary(pick(COMPARISONS), longer(less), of(intOrLong(), less));
      case 6, 7 -> binary(pick("&&", "||"), bool(less), bool(less));
      case 8 -> "(!" + bool(less) + ")";
      case 9 -> binary(pick("&", "|", "^", "==", "!="), bool(less), bool(less));
      case 10 -> ternary(Primitive.BOOLEAN, depth);
      default -> question(depth);
    };
  }

  private String question(int depth) {
    List<String> keys = scope.references(Reference.KEY);
    List<String> colors = scope.references(Reference.COLOR);
    return switch (random.nextInt(5)) {
      case 0 -> "hash.containsKey(" + integer(1) + " & 7)";
      case 3 ->
          pick(
              "(color == " + pick(COLORS) + ")",
              "text.isEmpty()",
              "(Helpers.ktimeGetNs() < " + pick(LONGS) + " >> 63)",
              "slotOf.containsKey((byte) (" + integer(1) + " & 3))",
              scope.isPacket()
                  ? "routes.containsKey(new Ipv4Prefix(32, " + integer(1) + "))"
                  : "flags.containsKey((short) 3)");
      case 1 -> keys.isEmpty() ? bool(depth - 1) : any(keys) + ".equals(" + key(1) + ")";
      case 2 ->
          colors.isEmpty() ? bool(depth - 1) : "(" + any(colors) + " == " + pick(COLORS) + ")";
      default -> call(Primitive.BOOLEAN, depth);
    };
  }

  String key(int depth) {
    return "new Key(" + integer(depth) + " & 3, (short) (" + integer(depth) + " & 1))";
  }

  String wide(int depth) {
    String mask = random.nextInt(16) == 0 ? "" : " & 0xff";
    return "new Wide("
        + integer(depth)
        + mask
        + ", "
        + integer(depth)
        + " & 0xffff, "
        + longer(depth)
        + ", "
        + pick(COLORS)
        + ")";
  }

  private Primitive intOrLong() {
    return random.nextInt(4) == 0 ? Primitive.LONG : Primitive.INT;
  }

  private String ternary(Primitive type, int depth) {
    int less = depth - 1;
    return "(" + bool(less) + " ? " + of(type, less) + " : " + of(type, less) + ")";
  }

  private static String binary(String operator, String left, String right) {
    return "(" + left + " " + operator + " " + right + ")";
  }

  /// Something that holds a value of the type, or a constant if there is nothing.
  private String place(Primitive type, int depth) {
    List<String> found =
        scope.places().stream().filter(p -> p.type() == type).map(Place::text).toList();
    if (!found.isEmpty()) {
      return any(found);
    }
    return switch (type) {
      case BOOLEAN -> pick("true", "false");
      case INT -> pick(INTS);
      case LONG -> pick(LONGS);
      case BYTE, SHORT, CHAR -> "(" + type.text() + ") (" + integer(Math.min(depth, 1) - 1) + ")";
    };
  }

  /// An assignment, or an increment, as an expression.
  private String assignment(Primitive type, int depth) {
    List<String> places = assignable(type);
    if (places.isEmpty()) {
      return place(type, depth);
    }
    String place = any(places);
    return switch (random.nextInt(6)) {
      case 0 -> "(" + place + "++)";
      case 1 -> "(--" + place + ")";
      case 2 ->
          "(" + place + " " + pick("+", "-", "*", "^", "|", "&") + "= " + of(type, depth - 1) + ")";
      case 3 -> "(" + place + " " + pick(SHIFTS) + "= " + of(intOrLong(), depth - 1) + ")";
      default -> "(" + place + " = " + of(type, depth - 1) + ")";
    };
  }

  List<String> assignable(Primitive type) {
    return scope.places().stream()
        .filter(p -> p.type() == type && p.assignable())
        .map(Place::text)
        .toList();
  }

  private String call(Primitive type, int depth) {
    List<Signature> fitting = callable.stream().filter(s -> s.result() == type).toList();
    if (fitting.isEmpty()) {
      return place(type, depth);
    }
    Signature signature = fitting.get(random.nextInt(fitting.size()));
    return signature.name()
        + "("
        + String.join(
            ", ", signature.parameters().stream().map(p -> of(p, Math.min(depth - 1, 1))).toList())
        + ")";
  }

  private String intrinsic(int depth) {
    int less = depth - 1;
    String a = integer(less);
    String b = integer(less);
    return switch (random.nextInt(18)) {
      case 0 -> "Math." + pick("min", "max") + "(" + a + ", " + b + ")";
      case 1 -> "Math.abs(" + a + ")";
      case 2 ->
          "Math." + pick("addExact", "subtractExact", "multiplyExact") + "(" + a + ", " + b + ")";
      case 3 -> "Math.toIntExact(" + longer(less) + ")";
      case 4 -> "Math." + pick("floorDiv", "floorMod") + "(" + a + ", " + b + ")";
      case 5 -> "Integer." + pick("min", "max", "sum") + "(" + a + ", " + b + ")";
      case 6 -> "Integer." + pick("compare", "compareUnsigned") + "(" + a + ", " + b + ")";
      case 7 ->
          "Long."
              + pick("compare", "compareUnsigned")
              + "("
              + longer(less)
              + ", "
              + longer(less)
              + ")";
      case 8, 9 ->
          "Integer." + pick("divideUnsigned", "remainderUnsigned") + "(" + a + ", " + b + ")";
      case 10 -> "Integer." + pick("rotateLeft", "rotateRight") + "(" + a + ", " + b + ")";
      case 11 -> "Integer.reverseBytes(" + a + ")";
      case 12 -> "Integer." + pick("bitCount", "signum") + "(" + a + ")";
      case 13 -> "Integer." + pick("numberOfLeadingZeros", "numberOfTrailingZeros") + "(" + a + ")";
      case 14 ->
          "Long."
              + pick("numberOfLeadingZeros", "numberOfTrailingZeros", "bitCount", "signum")
              + "("
              + longer(less)
              + ")";
      case 15 -> "Byte.toUnsignedInt(" + narrow(Primitive.BYTE, less) + ")";
      case 16 -> "Short.toUnsignedInt(" + narrow(Primitive.SHORT, less) + ")";
      default -> "(int) Short.reverseBytes(" + narrow(Primitive.SHORT, less) + ")";
    };
  }

  private String longIntrinsic(int depth) {
    int less = depth - 1;
    String a = longer(less);
    String b = longer(less);
    return switch (random.nextInt(9)) {
      case 0 -> "Math." + pick("min", "max") + "(" + a + ", " + b + ")";
      case 1 -> "Math.abs(" + a + ")";
      case 2 ->
          "Math." + pick("addExact", "subtractExact", "multiplyExact") + "(" + a + ", " + b + ")";
      case 3 -> "Math." + pick("floorDiv", "floorMod") + "(" + a + ", " + b + ")";
      case 4 -> "Long." + pick("divideUnsigned", "remainderUnsigned") + "(" + a + ", " + b + ")";
      case 5 -> "Long." + pick("rotateLeft", "rotateRight") + "(" + a + ", " + integer(less) + ")";
      case 6 -> "Long.reverseBytes(" + a + ")";
      case 7 -> "Integer.toUnsignedLong(" + integer(less) + ")";
      default -> "Long." + pick("min", "max", "sum") + "(" + a + ", " + b + ")";
    };
  }

  /// A switch expression.
  private String chosen(Primitive type, int depth) {
    int less = Math.min(depth - 1, 1);
    List<String> colors = scope.references(Reference.COLOR);
    if (!colors.isEmpty() && random.nextBoolean()) {
      String local = scope.fresh("y");
      return "(switch ("
          + any(colors)
          + ") { case RED -> "
          + of(type, less)
          + "; case GREEN, BLACK -> "
          + of(type, less)
          + "; case BLUE -> { "
          + type.text()
          + " "
          + local
          + " = "
          + of(type, less)
          + "; yield "
          + local
          + "; } })";
    }
    return "(switch ("
        + integer(less)
        + pick(" & 3", "")
        + ") { case 0 -> "
        + of(type, less)
        + "; case 1, 3 -> "
        + of(type, less)
        + "; default -> "
        + of(type, less)
        + "; })";
  }

  /// An index, mostly one that exists.
  String index(int length, int depth) {
    return random.nextInt(12) == 0 ? integer(depth) : "(" + intLike(depth) + ") & " + (length - 1);
  }

  private String element(String type, int depth) {
    List<String> args = scope.references(Reference.ARGS);
    List<String> ints = scope.references(Reference.INTS);
    boolean isInt = type.equals("int");
    return switch (random.nextInt(5)) {
      case 0 -> isInt ? "table[" + index(8, depth) + "]" : "constants[" + index(4, depth) + "]";
      case 1 -> "(0 + " + (isInt ? "perCpu" : "array") + ".get(" + index(4, depth) + "))";
      case 2 ->
          args.isEmpty()
              ? of(isInt ? Primitive.INT : Primitive.LONG, depth)
              : any(args)
                  + (isInt ? ".ints[" + index(4, depth) : ".longs[" + index(2, depth))
                  + "]";
      case 3 ->
          args.isEmpty()
              ? of(isInt ? Primitive.INT : Primitive.LONG, depth)
              : "(" + (isInt ? "0" : "0L") + " + " + any(args) + ".bytes[" + index(8, depth) + "])";
      default ->
          ints.isEmpty()
              ? of(isInt ? Primitive.INT : Primitive.LONG, depth)
              : any(ints) + "[" + index(4, depth) + "]";
    };
  }

  private String atomic(String type, int depth) {
    String place =
        type.equals("Long") ? pick("atomicLong", "counters.get(" + index(4, 0) + ")") : "atomicInt";
    Primitive value = type.equals("Long") ? Primitive.LONG : Primitive.INT;
    return switch (scope.has(5, 12) ? random.nextInt(4) : 0) {
      case 0 -> place + ".get()";
      case 1 ->
          place
              + "."
              + pick("incrementAndGet", "getAndIncrement", "decrementAndGet", "getAndDecrement")
              + "()";
      default ->
          place + "." + pick("addAndGet", "getAndAdd", "getAndSet") + "(" + of(value, depth) + ")";
    };
  }

  /// A component or field of something that is referred to.
  private String member(Primitive type, int depth) {
    boolean isInt = type == Primitive.INT;
    List<String> views = scope.references(Reference.VIEW);
    List<String> pairs = scope.references(Reference.PAIR);
    List<String> wides = scope.references(Reference.WIDE);
    List<String> keys = scope.references(Reference.KEY);
    List<String> slots = scope.references(Reference.SLOT);
    return switch (random.nextInt(7)) {
      case 5 ->
          (slots.isEmpty() ? "slots[" + index(4, 0) + "]" : any(slots))
              + (isInt ? pick(".used", ".at.x", ".at.y") : ".weight");
      case 6 ->
          isInt
              ? pick("table.length", "color.ordinal()", "text.byteAt(3)", "shorts[1]")
              : scope.isPacket()
                  ? "(queue.push(" + key(0) + ") ? 1L : 0L)"
                  : "atomicInt.longValue()";
      case 0, 1 ->
          views.isEmpty()
              ? place(type, depth)
              : any(views)
                  + "."
                  + (isInt ? pick(Declarations.INT_VIEWS) : pick(Declarations.LONG_VIEWS))
                  + "()";
      case 2 ->
          pairs.isEmpty()
              ? place(type, depth)
              : any(pairs) + (isInt ? pick(".a", ".c", ".d") : pick(".b", ".n.get()"));
      case 3 ->
          wides.isEmpty()
              ? place(type, depth)
              : any(wides) + (isInt ? pick(".a()", ".b()") : ".c()");
      default ->
          keys.isEmpty()
              ? place(type, depth)
              : (isInt ? "" : "(long) ") + any(keys) + pick(".a()", ".b()");
    };
  }

  @SafeVarargs
  final <T> T pick(T... of) {
    return of[random.nextInt(of.length)];
  }

  String any(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }
}
