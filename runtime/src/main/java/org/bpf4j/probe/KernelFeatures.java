package org.bpf4j.probe;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.bpf4j.object.Helper;
import org.bpf4j.object.MapKind;
import org.bpf4j.object.ProgramType;

/// What this machine's kernel can do, found by trying it, never by its version, since distributions
/// bring features to old kernels and leave others out.
///
/// Each answer but [Support#UNKNOWN] is remembered as long as the process lives. Trying takes the
/// privilege of using: `CAP_BPF`, and `CAP_NET_ADMIN` or `CAP_PERFMON` by type.
public final class KernelFeatures {

  /// A helper as one type of programs sees it.
  private record HelperOf(ProgramType type, Helper helper) {}

  private static final Map<Object, Support> KNOWN = new ConcurrentHashMap<>();

  private KernelFeatures() {}

  /// Whether there are programs of a type.
  public static Support of(ProgramType type) {
    return remembered(type, () -> ProgramProbe.type(type));
  }

  /// Whether there are maps of a kind.
  public static Support of(MapKind kind) {
    return remembered(kind, () -> MapProbe.kind(kind));
  }

  /// Whether programs of a type may call a helper, as the verifier says of an unknown one. Of types
  /// that are bound to a function when they are loaded (`TRACING`, `LSM`, `EXT`, `STRUCT_OPS`) it
  /// cannot be told.
  public static Support of(ProgramType type, Helper helper) {
    return remembered(new HelperOf(type, helper), () -> ProgramProbe.helper(type, helper));
  }

  /// Whether type information may have a kind of types.
  public static Support of(BtfFeature feature) {
    return remembered(feature, () -> TypesProbe.feature(feature));
  }

  /// Whether there is a way of attaching by a link.
  public static Support of(LinkKind kind) {
    return remembered(kind, () -> LinkProbe.kind(kind));
  }

  /// Whether programs may have instructions of a level.
  public static Support of(IsaLevel level) {
    return remembered(level, () -> ProgramProbe.level(level));
  }

  /// The highest level of instructions that programs may have; [IsaLevel#V1] also where this
  /// process may not try.
  public static IsaLevel isaLevel() {
    IsaLevel highest = IsaLevel.V1;
    for (IsaLevel level : IsaLevel.values()) {
      if (of(level) == Support.YES) {
        highest = level;
      }
    }
    return highest;
  }

  private static Support remembered(Object feature, Supplier<Support> trial) {
    Support known = KNOWN.get(feature);
    if (known != null) {
      return known;
    }
    Support found = trial.get();
    if (found != Support.UNKNOWN) {
      KNOWN.put(feature, found);
    }
    return found;
  }
}
