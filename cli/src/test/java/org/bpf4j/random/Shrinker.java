package org.bpf4j.random;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bpf4j.random.Differential.Failure;

/// Makes a failing program small: leaves out statements, functions and declarations as long as it
/// fails in the same way.
final class Shrinker {

  private final Differential differential;
  private int attempts;

  /// @param attempts how many smaller programs may be tried
  Shrinker(Differential differential, int attempts) {
    this.differential = differential;
    this.attempts = attempts;
  }

  /// The smallest class found that fails like this one.
  RandomClass shrink(RandomClass generated, Failure failure) {
    RandomClass best = generated.only(Set.of(failure.program()));
    if (!fails(best, failure)) {
      return generated;
    }
    Optional<RandomClass> smaller = Optional.of(best);
    while (smaller.isPresent() && attempts > 0) {
      best = smaller.get();
      smaller = best.smaller().filter(less -> fails(less, failure)).findFirst();
    }
    return smaller.orElse(best);
  }

  private boolean fails(RandomClass generated, Failure failure) {
    if (attempts-- <= 0) {
      return false;
    }
    List<Failure> failures = differential.check(generated).failures();
    return failures.stream().anyMatch(f -> f.kind().equals(failure.kind()));
  }
}
