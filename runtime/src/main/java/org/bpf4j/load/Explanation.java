package org.bpf4j.load;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// What a verifier's reason means for a program in Java.
///
/// The reasons are those of `kernel/bpf/verifier.c` from Linux 5.10 to 7.3. What they tell with
/// sizes is explained by [AccessMeaning], what they tell of arguments and results by
/// [ValueMeaning]; one that is not listed has the words of the kernel's own report, if it makes
/// one.
enum Explanation {
  MAYBE_NULL(
      "null-check it first|Possibly NULL pointer passed",
      "what may be null is used: ask whether it is before"),
  NO_MEMORY("invalid mem access '(\\w+)'", "what is behind `%s` is not accessed in this way"),
  NO_PARAMETER(
      "func '([^']*)' doesn't have (\\d+)-th argument", "`%s` has fewer parameters in this kernel"),
  CONTEXT_MOVED(
      "dereference of modified (\\w+) ptr \\S+ off=(-?\\d+) disallowed",
      "something was added to the reference (`%s`, now at offset %s): it is used as it was given"
          + " alone, with constant offsets in the instruction"),
  CONTEXT_VARIABLE(
      "variable (\\w+) access var_off=",
      "the offset into `%s` depends on a number, and must be constant"),
  CONSTANT_STORE(
      "BPF_ST stores into R\\d+ (\\w+) is not allowed",
      "constants are not written to `%s` in this kernel, if the context may be written there at all"),
  ATOMIC_PLACE(
      "BPF_(?:ATOMIC|XADD) (?:stores into|loads from) R\\d+ (\\w+) is not allowed",
      "there are no atomic operations on `%s`"),
  READ_ONLY(
      "only read(?: from \\w+)? is supported|cannot write into \\w+|from untrusted read-only memory",
      "programs may only read there, as in the kernel's own structs"),
  UNALIGNED(
      "misaligned .*access off .* size (\\d+)",
      "an access of %1$s bytes needs an address that is a multiple of %1$s"),
  OPERATOR(
      "pointer arithmetic with (\\S+) operator prohibited|bitwise operator (\\S+) on pointer",
      "`%s` makes no sense for a reference: only numbers within its bounds are added to one, or"
          + " subtracted"),
  ARITHMETIC(
      "pointer arithmetic on (\\w+) prohibited|math between (\\w+) pointer and -?\\d+ is not",
      "nothing may be added to a reference of this kind (`%s`)"),
  UNBOUNDED_BELOW(
      "register with unbounded min value",
      "the number that is added to the reference has no lower bound: compare it with 0 before"),
  UNBOUNDED_SUM(
      "math between \\w+ pointer and|makes \\w+ pointer be out of bounds|pointer offset .* is not",
      "what is added to the reference may lead far outside of what it refers to"),
  NEGATIVE_INDEX(
      "min value is negative, either use unsigned index",
      "the index may be negative: compare it with 0 before"),
  NEGATIVE_SIZE(
      "min value is negative, either use unsigned or",
      "the size may be negative: compare it with 0 before"),
  UNBOUNDED_INDEX(
      "unbounded memory access, make sure",
      "the index has no upper bound: compare it with the size of what is accessed before"),
  UNBOUNDED_SIZE(
      "unbounded memory access, use",
      "the size has no upper bound: compare it with the room there is before"),
  ZERO_SIZE("invalid zero-sized read", "the size may be 0, and a call that reads needs 1 at least"),
  STACK_SIZE(
      "combined stack size of (\\d+) calls is (\\d+)\\. Too large",
      "the locals of %s methods, each called by the one before, take %s bytes; the kernel gives"
          + " 512 to all together"),
  ONE_STACK(
      "stack size (?:of subprog \\d+ is )?(\\d+).* (?:is )?too large",
      "the locals of one method take %s bytes; the kernel gives 512"),
  TAIL_CALL_STACK(
      "tail_calls are not allowed when call stack of previous frames is (\\d+) bytes",
      "the locals of the methods up to a tail call take %s bytes; the kernel gives 256"),
  DEPTH(
      "the call stack of (\\d+) frames is too deep",
      "%s methods are under way at once, each called by the one before; the kernel takes 8"),
  RECURSION("recursive call from", "a method calls itself, directly or by others"),
  UNREAD_RESULT(
      "R0 !read_ok(?=.*\\(95\\) exit)", "the program ends, and nothing was assigned to its result"),
  UNREAD(
      "R(\\d+) !read_ok",
      "nothing is assigned to r%s before it is used; calls leave nothing in r1 to r5"),
  TOO_MANY_STEPS(
      "BPF program is too large\\. Processed (\\d+) insn",
      "the verifier gave up after %s steps: it follows each round of a loop and each way through a"
          + " branch; loops with fewer rounds, or fewer branches inside of them, help"),
  TOO_COMPLEX(
      "The sequence of (\\d+) jumps is too complex",
      "the verifier gave up with %s branches to look at: fewer branches inside of loops help"),
  ENDLESS("infinite loop detected", "the verifier does not see that the loop ends"),
  CYCLE(
      "back-edge from insn",
      "there is a loop whose end the verifier does not see, or a method that calls itself"),
  NO_INSTRUCTION(
      "unknown (?:insn )?opcode|invalid BPF_\\w+ opcode|uses reserved fields",
      "this kernel knows no such instruction"),
  NO_REGISTER("R(\\d+) is invalid", "there is no register r%s"),
  UNREACHABLE("unreachable insn", "nothing gets to that instruction"),
  FALLS_OFF("last insn is not an exit or jmp", "the end of the code is reached without a return"),
  OUTSIDE_JUMP("jump out of range", "a branch leads out of its function"),
  NO_HELPER(
      "(?:unknown func|program of this type cannot use helper|invalid func) (\\w+#\\d+)",
      "programs of this kind have no helper `%s` in this kernel"),
  HELPER_ELSEWHERE(
      "helper call is not allowed in probe",
      "this program may not call that helper where it is attached"),
  NO_FUNCTION(
      "calling kernel function (\\S+) is not allowed",
      "programs of this kind do not call `%s` in this kernel"),
  LICENSE(
      "from non-GPL compatible program",
      "what is called needs a licence that goes with the GPL: `@Bpf(license = \"GPL\")`, or of an"
          + " object that says none `BpfObject.withLicense`"),
  SLEEPS(
      "might sleep in a non-sleepable|must be sleepable to call|sleepable .* in non-sleepable",
      "what is called may sleep, and this program may not"),
  WRONG_TAIL_CALL("expected prog array map for tail call", "a tail call takes a program array"),
  MISMATCH(
      "kernel subsystem misconfigured",
      "the arguments do not fit together: perhaps the call does not take maps of that kind"),
  LOCKED(
      "calls are not allowed while holding a lock|inside bpf_spin_lock"
          + "|BPF_EXIT.* inside bpf_spin_lock",
      "nothing but plain work is allowed while a lock is held"),
  TAIL_LEAK(
      "tail_call would lead to reference leak",
      "what was taken must be given back before a tail call"),
  LEAK("R(\\d+) leaks addr", "an address of the kernel would get out"),
  GLOBAL_ARGUMENTS(
      "Caller passes invalid args into func#\\d+ \\('(\\w+)'\\)",
      "what is passed to `%s` is not what its parameters say; a global function is verified alone");

