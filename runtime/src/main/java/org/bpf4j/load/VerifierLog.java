package org.bpf4j.load;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The verifier's log of a rejected program.
///
/// @param text all of it
record VerifierLog(String text) {

  /// What lines begin with that describe progress and not the verdict.
  private static final List<String> PROGRESS =
      List.of(
          "processed ",
          "verification time ",
          "stack depth ",
          "insns_processed",
          "func#",
          "Func#",
          "Validating ",
          "mark_precise",
          "last_idx ",
          "regs=",
          "from ",
          "; ",
          "frame",
          "caller:",
          "callee:",
          "returning from callee",
          "to caller at",
          "propagating ",
          "parent ");

  /// `r1`, `w1` and `R1`.
  private static final Pattern REGISTER = Pattern.compile("\\b[rwR](\\d{1,2})\\b");

  private static final String NO_REASON = "the verifier gave no reason";

  /// What interrupts the verifier, and may stand behind the instruction at which it was.
  private static final List<String> INTERRUPTIONS =
      List.of("BPF program is too large.", "infinite loop detected", "The sequence of ");

  /// What begins the report that kernels since 7.3 put behind the steps.
  private static final String REPORT = "Verification failed: ";

  /// What the steps of the report's excerpt are marked with where it stopped.
  private static final Pattern MARKED = Pattern.compile("^ *>>> (\\d+) \\| \\([0-9a-f]{2}\\) ");

  /// The steps, without the report about them.
  private List<String> steps() {
    return text.lines().takeWhile(line -> !line.startsWith(REPORT)).toList();
  }

  /// The line that says why: the last one that is neither an instruction, nor a state, nor a count.
  String reason() {
    List<String> lines = steps();
    for (String line : lines.reversed()) {
      String stripped = line.strip();
      for (String interruption : INTERRUPTIONS) {
        if (stripped.contains(interruption)) {
          return stripped.substring(stripped.indexOf(interruption));
        }
      }
      if (!stripped.isEmpty()
          && slot(stripped).isEmpty()
          && !isState(stripped)
          && PROGRESS.stream().noneMatch(stripped::startsWith)) {
        return stripped;
      }
    }
    return NO_REASON;
  }

  /// What the registers and the stack held where it stopped, in the verifier's words.
  Map<String, String> registers() {
    return RegisterStates.last(steps());
  }

  /// The names of the registers that the last step or the reason names.
  List<String> concerned() {
    String last =
        steps().reversed().stream()
            .map(String::strip)
            .filter(line -> slot(line).isPresent())
            .findFirst()
            .orElse("");
    return REGISTER
        .matcher(last.replaceFirst("\\s; .*", "") + " " + reason())
        .results()
        .map(name -> "R" + name.group(1))
        .distinct()
        .toList();
  }

  /// Whether it was asked for and said nothing but counts.
  boolean isSilent() {
    return reason().equals(NO_REASON);
  }

  /// `12: R0=...` or `R0_w=...`: registers at an instruction.
  private static boolean isState(String line) {
    int colon = line.indexOf(": ");
    if (colon > 0 && isNumber(line.substring(0, colon))) {
      return true;
    }
    int equals = line.indexOf('=');
    return line.startsWith("R") && equals > 0 && line.indexOf(' ') > equals;
  }

  /// The slot of the instruction at which the verifier stopped: the last one that it printed, or
  /// else the one that the reason names.
  OptionalInt slot() {
    for (String line : steps().reversed()) {
      OptionalInt slot = slot(line);
      if (slot.isPresent()) {
        return slot;
      }
    }
    OptionalInt marked =
        text.lines()
            .map(MARKED::matcher)
            .filter(Matcher::find)
            .filter(found -> isNumber(found.group(1)))
            .mapToInt(found -> Integer.parseInt(found.group(1)))
            .findFirst();
    return marked.isPresent() ? marked : named(reason());
  }

  /// `12: (61) r0 = *(u32 *)(r1 +0)`.
  private static OptionalInt slot(String line) {
    int colon = line.indexOf(": (");
    return colon > 0 && isNumber(line.substring(0, colon))
        ? OptionalInt.of(Integer.parseInt(line.substring(0, colon)))
        : OptionalInt.empty();
  }

  /// `unreachable insn 5`, `jump out of range from insn 3 to 9`.
  private static OptionalInt named(String reason) {
    int at = reason.indexOf("insn ");
    if (at < 0) {
      return OptionalInt.empty();
    }
    String rest = reason.substring(at + "insn ".length());
    int end = 0;
    while (end < rest.length() && Character.isDigit(rest.charAt(end))) {
      end++;
    }
    return isNumber(rest.substring(0, end))
        ? OptionalInt.of(Integer.parseInt(rest.substring(0, end)))
        : OptionalInt.empty();
  }

  /// Slots have at most 7 digits: `BPF_COMPLEXITY_LIMIT_INSNS` is a million.
  private static boolean isNumber(String text) {
    return !text.isEmpty()
        && text.length() <= 7
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
