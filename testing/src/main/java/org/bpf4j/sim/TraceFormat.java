package org.bpf4j.sim;

import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The conversions of `bpf_trace_printk`: `%d %i %u %x %X %c %s %p`, with `l`, `ll` and a width.
final class TraceFormat {

  private static final Pattern CONVERSION =
      Pattern.compile(
          "%(?<flags>[-0 ]*)(?<width>\\d{0,3})(?<length>l{0,2})(?<kind>[diuxXcspk%]+?)");

  private TraceFormat() {}

  /// Formats as the kernel does.
  ///
  /// @param text finds the zero-terminated text at an address
  static String format(String format, long[] arguments, LongFunction<String> text) {
    StringBuilder out = new StringBuilder();
    Matcher matcher = CONVERSION.matcher(format);
    int argument = 0;
    while (matcher.find()) {
      String kind = matcher.group("kind");
      long value = kind.equals("%") || argument == arguments.length ? 0 : arguments[argument++];
      boolean wide = !matcher.group("length").isEmpty();
      String converted = convert(kind, wide, value, text);
      matcher.appendReplacement(out, Matcher.quoteReplacement(pad(matcher, converted)));
    }
    return matcher.appendTail(out).toString();
  }

  private static String convert(String kind, boolean wide, long value, LongFunction<String> text) {
    return switch (kind) {
      case "%" -> "%";
      case "d", "i" -> wide ? Long.toString(value) : Integer.toString((int) value);
      case "u" -> wide ? Long.toUnsignedString(value) : Integer.toUnsignedString((int) value);
      case "x" -> wide ? Long.toHexString(value) : Integer.toHexString((int) value);
      case "X" -> convert("x", wide, value, text).toUpperCase(java.util.Locale.ROOT);
      case "c" -> Character.toString((char) (value & 0xff));
      case "s" -> text.apply(value);
      default -> String.format("%016x", value);
    };
  }

  private static String pad(Matcher matcher, String converted) {
    String width = matcher.group("width");
    int missing = width.isEmpty() ? 0 : Integer.parseInt(width) - converted.length();
    if (missing <= 0) {
      return converted;
    }
    String flags = matcher.group("flags");
    if (flags.contains("-")) {
      return converted + " ".repeat(missing);
    }
    return flags.contains("0") && converted.startsWith("-")
        ? "-" + "0".repeat(missing) + converted.substring(1)
        : (flags.contains("0") ? "0" : " ").repeat(missing) + converted;
  }
}
