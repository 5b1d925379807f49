package org.bpf4j.object;

import java.util.Optional;
import java.util.Set;

/// A function of the kernel that programs call: a helper, which the UAPI numbers and which may mean
/// something else in some maps, or a kfunc, which the kernel's BTF names.
public sealed interface KernelFunction permits Helper, HelperVariant, Kfunc {

  /// The helper of that [kernelName][#kernelName()], also if it is a [MapLookup].
  static Optional<KernelFunction> helper(String kernelName) {
    Optional<KernelFunction> helper = Helper.of(kernelName).map(h -> h);
    return helper.or(() -> MapLookup.of(kernelName)).or(() -> PointerExchange.ofName(kernelName));
  }

  /// The kernel's name; of helpers without `bpf_`.
  String kernelName();

  /// The name of the Java method.
  String methodName();

  /// What messages call it: `the helper skb_load_bytes`.
  String phrase();

  /// Its arguments and result, if this module knows them; without, it cannot be called.
  Optional<Signature> signature();

  /// The first kernel that has it, for any kind of program.
  KernelVersion since();

  /// The first kernel that has it for programs of that kind; nothing if none has.
  Optional<KernelVersion> since(ProgramKind kind);

  /// The kinds of programs that may call it on the newest kernel, as far as is known.
  Set<ProgramKind> kinds();

  /// Whether only programs under a GPL-compatible licence may call it.
  boolean gplOnly();

  /// Whether its result, unless null, must be given back on every path.
  boolean acquires();

  /// How far the verifier must rely on objects of the kernel that it takes.
  default PointerTrust wanted() {
    return PointerTrust.TYPE;
  }

  /// Whether it takes back what another function gave.
  boolean releases();

  /// Whether it takes back a ring record.
  default boolean handsOver() {
    return signature()
        .filter(
            s ->
                s.arguments().contains(Signature.Argument.RING_RECORD)
                    || s.arguments().contains(Signature.Argument.DYNPTR_RELEASED))
        .isPresent();
  }

  /// Whether the address that it gives may be null.
  boolean mayGiveNull();

  /// Whether it may sleep, which only programs that may sleep allow, and no critical section.
  boolean sleeps();

  /// Whether it may move or resize the packet, after which no packet pointer is valid.
  boolean movesPacket();

  /// Whether buffers that it reads may lie in the packet.
  boolean readsPacket();

  /// Whether it gives a value of a map.
  default boolean givesMapValue() {
    return signature().filter(s -> s.result() == Signature.Result.MAP_VALUE_OR_NULL).isPresent();
  }

  /// Whether it takes the program's context.
  default boolean takesContext() {
    return signature().filter(s -> s.arguments().contains(Signature.Argument.CONTEXT)).isPresent();
  }

  /// Whether it calls functions of the program.
  default boolean callsBack() {
    return signature().filter(s -> s.arguments().contains(Signature.Argument.CALLBACK)).isPresent();
  }
}
