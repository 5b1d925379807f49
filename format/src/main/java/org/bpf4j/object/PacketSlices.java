package org.bpf4j.object;

import java.util.List;
import org.bpf4j.object.Kfunc.Parameter;
import org.bpf4j.object.Kfunc.Trait;
import org.bpf4j.object.Signature.Argument;

/// The kernel functions by which programs look at any byte of a packet, linear or not (Linux 6.4):
/// a dynptr of the packet, and then a slice of it, for which the program lends a buffer.
public final class PacketSlices {

  private static final KernelVersion SINCE = new KernelVersion(6, 4);
  private static final KfuncType DYNPTR = KfuncType.struct("bpf_dynptr");
  private static final KfuncType NUMBER = KfuncType.number(Integer.BYTES, false);

  /// `int bpf_dynptr_from_skb(struct __sk_buff *, u64 flags, struct bpf_dynptr *)`.
  public static final Kfunc FROM_SKB = from("bpf_dynptr_from_skb", "__sk_buff");

  /// `int bpf_dynptr_from_xdp(struct xdp_md *, u64 flags, struct bpf_dynptr *)`.
  public static final Kfunc FROM_XDP = from("bpf_dynptr_from_xdp", "xdp_md");

  /// `void *bpf_dynptr_slice(struct bpf_dynptr *, u32 offset, void *buffer, u32 size)`; offset and
  /// size have 64 bits since 6.19. What it gives may only be read.
  public static final Kfunc SLICE = slice("bpf_dynptr_slice", SINCE, Argument.MEMORY_WRITE);

  /// `void *bpf_dynptr_slice_rdwr(…)` with the same parameters: without a buffer, which Linux 6.5
  /// lets be null, it gives what is in place.
  public static final Kfunc WRITABLE =
      slice("bpf_dynptr_slice_rdwr", new KernelVersion(6, 5), Argument.MEMORY_OR_NULL);

  private PacketSlices() {}

  /// Whether a function gives a slice of a packet.
  public static boolean give(KernelFunction function) {
    return SLICE.equals(function) || WRITABLE.equals(function);
  }

  private static Kfunc slice(String name, KernelVersion since, Argument buffer) {
    return new Kfunc(
        name,
        since,
        KfuncType.ANYTHING,
        List.of(Trait.MAY_BE_NULL, Trait.GIVES_SLICE),
        "",
        List.of(
            new Parameter("p", Argument.DYNPTR, DYNPTR),
            new Parameter("offset", Argument.SCALAR, NUMBER),
            new Parameter("buffer", buffer, KfuncType.ANYTHING),
            new Parameter("buffer__szk", Argument.SIZE, NUMBER)));
  }

  private static Kfunc from(String name, String context) {
    return new Kfunc(
        name,
        SINCE,
        KfuncType.number(Integer.BYTES, true),
        List.of(),
        "",
        List.of(
            new Parameter("context", Argument.CONTEXT, KfuncType.struct(context)),
            new Parameter("flags", Argument.SCALAR, KfuncType.number(Long.BYTES, false)),
            new Parameter("ptr", Argument.DYNPTR_NEW, DYNPTR)));
  }
}
