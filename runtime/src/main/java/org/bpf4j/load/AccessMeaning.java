package org.bpf4j.load;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the verifier's words about an access outside of what there is mean, with the sizes that
/// they tell.
enum AccessMeaning {
  MAP_VALUE(
      "invalid access to map value, value_size=(?<room>\\d+) off=(?<at>-?\\d+) size=(?<size>-?\\d+)",
      "a map's value"),
  MAP_KEY(
      "invalid access to map key, key_size=(?<room>\\d+) off=(?<at>-?\\d+) size=(?<size>-?\\d+)",
      "a map's key"),
  MEMORY(
      "invalid access to memory, mem_size=(?<room>\\d+) off=(?<at>-?\\d+) size=(?<size>-?\\d+)",
      "memory"),
  ARGUMENTS(
      "invalid access to context, ctx_size=(?<room>\\d+) off=(?<at>-?\\d+) size=(?<size>-?\\d+)",
      "a context"),
  PACKET(
      "invalid access to packet, off=(?<at>-?\\d+) size=(?<size>-?\\d+), \\S+\\(id=(?<id>\\d+),.*?"
          + "r=(?<room>\\d+)\\)",
      "the packet") {
    @Override
    String where(Found found) {
      long end = found.number("at") + found.number("size");
      String begin = found.group("id").equals("0") ? "" : " from the place that was computed";
      return " at offset %s of the packet%s, of which %s: check before that it has %d"
          .formatted(found.group("at"), begin, known(found.number("room")), end);
    }

    private static String known(long bytes) {
      return bytes == 0
          ? "nothing is known to be there"
          : "only the first " + bytes(bytes) + " are known to be there";
    }
  },
  STACK(
      "invalid(?: indirect)? (?:read from|write to|access to) stack (?:R\\d+ )?off=(?<at>-?\\d+)"
          + " size=(?<size>\\d+)",
      "the stack") {
    @Override
    String where(Found found) {
      long at = found.number("at");
      return at < -STACK_BYTES || at + found.number("size") > 0
          ? " at %d of the stack, which has 512 bytes, from -512 to 0".formatted(at)
          : " at %d of the stack, which were not written before".formatted(at);
    }
  },
  UNWRITTEN_STACK(
      "invalid (?:indirect )?read from stack (?:\\S+ )?(?:off|var_off) (?<at>\\S+?)\\+(?<from>\\d+)"
          + " size (?<size>\\d+)",
      "the stack") {
    @Override
    String where(Found found) {
      return " at %s of the stack, of which byte %s was not written before"
          .formatted(found.group("at"), found.group("from"));
    }
  },
  VARIABLE_STACK(
      "invalid (?:variable-offset|unbounded variable-offset)(?: indirect)?"
          + "(?: read from| write to| access to)? stack R\\d+(?: var_off=.*size=(?<size>\\d+))?",
      "the stack") {
    @Override
    String where(Found found) {
      return " at a place of the stack that depends on a number, and may lie outside of its 512"
          + " bytes";
    }
  },
  READ_ONLY_MAP(
      "(?:write into|read from) map forbidden, value_size=(?<room>\\d+) off=(?<at>-?\\d+)"
          + " size=(?<size>\\d+)",
      "a map's value") {
    @Override
    String where(Found found) {
      return found.text().startsWith("write")
          ? " at offset %s of a map that programs may only read".formatted(found.group("at"))
          : " at offset %s of a map that programs may only write".formatted(found.group("at"));
    }
  },
  STRUCT("access beyond struct (?<what>\\w+) at off (?<at>\\d+) size (?<size>\\d+)", "a struct") {
    @Override
    String where(Found found) {
      return " at offset %s of `struct %s`, which is smaller in this kernel"
          .formatted(found.group("at"), found.group("what"));
    }
  },
  MEMBER(
      "access beyond the end of member (?<what>\\w+) \\(mend:(?<room>\\d+)\\) in struct"
          + " (?<type>\\w+) with off (?<at>\\d+) size (?<size>\\d+)",
      "a struct") {
    @Override
    String where(Found found) {
      return " at offset %s of `struct %s`, but its member `%s` ends at %s in this kernel"
          .formatted(
              found.group("at"), found.group("type"), found.group("what"), found.group("room"));
    }
  },
  POINTER_MEMBER(
      "cannot access ptr member (?<what>\\w+) with moff \\d+ in struct (?<type>\\w+) with off"
          + " (?<at>\\d+) size (?<size>\\d+)",
      "a struct") {
    @Override
    String where(Found found) {
      return " at offset %s of `struct %s`, but its member `%s` is a reference of 8"
          .formatted(found.group("at"), found.group("type"), found.group("what"));
    }
  },
  BUFFER("invalid \\w+ buffer access: off=(?<at>-?\\d+), size=(?<size>\\d+)", "the buffer"),
  CONTEXT("invalid bpf_context access off=(?<at>-?\\d+) size=(?<size>\\d+)", "the context") {
    @Override
    String where(Found found) {
      return " at offset %s of the context: for programs of this kind it has no such field, or"
              .formatted(found.group("at"))
          + " none that is accessed like that";
    }
  };

