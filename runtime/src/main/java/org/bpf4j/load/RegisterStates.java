package org.bpf4j.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a verifier's log says that registers and the stack hold, line by line.
///
/// A line tells all of it (`12: R0=1 R10=fp0`, `from 9 to 11: R0=...`), or behind an instruction
/// what changed (`12: (b7) r1 = 1 ; R1=1`), or, in old kernels, all on a line of its own (`
/// R0_w=inv1 R10=fp0`).
final class RegisterStates {

  /// `R0`, `R1_w`, `fp-8`, `fp-16_r`: marks of reading and writing are no part of the name.
  private static final Pattern NAME = Pattern.compile("(R\\d+|fp-\\d+)(?:_\\w+)?=");

  /// What begins a line that tells everything.
  private static final Pattern WHOLE =
      Pattern.compile("^(?:(?:from )?\\d+(?: to \\d+)?: )?(?:frame\\d+: ?)? *(?=R\\d+(?:_\\w+)?=)");

  /// A step: what changed stands behind the last `; `.
  private static final Pattern STEP =
      Pattern.compile("^\\d+: \\([0-9a-f]{2}\\) .*?\\s; (?=R\\d|fp-)");

  /// A call that went well: what changed stands behind it.
  private static final Pattern CALL = Pattern.compile("^\\d+: \\(85\\) call .*\\s; ");

  /// What no longer holds anything then.
  private static final Set<String> LOST = Set.of("R1", "R2", "R3", "R4", "R5");

  private final Map<String, String> values = new LinkedHashMap<>();

  private RegisterStates() {}

  /// What they hold at the end of a log.
  static Map<String, String> last(List<String> lines) {
    RegisterStates states = new RegisterStates();
    lines.forEach(states::line);
    return Map.copyOf(states.values);
  }

  private void line(String line) {
    Matcher whole = WHOLE.matcher(line);
    if (whole.find()) {
      values.clear();
      put(line.substring(whole.end()));
      return;
    }
    if (CALL.matcher(line).find()) {
      values.keySet().removeAll(LOST);
    }
    Matcher step = STEP.matcher(line);
    if (step.find()) {
      put(line.substring(step.end()));
    }
  }

  private void put(String states) {
    for (String state : words(states)) {
      Matcher name = NAME.matcher(state);
      if (name.lookingAt()) {
        values.put(name.group(1), state.substring(name.end()));
      }
    }
  }

  /// Words that are parted by blanks, but not inside of brackets.
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ' ' && depth <= 0) {
        words.add(text.substring(start, i));
        start = i + 1;
      }
    }
    words.add(text.substring(start));
    return words;
  }
}
