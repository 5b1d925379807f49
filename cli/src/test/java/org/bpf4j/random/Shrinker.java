package org.bpf4j.random;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.bpf4j.random.Differential.Failure;

/// Makes a failing program small: leaves out statements, functions and declarations as long as it
/// fails in the same way. Java that javac itself refuses stays as it is: anything fails like that.
final class Shrinker {

  private final Differential differential;
  private final long end;

  /// @param time how long smaller programs may be tried
  Shrinker(Differential differential, Duration time) {
    this.differential = differential;
    end = System.nanoTime() + time.toNanos();
  }

  /// The smallest class found that fails like this one.
  RandomClass shrink(RandomClass generated, Failure failure) {
    RandomClass best = generated.only(Set.of(failure.program()));
    if (failure.kind().equals(Differential.JAVAC) || !fails(best, failure)) {
      return generated;
    }
    while (true) {
      Optional<RandomClass> smaller =
          best.smaller().filter(less -> fails(less, failure)).findFirst();
      if (smaller.isEmpty()) {
        return best;
      }
      best = smaller.get();
    }
  }

  private boolean fails(RandomClass generated, Failure failure) {
    return isTime()
        && differential.check(generated).failures().stream()
            .anyMatch(f -> f.kind().equals(failure.kind()));
  }

  private boolean isTime() {
    return System.nanoTime() < end;
  }
}
