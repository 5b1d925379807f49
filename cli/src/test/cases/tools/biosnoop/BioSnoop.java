import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.BtfTracepoint;
import org.bpf4j.lang.CgroupArray;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Core;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Kconfig;
import org.bpf4j.lang.KernelString;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Kprobe;
import org.bpf4j.lang.PerfEventArray;
import org.bpf4j.lang.RawTracepoint;
import org.bpf4j.lang.RawTracepointContext;
import org.bpf4j.lang.Struct;

/// Block I/O with latency and process.
@Bpf(license = "GPL")
public final class BioSnoop {
  @KernelStruct("request_queue")
  interface Queue {
    @Field({"disk"})
    Gendisk disk();
  }

  @KernelStruct
  interface Gendisk {
    int major();

    int firstMinor();

    KernelString diskName();
  }

  @KernelStruct
  interface Request {
    Queue q();

    Gendisk rqDisk();

    @Field("__data_len")
    int dataLen();

    @Field("__sector")
    long sector();

    int cmdFlags();
  }

  @Struct
  static final class Who {
    final BpfString comm = BpfString.ofSize(16);
    int pid;
  }

  @Struct
  static final class Stage {
    long insert;
    long issue;
    int dev;
  }

  @Struct
  static final class Event {
    final BpfString comm = BpfString.ofSize(16);
    long delta, qdelta, ts, sector;
    int len, pid, cmdFlags, dev;
  }

  static final BpfHashMap<Request, Who> whos = BpfHashMap.create(10240);
  static final BpfHashMap<Request, Stage> starts = BpfHashMap.create(10240);
  static final PerfEventArray<Event> events = PerfEventArray.create();
  static final CgroupArray cgroup = CgroupArray.create(1);

  @Config static boolean filterCg;
  @Config static boolean targQueued;
  @Config static boolean filterDev;
  @Config static int targDev;
  @Config static long minNs;

  private static Gendisk disk(Request rq) {
    return Core.hasField(Queue::disk) ? rq.q().disk() : rq.rqDisk();
  }

  private static void tracePid(Request rq) {
    Who who = new Who();
    who.pid = (int) (Helpers.getCurrentPidTgid() >>> 32);
    Helpers.getCurrentComm(who.comm);
    whos.put(rq, who);
  }

  private static void start(Request rq, boolean insert) {
    Stage s = starts.get(rq);
    long ts = Helpers.ktimeGetNs();
    if (s == null) {
      Gendisk d = disk(rq);
      int dev = d != null ? d.major() << 20 | d.firstMinor() : 0;
      if (filterDev && targDev != dev) return;
      Stage fresh = new Stage();
      fresh.dev = dev;
      starts.put(rq, fresh);
      s = starts.get(rq);
      if (s == null) return;
    }
    if (insert) s.insert = ts;
    else s.issue = ts;
  }

  @Kprobe("blk_account_io_start")
  static void accountStart(Request rq) {
    if (filterCg && !cgroup.currentTaskUnderCgroup(0)) return;
    tracePid(rq);
  }

  @Kconfig("LINUX_KERNEL_VERSION")
  static int version;

  /// Up to 5.10 the first argument is the queue.
  @RawTracepoint("block_rq_insert")
  static void insert(RawTracepointContext ctx) {
    start(
        Helpers.viewAt(Request.class, version < 0x50B00 ? ctx.argument(1) : ctx.argument(0)), true);
  }

  @RawTracepoint("block_rq_issue")
  static void issue(RawTracepointContext ctx) {
    start(
        Helpers.viewAt(Request.class, version < 0x50B00 ? ctx.argument(1) : ctx.argument(0)),
        false);
  }

  @BtfTracepoint("block_rq_complete")
  static void complete(Request rq, byte error, int bytes) {
    Stage s = starts.get(rq);
    if (s == null) return;
    long ts = Helpers.ktimeGetNs();
    long delta = ts - s.issue;
    if (delta < 0 || delta < minNs) {
      starts.remove(rq);
      whos.remove(rq);
      return;
    }
    Who who = whos.get(rq);
    Event e = new Event();
    if (who == null) {
      e.comm.copyFrom("?");
    } else {
      e.comm.copyFrom(who.comm);
      e.pid = who.pid;
    }
    e.delta = delta;
    e.qdelta = targQueued ? s.insert != 0 ? s.issue - s.insert : -1 : 0;
    e.ts = ts;
    e.sector = rq.sector();
    e.len = rq.dataLen();
    e.cmdFlags = rq.cmdFlags();
    e.dev = s.dev;
    events.output(e);
    starts.remove(rq);
    whos.remove(rq);
  }
}
