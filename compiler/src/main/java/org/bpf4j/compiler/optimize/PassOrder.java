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
          required("abort-lowering", AbortLowering::run),
          optional("simplify", Pass.each(Simplify::run)),
          required("signed-division", Pass.each(SignedDivisionExpansion::run)),
          optional("simplify-again", Pass.each(Simplify::run)),
          required("reachable", Pass.each(Reachable::run)));

  static final List<Before> CONSTRAINTS =
      List.of(
          new Before(
              "abort-lowering", "simplify", "one exit for all aborts is a block to jump to"),
          new Before(
              "signed-division", "simplify-again", "the expansion leaves constants to fold"));

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
