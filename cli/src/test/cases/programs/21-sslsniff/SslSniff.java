import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.PerCpu;
import org.bpf4j.lang.PerfEventArray;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Uprobe;
import org.bpf4j.lang.Uretprobe;

/// Shows what programs send and receive through OpenSSL, before and after it is encrypted.
@Bpf(license = "GPL")
public final class SslSniff {

  static final String LIBSSL = "libssl.so.3";
  static final int MAX_BYTES = 8_192;

  /// Bytes in the clear.
  @Struct
  static final class Event {
    long startedNs;
    long tookNs;
    int process;
    int thread;
    int user;
    int length;
    boolean written;
    final BpfString name = BpfString.ofSize(16);
    final byte[] bytes = new byte[MAX_BYTES];
  }

  record Call(long buffer, long startedNs) {}

  static final BpfHashMap<Integer, Call> calls = BpfHashMap.create(10_240);
  static final PerCpu<Event> scratch = PerCpu.create();
  static final PerfEventArray<Event> events = PerfEventArray.create();

  @Config static int onlyProcess = 0;
  @Config static int onlyUser = -1;

  @Uprobe(binary = LIBSSL, function = "SSL_write")
  static void onWrite(long ssl, long buffer, int length) {
    enter(buffer);
  }

  @Uretprobe(binary = LIBSSL, function = "SSL_write")
  static void onWritten(int length) {
    exit(length, true);
  }

  @Uprobe(binary = LIBSSL, function = "SSL_read")
  static void onRead(long ssl, long buffer, int length) {
    enter(buffer);
  }

  @Uretprobe(binary = LIBSSL, function = "SSL_read")
  static void onReadReturn(int length) {
    exit(length, false);
  }

  static void enter(long buffer) {
    long id = Helpers.getCurrentPidTgid();
    if (onlyProcess != 0 && onlyProcess != (int) (id >>> 32)) return;
    if (onlyUser >= 0 && onlyUser != (int) Helpers.getCurrentUidGid()) return;
    calls.put((int) id, new Call(buffer, Helpers.ktimeGetNs()));
  }

  static void exit(int length, boolean written) {
    long id = Helpers.getCurrentPidTgid();
    Call call = calls.get((int) id);
    if (call == null) return;
    calls.remove((int) id);
    if (length <= 0) return;

    Event event = scratch.get();
    event.startedNs = call.startedNs();
    event.tookNs = Helpers.ktimeGetNs() - call.startedNs();
    event.process = (int) (id >>> 32);
    event.thread = (int) id;
    event.user = (int) Helpers.getCurrentUidGid();
    event.length = length;
    event.written = written;
    Helpers.getCurrentComm(event.name);
    int kept = Math.min(length, MAX_BYTES);
    Helpers.probeReadUser(event.bytes, 0, kept, call.buffer());
    events.output(event);
  }
}
