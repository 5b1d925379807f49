package org.bpf4j.kernel;

import java.io.Serial;

/// Says that this process may not do what it tried.
public final class NotPermittedException extends BpfException {

  @Serial private static final long serialVersionUID = 1;

  private final String action;
  private final String missing;

  /// Creates it.
  ///
  /// @param action what was tried
  /// @param missing what would permit it: a capability, a sysctl, a lockdown level
  public NotPermittedException(String action, String missing) {
    super(action + " is not permitted: " + missing);
    this.action = action;
    this.missing = missing;
  }

  /// What was tried.
  public String action() {
    return action;
  }

  /// What would permit it.
  public String missing() {
    return missing;
  }
}
