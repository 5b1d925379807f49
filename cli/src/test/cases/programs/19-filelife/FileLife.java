import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelString;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Kprobe;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;

/// Tells which files were removed that had been made a short time before.
@Bpf(license = "GPL")
public final class FileLife {

  @KernelStruct
  interface Dentry {
    @Field("d_name.name")
    KernelString name();
  }

  @Struct
  static final class Event {
    long ageNs;
    int process;
    final BpfString name = BpfString.ofSize(16);
    final BpfString file = BpfString.ofSize(32);
  }

  static final BpfHashMap<Dentry, Long> made = BpfHashMap.create(8_192);
  static final RingBuffer<Event> events = RingBuffer.ofBytes(1 << 16);

  @Config static int onlyProcess = 0;

  // the first parameter, of the mount, is there since Linux 5.12
  @Kprobe("vfs_create")
  static void onCreate(long mount, long directory, Dentry file) {
    if (wanted()) made.put(file, Helpers.ktimeGetNs());
  }

  @Kprobe("security_inode_create")
  static void onCreateAllowed(long directory, Dentry file) {
    if (wanted()) made.put(file, Helpers.ktimeGetNs());
  }

  @Kprobe("vfs_unlink")
  static void onUnlink(long mount, long directory, Dentry file) {
    Long since = made.get(file);
    if (since == null || file == null) return;
    made.remove(file);
    Event event = events.reserve();
    if (event == null) return;
    event.ageNs = Helpers.ktimeGetNs() - since;
    event.process = (int) (Helpers.getCurrentPidTgid() >>> 32);
    Helpers.getCurrentComm(event.name);
    file.name().copyTo(event.file);
    events.submit(event);
  }

  static boolean wanted() {
    return onlyProcess == 0 || onlyProcess == (int) (Helpers.getCurrentPidTgid() >>> 32);
  }
}
