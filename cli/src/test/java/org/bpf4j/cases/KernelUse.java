package org.bpf4j.cases;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bpf4j.btf.Btf;
import org.bpf4j.kernel.BpfException;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapKind;
import org.junit.jupiter.api.Assumptions;

/// Whether this machine's kernel runs programs too: the value of the property `bpf4j.kernel`.
public enum KernelUse {
  OFF,
  TRY,
  REQUIRE;

  /// The least that needs bpf(2).
  private static final BpfObject TRIAL =
      new BpfObject(
          "GPL",
          List.of(),
          List.of(new MapDefinition("trial", MapKind.ARRAY, 4, 4, 1, 0, 0, 0)),
          List.of(),
          Btf.EMPTY,
          Optional.empty(),
          List.of());

  /// What the property says; absent means off.
  public static KernelUse current() {
    return valueOf(System.getProperty("bpf4j.kernel", "off").toUpperCase(Locale.ROOT));
  }

  /// Aborts the test if the kernel is off or does not let us; fails it if it has to.
  public void check() {
    Assumptions.assumeTrue(this != OFF, "the kernel is off: bpf4j.kernel is not set");
    try {
      Kernel.local().load(LoadRequest.of(TRIAL, KernelUse.class)).close();
    } catch (BpfException e) {
      if (this == REQUIRE) {
        throw e;
      }
      Assumptions.abort("this machine's kernel cannot be used: " + e.getMessage());
    }
  }

  /// Aborts the test since the machine lacks what it needs; fails it if it has to run.
  public void lacks(String what) {
    if (this == REQUIRE) {
      throw new AssertionError("this machine has " + what);
    }
    Assumptions.abort("this machine has " + what);
  }

  /// Aborts the test if the kernel is older than that.
  static void atLeast(KernelVersion since) {
    if (since.isNewerThanRunning()) {
      Assumptions.abort("needs kernel " + since);
    }
  }
}
