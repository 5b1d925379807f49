package org.bpf4j.load;

import java.util.Optional;
import java.util.OptionalInt;
import org.bpf4j.kernel.RejectedException;
import org.bpf4j.object.LineRecord;

/// Makes of a verifier's log an exception that speaks of the source.
final class Rejection {

  private Rejection() {}

  /// @param assembly the program that was rejected
  /// @param cause the reason, where the loader knows it better than the log
  /// @param hint what else may be the reason, behind it in the first line, or `""`
  /// @param unknown the first slot that is no instruction that we know, if there is one: kernels do
  ///   not say which one they do not know
  static RejectedException of(
      Assembly assembly,
      VerifierLog log,
      Optional<String> cause,
      String hint,
      OptionalInt unknown) {
    OptionalInt slot = log.slot().isPresent() ? log.slot() : unknown;
    Optional<LineRecord> line =
        slot.isPresent() ? assembly.line(slot.getAsInt()) : Optional.empty();
    String explanation =
        cause.isPresent()
            ? ""
            : Explanation.of(log, at -> assembly.line(at).map(l -> "line " + l.line()).orElse(""));
    String reason = cause.orElseGet(log::reason);
    return new RejectedException(
        assembly.program().name(),
        new RejectedException.Verdict(
            explanation.isEmpty() ? reason + hint : reason,
            explanation.isEmpty() ? "" : explanation + hint,
            log.slot().isPresent() ? log.step() : assembly.text(slot),
            log.registers(),
            log.text()),
        line.map(Rejection::place).orElse(RejectedException.Place.UNKNOWN),
        log.concerned());
  }

  private static RejectedException.Place place(LineRecord line) {
    return new RejectedException.Place(line.file(), line.line(), line.column(), line.text());
  }
}
