package org.bpf4j.compiler.optimize;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Which passes run, in which order, and why in that order.
///
/// The order is a list; the constraints say which parts of it matter. A test compares the two.
final class PassOrder {
  /// A pass in its place.
  ///
  /// @param name what [Optimizer#optimize] may be told to skip
  /// @param required whether the stages behind need what it does
  /// @param pass the transformation
  record Step(String name, boolean required, Pass pass) {}

  /// The first pass must have run before the second.
  record Before(String first, String second, String reason) {}

  static final List<Step> STEPS =
      List.of(
          required("excluded-ways", Pass.each(ExcludedWays::run)),
          required("loop-callbacks", LoopCallbacks::run),
          required("loop-iterators", Pass.each(LoopIterators::run)),
          required("abort-lowering", AbortLowering::run),
          required("record-tests", Pass.each(RecordTests::run)),
          optional("proven-facts", Pass.each(ProvenFacts::run)),
          optional("inlining", Inlining::run),
          required("kernel-loads", KernelLoads::run),
          optional("simplify", Pass.each(Simplify::run)),
          optional("scalar-replacement", Pass.each(ScalarReplacement::run)),
          optional("common-subexpressions", Pass.each(CommonSubexpressions::run)),
          optional("memory-forwarding", Pass.each(MemoryForwarding::run)),
          optional("ranges", Pass.each(RangeSimplification::run)),
          optional("simplify-scalars", Pass.each(Simplify::run)),
          required("signed-division", Pass.each(SignedDivisionExpansion::run)),
          optional("dead-stores", Pass.each(DeadStores::run)),
          optional("simplify-again", Pass.each(Simplify::run)),
          optional("common-subexpressions-again", Pass.each(CommonSubexpressions::run)),
          optional("dead-code", Pass.each(DeadCode::run)),
          required("far-offsets", Pass.each(FarOffsets::run)),
          required("wide-checks", Pass.each(WideChecks::run)),
          required("reachable", Pass.each(Reachable::run)));

  static final List<Before> CONSTRAINTS =
      List.of(
          new Before(
              "excluded-ways",
              "loop-callbacks",
              "in a function of its own a loop knows nothing of what was tested before"),
          new Before(
              "loop-callbacks",
              "abort-lowering",
              "an abort in a callback ends the calls and is told to its caller"),
          new Before(
              "loop-callbacks", "simplify", "a jump that is threaded leaves a loop with two heads"),
          new Before(
              "loop-iterators",
              "abort-lowering",
              "an abort leaves the loop by an edge, as a break does"),
          new Before(
              "abort-lowering",
              "proven-facts",
              "which records are held is known of unoptimised code only"),
          new Before("abort-lowering", "record-tests", "discarding a record may take a test of it"),
          new Before(
              "record-tests", "simplify", "a join of a record with null looks like the record"),
          new Before("abort-lowering", "inlining", "only the program's own code aborts"),
          new Before("abort-lowering", "simplify", "one exit for all aborts is a block to jump to"),
          new Before(
              "proven-facts", "simplify", "a pair disappears once nothing refers to its flag"),
          new Before(
              "inlining", "scalar-replacement", "arguments in memory become visible as accesses"),
          new Before(
              "inlining", "kernel-loads", "what a subprogram gets is known where it is called"),
          new Before(
              "proven-facts", "kernel-loads", "a test of an address is one of the address itself"),
          new Before(
              "kernel-loads", "simplify", "a chain of members that ends in null has one way out"),
          new Before(
              "simplify",
              "scalar-replacement",
              "an address that a join hides keeps its struct in memory"),
          new Before(
              "scalar-replacement", "dead-stores", "what is no memory any more needs no stores"),
          new Before(
              "common-subexpressions",
              "memory-forwarding",
              "accesses are the same if their addresses are the same value"),
          new Before(
              "memory-forwarding",
              "dead-stores",
              "a store whose value is forwarded is often read by nobody"),
          new Before(
              "memory-forwarding",
              "ranges",
              "a test of a number says something of what is its copy"),
          new Before("ranges", "signed-division", "non-negative numbers are divided as unsigned"),
          new Before(
              "ranges", "far-offsets", "a mask of all bits that a number has is no operation"),
          new Before("signed-division", "simplify-again", "the expansion leaves constants to fold"),
          new Before(
              "signed-division",
              "common-subexpressions-again",
              "a quotient and a remainder share their magnitudes"));

  private PassOrder() {}

  /// The names of the passes that may be skipped.
  static Set<String> optional() {
    return STEPS.stream()
        .filter(step -> !step.required)
        .map(Step::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Step required(String name, Pass pass) {
    return new Step(name, true, pass);
  }

  private static Step optional(String name, Pass pass) {
    return new Step(name, false, pass);
  }
}
