import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.KernelPointer;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Kfunc;
import org.bpf4j.lang.Sized;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.bpf4j.lang.U8;
import org.jspecify.annotations.Nullable;

/// Ciphers of the kernel, which a map keeps.
@Bpf(license = "GPL")
public final class Ciphers {

  /// `struct bpf_crypto_params`.
  @Struct
  static final class Params {
    final BpfString type = BpfString.ofSize(14);
    @U8 int reserved0;
    @U8 int reserved1;
    final BpfString algorithm = BpfString.ofSize(128);
    final byte[] key = new byte[256];
    int keyBytes;
    int tagBytes;
  }

  @KernelStruct("bpf_crypto_ctx")
  interface Cipher extends AutoCloseable {
    @Override
    default void close() {
      bpfCryptoCtxRelease(this);
    }
  }

  @Struct
  static final class Slot {
    final KernelPointer<Cipher> cipher = new KernelPointer<>();
  }

  @Struct
  static final class Args {
    int bytes;
    int error;
  }

  static final BpfArray<Slot> slots = BpfArray.create(1);
  static final Params params = new Params();

  @Kfunc(releasedBy = "bpf_crypto_ctx_release", since = "6.10")
  static native @Nullable Cipher bpfCryptoCtxCreate(@Sized Params params, int[] error);

  @Kfunc(releases = true, since = "6.10")
  static native void bpfCryptoCtxRelease(Cipher cipher);

  @Syscall
  static int make(Args args) {
    params.type.copyFrom("skcipher");
    params.algorithm.copyFrom("ecb(aes)");
    params.keyBytes = args.bytes;
    int[] error = new int[1];
    Cipher cipher = bpfCryptoCtxCreate(params, error);
    args.error = error[0];
    if (cipher == null) {
      return -1;
    }
    try (Cipher before = slots.get(0).cipher.exchange(cipher)) {
      return before == null ? 0 : 1;
    }
  }
}