  /// `MAX_BPF_STACK` of the kernel.
  private static final int STACK_BYTES = 512;

  /// What a state says of a reference to which a number was added that is not constant.
  private static final Pattern VARIABLE = Pattern.compile("\\b(?:smin|smax|umin|umax|var_off)");

  private static final Pattern BASE = Pattern.compile("R\\d+(?= (?:min|max) value)");

  private final Pattern pattern;
  private final String what;

  AccessMeaning(String pattern, String what) {
    this.pattern = Pattern.compile(pattern);
    this.what = what;
  }

  /// What was found in a log.
  record Found(VerifierLog log, Matcher matcher) {
    String text() {
      return matcher.group();
    }

    String group(String name) {
      return matcher.group(name);
    }

    long number(String name) {
      String digits = group(name);
      return digits.length() > 18 ? 0 : Long.parseLong(digits);
    }

    /// The register that holds the reference, where the reason says it; or `""`.
    String register() {
      Matcher register = BASE.matcher(log.reason());
      return register.find() ? register.group() : "";
    }

    /// Whether the reference moves with a number.
    boolean isVariable() {
      return VARIABLE.matcher(log.registers().getOrDefault(register(), "")).find();
    }

    boolean isMost() {
      return log.reason().contains("max value is outside");
    }
  }

  /// The meaning of a verdict, if it is about such an access.
  static Optional<String> of(VerifierLog log) {
    if (log.reason().contains("-th argument")) {
      return Optional.empty();
    }
    return Arrays.stream(values()).flatMap(one -> one.meaning(log).stream()).findFirst();
  }

  private Optional<String> meaning(VerifierLog log) {
    Matcher matcher = pattern.matcher(log.reason());
    if (!matcher.find()) {
      return Optional.empty();
    }
    Found found = new Found(log, matcher);
    return Optional.of(actor(log.step()) + amount(found) + where(found));
  }

  /// What does it: the instruction itself, or the helper that it calls.
  private static String actor(String step) {
    String insn = step.replaceFirst("^\\d+: \\([0-9a-f]{2}\\) ", "");
    if (insn.startsWith("call ")) {
      return "`" + insn.substring("call ".length()).replaceFirst("#.*", "") + "` is to access ";
    }
    if (insn.startsWith("lock ") || insn.contains("atomic")) {
      return "it changes ";
    }
    return insn.startsWith("*(") ? "it writes " : insn.contains("= *(") ? "it reads " : "it uses ";
  }

  private String amount(Found found) {
    if (!pattern.namedGroups().containsKey("size") || found.group("size") == null) {
      return "a part";
    }
    return bytes(found.number("size"));
  }

  private static String bytes(long count) {
    return count == 1 ? "1 byte" : count + " bytes";
  }

  /// Where, and what is there.
  String where(Found found) {
    long at = found.number("at");
    String place =
        !found.isVariable()
            ? " at offset " + at
            : found.isMost()
                ? " at an offset of up to " + at
                : " at an offset of " + at + " or more";
    String room =
        pattern.namedGroups().containsKey("room")
            ? " that has " + bytes(found.number("room"))
            : ", where nothing is";
    String advice =
        at < 0
            ? ": that is before its beginning"
            : found.isVariable() && found.isMost() ? ": compare the index with that before" : "";
    String whose = found.log().map(found.register()).map(name -> " (`" + name + "`)").orElse("");
    return place + " of " + what + whose + room + advice;
  }
}
