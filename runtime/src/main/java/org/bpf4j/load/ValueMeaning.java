package org.bpf4j.load;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bpf4j.object.MapKind;

/// What the verifier's words about a value mean that is not what is wanted: an argument of a call,
/// or a program's result.
final class ValueMeaning {

  private static final Pattern NULLABLE =
      Pattern.compile("(?<register>R\\d+) invalid mem access '(?<type>\\w+)_or_null'");

  private static final Pattern ARGUMENT =
      Pattern.compile("R(?<number>\\d+) type=(?<type>\\S+) expected=(?<wanted>[^;]+)");

  private static final Pattern MAP =
      Pattern.compile("cannot pass map_type (?<type>\\d{1,9}) into func (?<name>\\w+)");

  private static final Pattern CALLED = Pattern.compile("\\bcall (?<name>\\w+)");

  /// Before Linux 6.8 what is known of bits, and since then bounds.
  private static final Pattern RESULT =
      Pattern.compile(
          "the register R0 has (?<has>.*?) ?should have been in"
              + " (?:\\[(?<least>-?\\d+), (?<most>-?\\d+)]|\\((?<value>0x[0-9a-f]{1,16}); (?<mask>0x[0-9a-f]{1,16})\\))");

  private static final Pattern BITS =
      Pattern.compile("value \\((?<value>0x[0-9a-f]{1,16}); (?<mask>0x[0-9a-f]{1,16})\\)");

  private static final Pattern BOUNDS =
      Pattern.compile("smin=(?<least>-?\\d+) smax=(?<most>-?\\d+)");

  private ValueMeaning() {}

  /// The meaning of a verdict, if it is about such a value.
  static Optional<String> of(VerifierLog log) {
    return nullable(log)
        .or(() -> number(log))
        .or(() -> argument(log))
        .or(() -> map(log))
        .or(() -> result(log));
  }

  private static Optional<String> nullable(VerifierLog log) {
    Matcher matcher = NULLABLE.matcher(log.reason());
    if (!matcher.find()) {
      return Optional.empty();
    }
    String what =
        log.map(matcher.group("register"))
            .map(name -> "a value of the map `" + name + "`")
            .orElseGet(() -> words(matcher.group("type")));
    return Optional.of(what + " is used that may be null: ask whether it is before");
  }

  private static Optional<String> number(VerifierLog log) {
    return log.number()
        .map(register -> register.toLowerCase(Locale.ROOT))
        .map(
            register ->
                log.lost()
                    .map(
                        before ->
                            "what "
                                + register
                                + " held ("
                                + before
                                + ") is no reference any more: it was given back, or a call may"
                                + " have moved the packet")
                    .orElseGet(() -> usedAs(register, log)));
  }

  /// Kernels before 5.18 forget at once what a register held.
  private static String usedAs(String register, VerifierLog log) {
    String state = log.registers().getOrDefault(register.toUpperCase(Locale.ROOT), "");
    String any =
        state.isEmpty() || state.startsWith("inv(")
            ? ", or what is none any more after some call"
            : "";
    return "a number (in " + register + ") is used as a reference" + any;
  }

  private static Optional<String> argument(VerifierLog log) {
    Matcher matcher = ARGUMENT.matcher(log.reason());
    if (!matcher.find()) {
      return Optional.empty();
    }
    Matcher called = CALLED.matcher(log.step());
    String callee = called.find() ? " of `" + called.group("name") + "`" : "";
    String type = matcher.group("type");
    String wanted =
        Arrays.stream(matcher.group("wanted").split(", *"))
            .map(ValueMeaning::words)
            .distinct()
            .collect(Collectors.joining(", "));
    String help =
        type.endsWith("_or_null") && !matcher.group("wanted").contains(type)
            ? ": ask whether it is null before"
            : "; it takes: " + wanted;
    return Optional.of(
        "argument %s%s is %s%s".formatted(matcher.group("number"), callee, words(type), help));
  }

  /// What the verifier calls a type, in words; what has none stands as it is.
  private static String words(String type) {
    return switch (type) {
      case "scalar", "inv" -> "a number";
      case "fp" -> "a local in memory";
      case "pkt" -> "a part of the packet";
      case "pkt_meta" -> "what stands before the packet";
      case "pkt_end" -> "the packet's end";
      case "map_key" -> "a map's key";
      case "map_value" -> "a map's value";
      case "map_ptr" -> "a map";
      case "ctx" -> "the context";
      case "mem", "alloc_mem", "rdonly_mem", "buf" -> "memory";
      case "ringbuf_mem" -> "a record of a ring";
      case "sock", "sock_common", "tcp_sock", "xdp_sock" -> "a socket (`" + type + "`)";
      case "?" -> "nothing";
      default ->
          type.endsWith("_or_null")
              ? words(type.substring(0, type.length() - "_or_null".length())) + ", or null"
              : type.endsWith("ptr_") ? "a kernel's struct" : "`" + type + "`";
    };
  }

  private static Optional<String> map(VerifierLog log) {
    Matcher matcher = MAP.matcher(log.reason());
    if (!matcher.find()) {
      return Optional.empty();
    }
    int number = Integer.parseInt(matcher.group("type"));
    String kind =
        Arrays.stream(MapKind.values())
            .filter(one -> one.number() == number)
            .map(one -> "kind " + one)
            .findFirst()
            .orElse("kind " + number);
    return Optional.of("`%s` takes no maps of %s".formatted(matcher.group("name"), kind));
  }

  private static Optional<String> result(VerifierLog log) {
    Matcher matcher = RESULT.matcher(log.reason());
    if (!matcher.find()) {
      return Optional.empty();
    }
    String wanted =
        matcher.group("least") == null
            ? bits(matcher.group("value"), matcher.group("mask"))
            : range(matcher.group("least"), matcher.group("most"));
    return Optional.of(
        "the program may return %s, and programs of this kind are to return %s"
            .formatted(known(matcher.group("has")), wanted));
  }

  private static String known(String has) {
    Matcher bits = BITS.matcher(has);
    if (bits.find()) {
      return bits(bits.group("value"), bits.group("mask"));
    }
    Matcher bounds = BOUNDS.matcher(has);
    return bounds.find() ? range(bounds.group("least"), bounds.group("most")) : "any number";
  }

  private static String bits(String value, String mask) {
    long least = Long.parseUnsignedLong(value.substring(2), 16);
    long free = Long.parseUnsignedLong(mask.substring(2), 16);
    return range(Long.toString(least), Long.toUnsignedString(least | free));
  }

  private static String range(String least, String most) {
    return least.equals(most) ? least : least + " to " + most;
  }
}
