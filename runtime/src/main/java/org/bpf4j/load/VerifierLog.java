package org.bpf4j.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
          "subprog ",
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
          "parent ",
          "cur state: ",
          "old state: ");

  /// `r1`, `w1` and `R1`.
  private static final Pattern REGISTER = Pattern.compile("\\b[rwR](\\d{1,2})\\b");

  /// What an instruction changed stands behind it.
  private static final Pattern CHANGES = Pattern.compile("\\s+; .*");

  private static final Pattern NUMBER =
      Pattern.compile("(R\\d+) invalid mem access '(?:scalar|inv)'");

  /// States of numbers: of any, of one in particular, and of one that must be exact.
  private static final Pattern NUMERIC = Pattern.compile("P?(?:scalar|inv|-?\\d)");

  private static final Pattern MAP_NAME = Pattern.compile("\\bmap=([\\w.]+),");

  /// The register that an instruction assigns to without reading it.
  private static final Pattern ASSIGNED = Pattern.compile("(?<=\\) )[rw]\\d{1,2} = ");

  private static final String NO_REASON = "the verifier gave no reason";

  /// What interrupts the verifier, and may stand behind the instruction at which it was.
  private static final List<String> INTERRUPTIONS =
      List.of("BPF program is too large.", "infinite loop detected", "The sequence of ");

  /// What begins the report that kernels since 7.3 put behind the steps.
  private static final String REPORT = "Verification failed: ";

  /// What stands above the report's sentences about the reason.
  private static final String REPORTED_REASON = "Reason:";

  /// Some messages end without an end of line, and counts follow at once.
  private static final Pattern COUNTS = Pattern.compile("processed \\d+ insns \\(limit .*");

  /// How many messages at the most make a reason: two, and one from before them.
  private static final int MESSAGES = 3;

  /// What the steps of the report's excerpt are marked with where it stopped.
  private static final Pattern MARKED = Pattern.compile("^ *>>> (\\d+) \\| \\([0-9a-f]{2}\\) ");

  /// The steps, without the report about them.
  private List<String> steps() {
    return text.lines().takeWhile(line -> !line.startsWith(REPORT)).toList();
  }

  /// Why, in one line: [the messages][#messages()].
  String reason() {
    List<String> messages = messages();
    return messages.isEmpty() ? NO_REASON : String.join("; ", messages);
  }

  /// The lines that say why: the last ones together that are neither an instruction, nor a state,
  /// nor a count. The verifier tells sizes and what is wrong with them in two.
  List<String> messages() {
    List<String> messages = new ArrayList<>();
    for (String line : steps().reversed()) {
      String stripped = COUNTS.matcher(line).replaceFirst("").strip();
      Optional<String> interruption = interruption(stripped);
      if (messages.isEmpty() && interruption.isPresent()) {
        return List.of(interruption.get());
      }
      if (isMessage(stripped)) {
        messages.addFirst(stripped);
      }
      if (messages.size() == MESSAGES || !messages.isEmpty() && !isMessage(stripped)) {
        break;
      }
    }
    return List.copyOf(messages);
  }

  private static Optional<String> interruption(String line) {
    return INTERRUPTIONS.stream()
        .filter(line::contains)
        .map(interruption -> line.substring(line.indexOf(interruption)))
        .findFirst();
  }

  private static boolean isMessage(String line) {
    return !line.isEmpty()
        && slot(line).isEmpty()
        && !isState(line)
        && PROGRESS.stream().noneMatch(line::startsWith);
  }

  /// What the kernel's own report says about the reason, in one line; `""` before Linux 7.3.
  String reported() {
    return text.lines()
        .dropWhile(line -> !line.startsWith(REPORT))
        .dropWhile(line -> !line.equals(REPORTED_REASON))
        .skip(1)
        .takeWhile(line -> line.startsWith(" "))
        .map(String::strip)
        .collect(Collectors.joining(" "));
  }

  /// The instruction at which the verifier stopped, as it printed it: `12: (61) r0 = *(u32 *)(r1
  /// +0)`; `""` if it printed none.
  String step() {
    return steps().reversed().stream()
        .map(String::strip)
        .filter(line -> slot(line).isPresent())
        .findFirst()
        .map(line -> CHANGES.matcher(line).replaceFirst(""))
        .map(line -> cut(line))
        .orElse("");
  }

  /// Without what interrupted it.
  private static String cut(String step) {
    return interruption(step)
        .map(reason -> step.substring(0, step.length() - reason.length()).strip())
        .orElse(step);
  }

  /// What the registers and the stack held where it stopped, in the verifier's words.
  Map<String, String> registers() {
    Map<String, String> registers = new LinkedHashMap<>(RegisterStates.last(steps()));
    number().ifPresent(register -> registers.computeIfPresent(register, VerifierLog::numeric));
    return registers;
  }

  /// The reference that was in the register which the reason calls a number: logs do not tell when
  /// one ceases to be a reference.
  Optional<String> lost() {
    return number()
        .map(RegisterStates.last(steps())::get)
        .filter(state -> numeric("", state) == null);
  }

  /// The register that the reason calls a number.
  Optional<String> number() {
    Matcher number = NUMBER.matcher(reason());
    return number.find() ? Optional.of(number.group(1)) : Optional.empty();
  }

  private static @Nullable String numeric(String register, String state) {
    return NUMERIC.matcher(state).lookingAt() ? state : null;
  }

  /// The name of the map into which a register refers, where the kernel says it (since Linux 6.8).
  Optional<String> map(String register) {
    Matcher name = MAP_NAME.matcher(registers().getOrDefault(register, ""));
    return name.find() ? Optional.of(name.group(1)) : Optional.empty();
  }

  /// The names of the registers that the last step reads or the reason names.
  List<String> concerned() {
    return REGISTER
        .matcher(ASSIGNED.matcher(step()).replaceFirst("") + " " + reason())
        .results()
        .map(name -> "R" + name.group(1))
        .distinct()
        .toList();
  }

  /// Whether it was asked for and said nothing but counts.
  boolean isSilent() {
    return reason().equals(NO_REASON);
  }

  /// Whether the program is of a sort that may not sleep in this kernel.
  boolean forbidsSleep() {
    return reason().contains("be sleepable");
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
