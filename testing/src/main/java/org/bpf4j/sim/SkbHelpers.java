package org.bpf4j.sim;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import org.bpf4j.object.Helper;
import org.bpf4j.vm.KernelCall;

/// Helpers of TC programs on the packet.
final class SkbHelpers {

  /// `BPF_F_RECOMPUTE_CSUM | BPF_F_INVALIDATE_HASH`.
  private static final long STORE_FLAGS = 3;

  /// `BPF_F_HDR_FIELD_MASK`: the size of the field that changed, 0 if a difference is given.
  private static final long FIELD_MASK = 0xf;

  /// `BPF_F_PSEUDO_HDR`, which matters to hardware checksums only.
  private static final long PSEUDO_HEADER = 0x10;

  /// `BPF_F_MARK_MANGLED_0`: a zero checksum means none, and none stays none.
  private static final long MARK_MANGLED_0 = 0x20;

  /// `BPF_F_MARK_ENFORCE`: computes even so.
  private static final long MARK_ENFORCE = 0x40;

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  static final Map<Helper, HelperBody> BODIES =
      Map.of(
          Helper.SKB_LOAD_BYTES, SkbHelpers::load,
          Helper.SKB_STORE_BYTES, SkbHelpers::store,
          Helper.SKB_PULL_DATA, SkbHelpers::pull,
          Helper.SKB_CHANGE_TAIL, SkbHelpers::changeTail,
          Helper.L3_CSUM_REPLACE, SkbHelpers::replaceL3,
          Helper.L4_CSUM_REPLACE, SkbHelpers::replaceL4);

  private SkbHelpers() {}

  private static long load(Run run, KernelCall call) {
    PacketContext skb = run.bytes(call.argument(1));
    long offset = call.argument(2) & 0xffff_ffffL;
    int size = (int) call.argument(4);
    call.memory().clear(call.argument(3), size);
    if (offset + size > skb.length()) {
      return -Errno.EFAULT;
    }
    int from = skb.data + (int) offset;
    call.memory().write(call.argument(3), Arrays.copyOfRange(skb.buffer, from, from + size));
    return 0;
  }

  private static long store(Run run, KernelCall call) {
    SkbContext skb = run.skb(call.argument(1));
    long offset = call.argument(2) & 0xffff_ffffL;
    byte[] bytes = call.memory().read(call.argument(3), (int) call.argument(4));
    if ((call.argument(5) & ~STORE_FLAGS) != 0) {
      return -Errno.EINVAL;
    }
    if (skb.pull(offset + bytes.length) != 0) {
      return -Errno.EFAULT;
    }
    System.arraycopy(bytes, 0, skb.buffer, skb.data + (int) offset, bytes.length);
    return 0;
  }

  private static long pull(Run run, KernelCall call) {
    return run.bytes(call.argument(1)).pull(call.argument(2) & 0xffff_ffffL);
  }

  private static long changeTail(Run run, KernelCall call) {
    long length = call.argument(2) & 0xffff_ffffL;
    return run.skb(call.argument(1)).changeTail(length, call.argument(3));
  }

  private static long replaceL3(Run run, KernelCall call) {
    return (call.argument(5) & ~FIELD_MASK) != 0 ? -Errno.EINVAL : replace(run, call);
  }

  private static long replaceL4(Run run, KernelCall call) {
    long known = FIELD_MASK | PSEUDO_HEADER | MARK_MANGLED_0 | MARK_ENFORCE;
    return (call.argument(5) & ~known) != 0 ? -Errno.EINVAL : replace(run, call);
  }

  private static long replace(Run run, KernelCall call) {
    SkbContext skb = run.skb(call.argument(1));
    long offset = call.argument(2) & 0xffff_ffffL;
    long flags = call.argument(5);
    if (offset > 0xffff || offset % 2 != 0 || skb.pull(offset + Short.BYTES) != 0) {
      return -Errno.EFAULT;
    }
    int at = skb.data + (int) offset;
    short checksum = (short) SHORT.get(skb.buffer, at);
    boolean zeroMeansNone = (flags & MARK_MANGLED_0) != 0;
    if (zeroMeansNone && (flags & MARK_ENFORCE) == 0 && checksum == 0) {
      return 0;
    }
    int from = (int) call.argument(3);
    int to = (int) call.argument(4);
    int field = (int) (flags & FIELD_MASK);
    if ((field != 0 && field != 2 && field != 4) || (field == 0 && from != 0)) {
      return -Errno.EINVAL;
    }
    short replaced =
        switch (field) {
          case 0 -> InternetChecksum.replaceBy(checksum, to);
          case 2 -> InternetChecksum.replace(checksum, from & 0xffff, to & 0xffff);
          default -> InternetChecksum.replace(checksum, from, to);
        };
    SHORT.set(skb.buffer, at, zeroMeansNone && replaced == 0 ? (short) 0xffff : replaced);
    return 0;
  }
}
