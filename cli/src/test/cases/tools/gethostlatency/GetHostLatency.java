import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Uprobe;
import org.bpf4j.lang.Uretprobe;

/// Tells which names are looked up, by whom, and how long that takes.
@Bpf(license = "GPL")
public final class GetHostLatency {

  static final String LIBC = "libc.so.6";

  @Struct
  static final class Lookup {
    long sinceNs;
    long tookNs;
    int process;
    final BpfString name = BpfString.ofSize(16);
    final BpfString host = BpfString.ofSize(80);
  }

  static final BpfHashMap<Integer, Lookup> lookups = BpfHashMap.create(10_240);
  static final RingBuffer<Lookup> done = RingBuffer.ofBytes(1 << 18);

  @Uprobe(binary = LIBC, function = "getaddrinfo")
  static void onGetaddrinfo(long host) {
    begin(host);
  }

  @Uretprobe(binary = LIBC, function = "getaddrinfo")
  static void onGetaddrinfoReturn() {
    end();
  }

  @Uprobe(binary = LIBC, function = "gethostbyname")
  static void onGethostbyname(long host) {
    begin(host);
  }

  @Uretprobe(binary = LIBC, function = "gethostbyname")
  static void onGethostbynameReturn() {
    end();
  }

  static void begin(long host) {
    if (host == 0) return;
    long id = Helpers.getCurrentPidTgid();
    Lookup lookup = new Lookup();
    lookup.sinceNs = Helpers.ktimeGetNs();
    lookup.process = (int) (id >>> 32);
    Helpers.getCurrentComm(lookup.name);
    Helpers.probeReadUserStr(lookup.host, host);
    lookups.put((int) id, lookup);
  }

  static void end() {
    int thread = (int) Helpers.getCurrentPidTgid();
    Lookup lookup = lookups.get(thread);
    if (lookup == null) return;
    lookup.tookNs = Helpers.ktimeGetNs() - lookup.sinceNs;
    Lookup event = done.reserve();
    if (event != null) {
      Helpers.copy(lookup, event);
      done.submit(event);
    }
    lookups.remove(thread);
  }
}
