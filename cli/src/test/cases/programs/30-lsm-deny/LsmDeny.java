import org.bpf4j.lang.Be16;
import org.bpf4j.lang.Be32;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Embedded;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Lsm;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.U16;

/// Keeps one process from opening files, from connecting to addresses, and from being nice to none
/// but itself.
@Bpf(license = "GPL")
public final class LsmDeny {

  static final int EPERM = 1;
  static final int AF_INET = 2;

  @KernelStruct
  interface File {
    @Embedded
    @Field("f_path")
    Path path();

    @Field("f_inode.i_ino")
    long inode();
  }

  @KernelStruct
  interface Path {}

  @KernelStruct
  interface SockaddrIn {
    @Field("sin_family")
    @U16
    int family();

    @Field("sin_port")
    @Be16
    int port();

    @Field("sin_addr.s_addr")
    @Be32
    int address();
  }

  /// An address of any family.
  @KernelStruct
  interface Sockaddr {}

  @KernelStruct
  interface Socket {}

  @KernelStruct
  interface TaskStruct {
    int tgid();
  }

  @Struct
  static final class Denial {
    int process;
    final BpfString name = BpfString.ofSize(16);
    final BpfString path = BpfString.ofSize(256);
  }

  static final BpfHashMap<Long, Boolean> files = BpfHashMap.create(1_024); // by inode
  static final BpfHashMap<Integer, Boolean> addresses = BpfHashMap.create(1_024);
  static final RingBuffer<Denial> denials = RingBuffer.ofBytes(1 << 16);

  /// The process that is kept from all that; no other is looked at.
  @Config static int process = 0;

  @Lsm("file_open")
  static int onOpen(File file) {
    if (file == null || !watched() || !files.containsKey(file.inode())) return 0;
    Denial denial = denials.reserve();
    if (denial != null) {
      denial.process = process;
      Helpers.getCurrentComm(denial.name);
      Helpers.dPath(file.path(), denial.path);
      denials.submit(denial);
    }
    return -EPERM;
  }

  @Lsm(value = "socket_connect", sleepable = true)
  static int onConnect(Socket socket, Sockaddr any, int length) {
    if (!watched()) return 0;
    SockaddrIn to = Helpers.viewAt(SockaddrIn.class, Helpers.addressOf(any));
    if (to.family() != AF_INET) return 0;
    return addresses.containsKey(to.address()) ? -EPERM : 0;
  }

  @Lsm("task_setnice")
  static int onNice(TaskStruct task, int nice) {
    return watched() && nice < 0 ? -EPERM : 0;
  }

  static boolean watched() {
    return process != 0 && (int) (Helpers.getCurrentPidTgid() >>> 32) == process;
  }
}
