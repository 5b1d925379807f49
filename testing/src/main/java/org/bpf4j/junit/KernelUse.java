package org.bpf4j.junit;

import java.util.Locale;
import java.util.Optional;

/// Whether tests may use the kernel of this machine: the value of the property `bpf4j.kernel`.
enum KernelUse {
  OFF,
  TRY,
  REQUIRE;

  static final String PROPERTY = "bpf4j.kernel";

  /// Reads the property's value; absent means off.
  ///
  /// @throws IllegalArgumentException if it is none of the three
  static KernelUse of(Optional<String> value) {
    for (KernelUse use : values()) {
      if (use.name().toLowerCase(Locale.ROOT).equals(value.orElse("off"))) {
        return use;
      }
    }
    throw new IllegalArgumentException(
        PROPERTY + " is \"" + value.orElse("") + "\"; it may be off, try or require");
  }
}
