import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfPerCpuArray;
import org.bpf4j.lang.Kprobe;

/// Counts what is asked of file systems, by kind of request.
@Bpf(license = "GPL")
public final class VfsStat {

  enum Request {
    READ,
    WRITE,
    FSYNC,
    OPEN,
    CREATE,
    UNLINK,
    MKDIR,
    RMDIR
  }

  static final BpfPerCpuArray<AtomicLong> counts = BpfPerCpuArray.create(8);

  @Kprobe("vfs_read")
  static void onRead() {
    count(Request.READ);
  }

  @Kprobe("vfs_write")
  static void onWrite() {
    count(Request.WRITE);
  }

  @Kprobe("vfs_fsync_range")
  static void onFsync() {
    count(Request.FSYNC);
  }

  @Kprobe("vfs_open")
  static void onOpen() {
    count(Request.OPEN);
  }

  @Kprobe("vfs_create")
  static void onCreate() {
    count(Request.CREATE);
  }

  @Kprobe("vfs_unlink")
  static void onUnlink() {
    count(Request.UNLINK);
  }

  @Kprobe("vfs_mkdir")
  static void onMkdir() {
    count(Request.MKDIR);
  }

  @Kprobe("vfs_rmdir")
  static void onRmdir() {
    count(Request.RMDIR);
  }

  static void count(Request request) {
    counts.get(request.ordinal()).incrementAndGet();
  }
}