  private static final Pattern UNRELEASED =
      Pattern.compile("Unreleased reference id=\\d+ alloc_insn=(\\d{1,7})");

  private final Pattern pattern;
  private final String meaning;

  Explanation(String pattern, String meaning) {
    this.pattern = Pattern.compile(pattern);
    this.meaning = meaning;
  }

  /// The explanation of a verdict, or `""`.
  ///
  /// @param line the source line of an instruction's slot, in words, or `""`
  static String of(VerifierLog log, IntFunction<String> line) {
    Matcher unreleased = UNRELEASED.matcher(log.reason());
    if (unreleased.find()) {
      return "what " + taker(unreleased.group(1), line) + " takes is not given back on every way";
    }
    return AccessMeaning.of(log)
        .or(() -> ValueMeaning.of(log))
        .or(() -> listed(log))
        .orElseGet(log::reported);
  }

  private static String taker(String slot, IntFunction<String> line) {
    String place = line.apply(Integer.parseInt(slot));
    return place.isEmpty() ? "instruction " + slot : place;
  }

  private static Optional<String> listed(VerifierLog log) {
    String said = log.reason() + "\t" + log.step();
    return Arrays.stream(values()).flatMap(one -> one.meaning(said).stream()).findFirst();
  }

  private Optional<String> meaning(String said) {
    Matcher matcher = pattern.matcher(said);
    return matcher.find() ? Optional.of(meaning.formatted(groups(matcher))) : Optional.empty();
  }

  /// Of alternatives, the groups of the one that fits.
  private static Object[] groups(Matcher matcher) {
    return IntStream.rangeClosed(1, matcher.groupCount())
        .mapToObj(matcher::group)
        .filter(Objects::nonNull)
        .toArray();
  }
}
