package org.bpf4j.object;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bpf4j.object.Signature.Argument;
import org.bpf4j.object.Signature.Result;

/// [Helper#KPTR_XCHG] for pointers to one struct: it takes an object, or null, and gives the one
/// that was there, which the program must give back.
///
/// @param struct the name of the struct in BTF, the kernel's or the program's
public record PointerExchange(String struct) implements HelperVariant {

  private static final String PREFIX = Helper.KPTR_XCHG.kernelName() + "_";

  /// What takes an object back, and the first kernel that has it (`BTF_ID_DTOR` of the kernel's
  /// sources): maps hold objects of these structs only.
  private record Release(String function, KernelVersion since) {
    static Release of(String function, int major, int minor) {
      return new Release(function, new KernelVersion(major, minor));
    }
  }

  private static final Map<String, Release> RELEASES =
      Map.of(
          "task_struct", Release.of("bpf_task_release", 6, 2),
          "cgroup", Release.of("bpf_cgroup_release", 6, 2),
          "bpf_cpumask", Release.of("bpf_cpumask_release", 6, 3),
          "nf_conn", Release.of("bpf_ct_release", 5, 19),
          "bpf_crypto_ctx", Release.of("bpf_crypto_ctx_release", 6, 10));

  /// The first kernel whose maps hold objects that programs made.
  private static final KernelVersion OWN = new KernelVersion(6, 4);

  /// The structs of the kernel of which maps hold objects, in order.
  public static Set<String> structs() {
    return new TreeSet<>(RELEASES.keySet());
  }

  /// The one of that [kernelName][#kernelName()].
  static Optional<PointerExchange> ofName(String kernelName) {
    return kernelName.startsWith(PREFIX)
        ? Optional.of(new PointerExchange(kernelName.substring(PREFIX.length())))
        : Optional.empty();
  }

  /// Whether a program made the objects.
  public boolean isOwn() {
    return !RELEASES.containsKey(struct);
  }

  /// What gives an object back.
  public Kfunc release() {
    Release release = RELEASES.get(struct);
    if (release == null) {
      return ObjectFunction.DROP.kfunc();
    }
    KfuncType pointer = KfuncType.struct(struct);
    return new Kfunc(
        release.function(),
        release.since(),
        KfuncType.NOTHING,
        List.of(Kfunc.Trait.RELEASES),
        "",
        List.of(new Kfunc.Parameter("released", Argument.KERNEL_POINTER, pointer)));
  }

  @Override
  public Helper helper() {
    return Helper.KPTR_XCHG;
  }

  @Override
  public String variant() {
    return struct;
  }

  @Override
  public String methodName() {
    return "exchange";
  }

  @Override
  public String phrase() {
    return "`exchange` of a pointer to " + struct;
  }

  @Override
  public Optional<Signature> signature() {
    return Optional.of(
        new Signature(
            List.of(Argument.POINTER_PLACE, Argument.KERNEL_POINTER_OR_NULL),
            Result.KERNEL_POINTER));
  }

  @Override
  public KernelVersion since() {
    return helper().since().max(isOwn() ? OWN : release().since());
  }

  @Override
  public Optional<KernelVersion> since(ProgramKind kind) {
    return helper().since(kind).map(version -> version.max(since()));
  }

  @Override
  public Set<ProgramKind> kinds() {
    return helper().kinds();
  }

  /// What takes objects back is a kernel function, which wants the licence.
  @Override
  public boolean gplOnly() {
    return true;
  }

  @Override
  public boolean releases() {
    return true;
  }
}
