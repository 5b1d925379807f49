import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.StackTraceMap;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tracepoint;
import org.bpf4j.lang.TracepointArgs;
import org.bpf4j.lang.Uprobe;
import org.bpf4j.lang.Uretprobe;

/// Finds memory that was asked for and not given back, by the stacks that asked for it.
@Bpf(license = "GPL")
public final class MemLeak {

  static final String LIBC = "libc.so.6";

  record Allocation(long size, long timeNs, int stack) {}

  /// What stands out of a stack's allocations.
  @Struct
  static final class Total {
    final AtomicLong bytes = new AtomicLong();
    final AtomicLong count = new AtomicLong();
  }

  /// Of the class `kmem_alloc` before Linux 6.1.
  @TracepointArgs({"trace_event_raw_kmalloc", "trace_event_raw_kmem_alloc"})
  interface Kmalloc {
    long ptr();

    long bytesAlloc();
  }

  /// Of the class `kmem_free` before Linux 5.12.
  @TracepointArgs({"trace_event_raw_kfree", "trace_event_raw_kmem_free"})
  interface Kfree {
    long ptr();
  }

  static final BpfHashMap<Integer, Long> sizes = BpfHashMap.create(10_240);
  static final BpfHashMap<Integer, Long> alignedAt = BpfHashMap.create(10_240);
  static final BpfHashMap<Long, Allocation> allocations = BpfHashMap.create(1_000_000);
  static final BpfHashMap<Integer, Total> totals = BpfHashMap.create(10_240);
  static final StackTraceMap stacks = StackTraceMap.create(10_240);

  @Config static long minSize = 0;
  @Config static long maxSize = Long.MAX_VALUE;
  @Config static int sampleEvery = 1;
  @Config static int stackFlags = StackTraceMap.USER_STACK;

  @Uprobe(binary = LIBC, function = "malloc")
  static void onMalloc(long size) {
    enter(size);
  }

  @Uretprobe(binary = LIBC, function = "malloc")
  static void onMallocReturn(long address) {
    exit(address);
  }

  @Uprobe(binary = LIBC, function = "calloc")
  static void onCalloc(long count, long size) {
    enter(count * size);
  }

  @Uretprobe(binary = LIBC, function = "calloc")
  static void onCallocReturn(long address) {
    exit(address);
  }

  @Uprobe(binary = LIBC, function = "realloc")
  static void onRealloc(long address, long size) {
    freed(address);
    enter(size);
  }

  @Uretprobe(binary = LIBC, function = "realloc")
  static void onReallocReturn(long address) {
    exit(address);
  }

  @Uprobe(binary = LIBC, function = "posix_memalign")
  static void onMemalign(long result, long alignment, long size) {
    alignedAt.put((int) Helpers.getCurrentPidTgid(), result);
    enter(size);
  }

  @Uretprobe(binary = LIBC, function = "posix_memalign")
  static void onMemalignReturn() {
    int thread = (int) Helpers.getCurrentPidTgid();
    Long at = alignedAt.get(thread);
    if (at == null) return;
    alignedAt.remove(thread);
    long[] address = new long[1];
    if (Helpers.probeReadUser(address, at) == 0) exit(address[0]);
  }

  @Uprobe(binary = LIBC, function = "free")
  static void onFree(long address) {
    freed(address);
  }

  @Tracepoint("kmem/kmalloc")
  static void onKmalloc(Kmalloc call) {
    allocated(call.ptr(), call.bytesAlloc());
  }

  @Tracepoint("kmem/kfree")
  static void onKfree(Kfree call) {
    freed(call.ptr());
  }

  static void enter(long size) {
    if (size < minSize || size > maxSize) return;
    if (sampleEvery > 1 && Integer.remainderUnsigned(Helpers.getPrandomU32(), sampleEvery) != 0) {
      return;
    }
    sizes.put((int) Helpers.getCurrentPidTgid(), size);
  }

  static void exit(long address) {
    int thread = (int) Helpers.getCurrentPidTgid();
    Long size = sizes.get(thread);
    if (size == null) return;
    sizes.remove(thread);
    allocated(address, size);
  }

  static void allocated(long address, long size) {
    if (address == 0) return;
    int stack = stacks.getStackid(stackFlags);
    allocations.put(address, new Allocation(size, Helpers.ktimeGetNs(), stack));
    Total total = totals.get(stack);
    if (total == null) {
      totals.putIfAbsent(stack, new Total());
      total = totals.get(stack);
      if (total == null) return;
    }
    total.bytes.addAndGet(size);
    total.count.incrementAndGet();
  }

  static void freed(long address) {
    Allocation allocation = allocations.get(address);
    if (allocation == null) return;
    allocations.remove(address);
    Total total = totals.get(allocation.stack());
    if (total == null) return;
    total.bytes.addAndGet(-allocation.size());
    total.count.decrementAndGet();
  }
}
