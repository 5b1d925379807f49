package org.bpf4j.kernel;

import java.io.Serial;
import java.util.List;

/// Says that what a program was to be attached to does not exist.
public final class NoSuchTargetException extends BpfException {

  @Serial private static final long serialVersionUID = 1;

  private final String target;
  private final String[] candidates;

  /// Creates it.
  ///
  /// @param target what was looked for, such as `network interface "eth1"`
  /// @param candidates what is there of that kind, the likeliest first; may be empty
  public NoSuchTargetException(String target, List<String> candidates) {
    super(
        "there is no "
            + target
            + (candidates.isEmpty() ? "" : "; there is " + String.join(", ", candidates)));
    this.target = target;
    this.candidates = candidates.toArray(String[]::new);
  }

  /// What was looked for.
  public String target() {
    return target;
  }

  /// What is there of that kind, the likeliest first.
  public List<String> candidates() {
    return List.of(candidates);
  }
}
