package org.bpf4j.kernel;

import java.util.List;
import java.util.Optional;
import org.bpf4j.btf.Btf;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapKind;
import org.opentest4j.TestAbortedException;

/// Decides whether tests may use the running kernel: `-Dbpf4j.kernel=off|try|require`.
public final class RealKernel {

  private RealKernel() {}

  /// Goes on, or aborts the test saying why; with `require`, nothing is aborted.
  public static void use() {
    switch (System.getProperty("bpf4j.kernel", "off")) {
      case "require" -> {}
      case "try" -> tryIt();
      default ->
          throw new TestAbortedException("the real kernel is off: -Dbpf4j.kernel=try|require");
    }
  }

  private static void tryIt() {
    MapDefinition map = new MapDefinition("probe", MapKind.ARRAY, 4, 8, 1, 0, 0, 0);
    BpfObject object =
        new BpfObject(
            "GPL", List.of(), List.of(map), List.of(), Btf.EMPTY, Optional.empty(), List.of());
    try {
      Kernel.local().load(LoadRequest.of(object, RealKernel.class)).close();
    } catch (BpfException e) {
      throw new TestAbortedException("bpf(2) does not work here: " + e.getMessage(), e);
    }
  }
}
