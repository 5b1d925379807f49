package org.bpf4j.compiler.ssa;

import java.util.Optional;
import org.bpf4j.compiler.diagnostic.Span;

/// Where an instruction comes from: a place in the source, and the call it was inlined through.
///
/// @param span the place
/// @param inlinedAt the call, if the function was inlined
public record Origin(Span span, Optional<Origin> inlinedAt) {

  /// A place that was not inlined.
  public static Origin of(Span span) {
    return new Origin(span, Optional.empty());
  }

  /// The same place, reached through one more call outside all others.
  public Origin inlinedThrough(Origin call) {
    return new Origin(
        span, Optional.of(inlinedAt.map(outer -> outer.inlinedThrough(call)).orElse(call)));
  }
}
