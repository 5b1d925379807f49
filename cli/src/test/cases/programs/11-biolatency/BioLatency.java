import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BtfTracepoint;
import org.bpf4j.lang.Buckets;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Structs;

/// Histograms of how long block devices take, by device and by what they were asked for.
@Bpf(license = "GPL")
public final class BioLatency {

  static final int SLOTS = 27;

  @KernelStruct
  interface Request {
    @Field({"q.disk", "rq_disk"})
    Gendisk disk();

    int cmdFlags();
  }

  @KernelStruct
  interface Gendisk {
    int major();

    @Field("first_minor")
    int minor();
  }

  /// Whose histogram it is: a device and an operation, where they are told apart.
  record Kind(int device, int flags) {}

  @Struct
  static final class Histogram {
    final AtomicLong[] slots = Structs.fill(new AtomicLong[SLOTS], AtomicLong::new);
  }

  static final BpfHashMap<Request, Long> issued = BpfHashMap.create(10_240);
  static final BpfHashMap<Kind, Histogram> latencies = BpfHashMap.create(1_024);

  @Config static boolean byDevice = false;
  @Config static boolean byFlags = false;
  @Config static boolean queued = false;
  @Config static boolean inMilliseconds = false;
  @Config static int onlyDevice = 0;

  @BtfTracepoint("block_rq_insert")
  static void onInsert(Request request) {
    if (queued) begin(request);
  }

  @BtfTracepoint("block_rq_issue")
  static void onIssue(Request request) {
    if (!queued) begin(request);
  }

  static void begin(Request request) {
    if (onlyDevice != 0 && onlyDevice != deviceOf(request)) return;
    issued.put(request, Helpers.ktimeGetNs());
  }

  @BtfTracepoint("block_rq_complete")
  static void onComplete(Request request) {
    Long since = issued.get(request);
    if (since == null) return;
    issued.remove(request);
    long ns = Helpers.ktimeGetNs() - since;
    if (ns < 0) return;

    Kind kind = new Kind(byDevice ? deviceOf(request) : 0, byFlags ? request.cmdFlags() : 0);
    Histogram histogram = latencies.get(kind);
    if (histogram == null) {
      latencies.putIfAbsent(kind, new Histogram());
      histogram = latencies.get(kind);
      if (histogram == null) return;
    }
    int slot = Buckets.log2(ns / (inMilliseconds ? 1_000_000 : 1_000));
    histogram.slots[Math.min(slot, SLOTS - 1)].incrementAndGet();
  }

  /// The device as `stat` numbers it: `MKDEV` of the kernel.
  static int deviceOf(Request request) {
    Gendisk disk = request.disk();
    return disk == null ? 0 : disk.major() << 20 | disk.minor();
  }
}
