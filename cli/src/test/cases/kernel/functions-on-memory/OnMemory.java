import org.bpf4j.lang.Address;
import org.bpf4j.lang.Be16;
import org.bpf4j.lang.Be32;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfPerCpuHashMap;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Kfunc;
import org.bpf4j.lang.Sized;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.bpf4j.lang.U8;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.jspecify.annotations.Nullable;

/// Functions of the kernel that take maps, structs with their sizes and places for results.
@Bpf(license = "GPL")
public final class OnMemory {

  @Struct
  static final class Args {
    long address;
    int count;
  }

  /// `struct bpf_sock_tuple`, of IPv4.
  @Struct
  static final class Tuple {
    @Be32 int source;
    @Be32 int destination;
    @Be16 int sourcePort;
    @Be16 int destinationPort;
  }

  /// `struct bpf_ct_opts`.
  @Struct
  static final class Options {
    int netns;
    int error;
    @U8 int protocol;
    @U8 int direction;
    @U8 int reserved0;
    @U8 int reserved1;
  }

  @KernelStruct("nf_conn")
  interface Connection extends AutoCloseable {
    @Override
    default void close() {
      bpfCtRelease(this);
    }
  }

  @KernelStruct("kmem_cache")
  interface Cache {
    int size();
  }

  static final BpfHashMap<Integer, Long> counted = BpfHashMap.create(16);
  static final BpfPerCpuHashMap<Integer, Long> perCpu = BpfPerCpuHashMap.create(16);
  static int error;

  @Kfunc(since = "6.6")
  static native long bpfMapSumElemCount(BpfHashMap<Integer, Long> map);

  @Kfunc(value = "bpf_map_sum_elem_count", since = "6.6")
  static native long entries(BpfPerCpuHashMap<Integer, Long> map);

  @Kfunc(since = "6.12")
  static native int bpfCopyFromUserStr(@Sized byte[] into, @Address long address, long flags);

  @Kfunc(releasedBy = "bpf_ct_release", since = "5.18")
  static native @Nullable Connection bpfXdpCtLookup(
      XdpContext ctx, @Sized Tuple tuple, @Sized Options options);

  @Kfunc(releases = true, since = "5.18")
  static native void bpfCtRelease(Connection connection);

  @Kfunc(since = "6.13")
  static native @Nullable Cache bpfGetKmemCache(long address);

  @Syscall
  static int maps(Args args) {
    for (int i = 0; i < args.count && i < 8; i++) {
      counted.put(i, 1L);
      perCpu.put(i, 1L);
    }
    return (int) (bpfMapSumElemCount(counted) + 100 * entries(perCpu));
  }

  @Syscall
  static int text(Args args) {
    byte[] text = new byte[16];
    int length = bpfCopyFromUserStr(text, args.address, 0);
    return length < 0 ? text[0] : length;
  }

  @Syscall
  static int cache(Args args) {
    Cache cache = bpfGetKmemCache(args.address);
    return cache == null ? 1 : cache.size();
  }

  @Xdp
  static XdpAction tracked(XdpContext ctx) {
    Tuple tuple = new Tuple();
    tuple.source = 0x0a000001;
    tuple.destination = 0x0a000002;
    Options options = new Options();
    options.netns = -1;
    options.protocol = 6;
    try (Connection connection = bpfXdpCtLookup(ctx, tuple, options)) {
      error = options.error;
      return connection == null ? XdpAction.PASS : XdpAction.DROP;
    }
  }
}
