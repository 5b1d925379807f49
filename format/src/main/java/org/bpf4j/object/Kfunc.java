package org.bpf4j.object;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bpf4j.btf.BtfNames;

/// A kernel function that is called by its name, as a program declares it.
///
/// The kernel says what it takes and gives by its own BTF, which differs from kernel to kernel, so
/// the declaration is the program's word: the loader compares it with the kernel's. An object
/// refers to it by an undefined symbol, whose type is in the BTF section [#SECTION].
///
/// @param name the kernel's name
/// @param since the first kernel to have it, as declared
/// @param result what it gives
/// @param traits what is to be known of its result and arguments
/// @param releasedBy the kernel function that takes back what this one gives, or `""`
/// @param parameters what it takes, sizes included
public record Kfunc(
    String name,
    KernelVersion since,
    KfuncType result,
    List<Trait> traits,
    String releasedBy,
    List<Parameter> parameters)
    implements KernelFunction {

  /// The BTF section of kernel functions and variables.
  public static final String SECTION = ".ksyms";

  /// The first kernel that lets programs call functions by BTF.
  public static final KernelVersion FIRST = new KernelVersion(5, 13);

  /// Those that take an object that may be on its way out (`KF_RCU` in the kernel's sources); all
  /// others are taken to want one that stays, as the newest kernels have it.
  private static final Set<String> TAKING_RCU =
      Set.of(
          "bpf_cgroup_acquire",
          "bpf_cgroup_ancestor",
          "bpf_cpumask_and",
          "bpf_cpumask_any_and_distribute",
          "bpf_cpumask_any_distribute",
          "bpf_cpumask_copy",
          "bpf_cpumask_empty",
          "bpf_cpumask_equal",
          "bpf_cpumask_first",
          "bpf_cpumask_first_and",
          "bpf_cpumask_first_zero",
          "bpf_cpumask_full",
          "bpf_cpumask_intersects",
          "bpf_cpumask_or",
          "bpf_cpumask_subset",
          "bpf_cpumask_test_cpu",
          "bpf_cpumask_weight",
          "bpf_cpumask_xor",
          "bpf_iter_task_vma_new",
          "bpf_task_acquire",
          "bpf_task_get_cgroup1",
          "bpf_task_under_cgroup",
          "scx_bpf_dispatch",
          "scx_bpf_dispatch_vtime",
          "scx_bpf_dsq_insert",
          "scx_bpf_dsq_insert_vtime",
          "scx_bpf_task_cgroup",
          "scx_bpf_task_cpu",
          "scx_bpf_task_running");

  /// Those that may sleep (`KF_SLEEPABLE` in the kernel's sources).
  private static final Set<String> SLEEPING =
      Set.of(
          "bpf_arena_alloc_pages",
          "bpf_arena_free_pages",
          "bpf_copy_from_user_dynptr",
          "bpf_copy_from_user_str",
          "bpf_copy_from_user_str_dynptr",
          "bpf_copy_from_user_task_dynptr",
          "bpf_copy_from_user_task_str",
          "bpf_copy_from_user_task_str_dynptr",
          "bpf_crypto_ctx_create",
          "bpf_iter_dmabuf_destroy",
          "bpf_iter_dmabuf_new",
          "bpf_iter_dmabuf_next",
          "bpf_get_dentry_xattr",
          "bpf_get_file_xattr",
          "bpf_get_fsverity_digest",
          "bpf_iter_kmem_cache_destroy",
          "bpf_iter_kmem_cache_new",
          "bpf_iter_kmem_cache_next",
          "bpf_lookup_user_key",
          "bpf_remove_dentry_xattr",
          "bpf_set_dentry_xattr",
          "bpf_verify_pkcs7_signature",
          "hid_bpf_allocate_context",
          "hid_bpf_hw_output_report",
          "hid_bpf_hw_request",
          "scx_bpf_create_dsq");

  private static final String READING_CAST = "bpf_rdonly_cast";

  /// Copies the lists.
  public Kfunc {
    traits = List.copyOf(traits);
    parameters = List.copyOf(parameters);
  }

  /// What a declaration says beside types.
  public enum Trait {
    /// The result may be null.
    MAY_BE_NULL,
    /// It takes back its first argument.
    RELEASES,
    /// It gives the next of an iterator.
    ADVANCES,
    /// It gives the next of an iterator, an object that may be on its way out, and is there as long
    /// as it is protected.
    LENDS,
    /// The result is memory of a dynptr, as long as the constant size argument says, or null.
    GIVES_SLICE
  }

  /// A parameter.
  ///
  /// @param name its name, for prototypes
  /// @param kind what it wants in its register
  /// @param type its type
  public record Parameter(String name, Signature.Argument kind, KfuncType type) {}

  /// Whether it is one of those that see memory as another type: they take and give any pointer,
  /// and the verifier knows better.
  public static boolean isCast(String name) {
    String essential = BtfNames.essential(name);
    return essential.equals("bpf_cast_to_kern_ctx") || essential.equals(READING_CAST);
  }

  /// How far the verifier relies on the object that it gives.
  public PointerTrust given() {
    return BtfNames.essential(name).equals(READING_CAST)
        ? PointerTrust.NONE
        : lends() ? PointerTrust.RCU : PointerTrust.FULL;
  }

  /// Whether it gives the next of an iterator.
  public boolean advances() {
    return traits.contains(Trait.ADVANCES) || lends();
  }

  private boolean lends() {
    return traits.contains(Trait.LENDS);
  }

  /// The function that takes back what this one gives, as far as it is known from here.
  public Optional<Kfunc> release() {
    Optional<Kfunc> known = ObjectFunction.ofName(releasedBy).map(ObjectFunction::kfunc);
    return releasedBy.isEmpty() || known.isPresent()
        ? known
        : Optional.of(
            new Kfunc(
                releasedBy,
                since,
                KfuncType.NOTHING,
                List.of(Trait.RELEASES),
                "",
                List.of(new Parameter("released", Signature.Argument.KERNEL_POINTER, result))));
  }

  @Override
  public String kernelName() {
    return name;
  }

  @Override
  public String methodName() {
    return name;
  }

  @Override
  public String phrase() {
    return ObjectFunction.ofName(name)
        .map(function -> "`" + function.javaName() + "`")
        .orElse("the kernel function " + name);
  }

  @Override
  public Optional<Signature> signature() {
    Signature.Result given =
        switch (result.form()) {
          case NOTHING -> Signature.Result.VOID;
          case NUMBER -> Signature.Result.INTEGER;
          case STRUCT, NUMBERS, CHARACTERS, ANYTHING, CALLBACK, ORDER ->
              traits.contains(Trait.GIVES_SLICE)
                  ? Signature.Result.SLICE_OR_NULL
                  : Signature.Result.KERNEL_POINTER;
        };
    return Optional.of(new Signature(parameters.stream().map(Parameter::kind).toList(), given));
  }

  @Override
  public Optional<KernelVersion> since(ProgramKind kind) {
    KernelVersion declared = since.max(kind.since());
    return KfuncCallers.of(name)
        .map(callers -> Optional.ofNullable(callers.get(kind)).map(declared::max))
        .orElse(Optional.of(declared));
  }

  /// Those that the kernel is known to allow; all kinds if nothing is known of the function, and
  /// the kernel says so when the program is loaded.
  @Override
  public Set<ProgramKind> kinds() {
    return KfuncCallers.of(name).map(Map::keySet).orElseGet(() -> EnumSet.allOf(ProgramKind.class));
  }

  /// `cannot call kernel function from non-GPL compatible program`, says the verifier.
  @Override
  public boolean gplOnly() {
    return true;
  }

  @Override
  public PointerTrust wanted() {
    return TAKING_RCU.contains(BtfNames.essential(name)) ? PointerTrust.RCU : PointerTrust.FULL;
  }

  @Override
  public boolean acquires() {
    return !releasedBy.isEmpty();
  }

  @Override
  public boolean releases() {
    return traits.contains(Trait.RELEASES);
  }

  @Override
  public boolean mayGiveNull() {
    return traits.contains(Trait.MAY_BE_NULL);
  }

  @Override
  public boolean sleeps() {
    return SLEEPING.contains(BtfNames.essential(name));
  }

  /// What has the packet's bytes come together may move them (`bpf_xdp_pull_data`, 6.18).
  @Override
  public boolean movesPacket() {
    return BtfNames.essential(name).equals("bpf_xdp_pull_data");
  }

  @Override
  public boolean readsPacket() {
    return true;
  }

  /// The declaration as one word, which [#parse] reads back: parts between slashes.
  public String text() {
    List<String> parts = new ArrayList<>(List.of(name, since.toString(), result.text()));
    parts.add(String.join(".", traits.stream().map(Trait::name).toList()));
    parts.add(releasedBy);
    parameters.forEach(p -> parts.add(p.name + "." + p.kind + "." + p.type.text()));
    return String.join("/", parts);
  }

  /// Reads what [#text] wrote.
  ///
  /// @throws IllegalArgumentException if it is something else
  public static Kfunc parse(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length < 5) {
      throw new IllegalArgumentException("no kernel function: " + text);
    }
    List<Trait> traits = new ArrayList<>();
    for (String trait : parts[3].isEmpty() ? new String[0] : parts[3].split("\\.", -1)) {
      traits.add(Trait.valueOf(trait));
    }
    List<Parameter> parameters = new ArrayList<>();
    for (int i = 5; i < parts.length; i++) {
      String[] words = parts[i].split("\\.", 3);
      if (words.length < 3) {
        throw new IllegalArgumentException("no parameter: " + parts[i]);
      }
      parameters.add(
          new Parameter(words[0], Signature.Argument.valueOf(words[1]), KfuncType.parse(words[2])));
    }
    return new Kfunc(
        parts[0],
        KernelVersion.parse(parts[1]),
        KfuncType.parse(parts[2]),
        traits,
        parts[4],
        parameters);
  }
}
