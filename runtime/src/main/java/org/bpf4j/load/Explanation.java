package org.bpf4j.load;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a verifier's reason means for a program in Java.
///
/// The reasons are those of `kernel/bpf/verifier.c` from Linux 5.10 to 7.3; one that is not listed
/// has no explanation.
enum Explanation {
  MAYBE_NULL(
      "invalid mem access '\\w*_or_null'",
      "it may be null, as what a map or a helper gives may be: ask before it is used"),
  NOT_A_POINTER(
      "invalid mem access '(?:scalar|inv)'", "it is a number for the verifier, not a reference"),
  MAP_VALUE(
      "invalid access to map value, value_size=(\\d+) off=(-?\\d+) size=(\\d+)",
      "%3$s bytes at %2$s of a value of %1$s"),
  PACKET(
      "invalid access to packet", "the packet may be shorter: its length is to be compared before"),
  OUTSIDE(
      "(?:min|max) value is (?:outside of the allowed memory range|negative)|unbounded memory access",
      "the index may be outside of what is accessed: compare it with the bounds before"),
  STACK(
      "invalid (?:indirect )?(?:read from|write to|access to) stack",
      "it is outside of the stack, or was never written"),
  STACK_SIZE(
      "combined stack size of|stack size of \\d+.*too large|stack depth .* exceeds",
      "locals of all methods on the way need more than the kernel's 512 bytes"),
  UNREAD("!read_ok", "it is used before anything is assigned to it"),
  UNRELEASED(
      "Unreleased reference id=\\d+ alloc_insn=(\\d+)|reference leak",
      "what is taken there is not given back on every way"),
  TOO_MANY_STEPS(
      "BPF program is too large\\.|The sequence of \\d+ jumps is too complex",
      "the verifier gave up: loops with fewer rounds, or fewer branches inside of them, help"),
  ENDLESS(
      "infinite loop detected|back-edge from insn", "the verifier does not see that the loop ends"),
  UNREACHABLE("unreachable insn", "nothing gets to that instruction"),
  RETURN_VALUE(
      "(?:At program exit the register R0 has|R0 has) .*should have been in",
      "the hook does not take every number as a result"),
  NO_HELPER(
      "unknown func|program of this type cannot use helper|helper call is not allowed in probe",
      "programs of this kind have no such helper in this kernel"),
  LICENSE(
      "cannot call GPL-restricted function from non-GPL compatible program",
      "`@Bpf(license = \"GPL\")` is needed for that helper"),
  LOCKED(
      "function calls are not allowed while holding a lock|BPF_EXIT.* inside bpf_spin_lock",
      "nothing but plain work is allowed while a lock is held");

  private final Pattern pattern;
  private final String meaning;

  Explanation(String pattern, String meaning) {
    this.pattern = Pattern.compile(pattern);
    this.meaning = meaning;
  }

  /// The explanation of a reason, or `""`.
  static String of(String reason) {
    for (Explanation explanation : values()) {
      Matcher matcher = explanation.pattern.matcher(reason);
      if (matcher.find()) {
        Object[] groups = new Object[matcher.groupCount()];
        for (int i = 0; i < groups.length; i++) {
          groups[i] = matcher.group(i + 1);
        }
        return explanation.meaning.formatted(groups);
      }
    }
    return "";
  }
}
