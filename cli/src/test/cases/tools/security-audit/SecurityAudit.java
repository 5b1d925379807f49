import org.bpf4j.lang.Be16;
import org.bpf4j.lang.Be32;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfInodeStorage;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.BpfTaskStorage;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Embedded;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelString;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Lsm;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;

/// Security hooks as an audit log: who opened, ran, connected to, killed and removed what.
@Bpf(license = "GPL")
public final class SecurityAudit {
  enum Kind {
    OPEN,
    EXEC,
    CONNECT,
    KILL,
    UNLINK,
    SETUID
  }

  @KernelStruct
  interface Path {}

  @KernelStruct
  interface File {
    @Embedded
    @Field("f_path")
    Path path();

    int fFlags();
  }

  @KernelStruct
  interface Cred {
    @Field("uid.val")
    int uid();
  }

  @KernelStruct("linux_binprm")
  interface Binprm {
    KernelString filename();

    int argc();
  }

  @KernelStruct
  interface Socket {}

  @KernelStruct
  interface Sockaddr {
    short saFamily();
  }

  @KernelStruct("sockaddr_in")
  interface SockaddrIn {
    @Be16
    int sinPort();

    @Field("sin_addr.s_addr")
    @Be32
    int address();
  }

  @KernelStruct
  interface TaskStruct {
    int tgid();

    KernelString comm();

    TaskStruct realParent();
  }

  @KernelStruct("kernel_siginfo")
  interface Siginfo {}

  @KernelStruct
  interface Inode {}

  @KernelStruct
  interface Dentry {
    @Field("d_name.name")
    KernelString name();

    Inode dInode();

    Dentry dParent();
  }

  @Struct
  static final class Event {
    Kind kind;
    int pid, ppid, uid, detail, target, port;
    final BpfString comm = BpfString.ofSize(16);
    final BpfString what = BpfString.ofSize(256);
  }

  static final RingBuffer<Event> log = RingBuffer.ofBytes(1 << 20);
  static final BpfInodeStorage<Watched> watched = BpfInodeStorage.create();
  static final BpfTaskStorage<Count> perTask = BpfTaskStorage.create();

  @Struct
  static final class Watched {
    int rule;
    long hits;
  }

  @Struct
  static final class Count {
    long events;
  }

  @Config static boolean enforce;
  @Config static int onlyUid = -1;

  private static Event begin(Kind kind) {
    int uid = (int) Helpers.getCurrentUidGid();
    if (onlyUid >= 0 && onlyUid != uid) return null;
    Event e = log.reserve();
    if (e == null) return null;
    TaskStruct me = Helpers.getCurrentTaskBtf(TaskStruct.class);
    e.kind = kind;
    e.pid = me.tgid();
    e.ppid = me.realParent().tgid();
    e.uid = uid;
    e.detail = 0;
    e.target = 0;
    e.port = 0;
    Helpers.getCurrentComm(e.comm);
    e.what.clear();
    return e;
  }

  @Lsm("file_open")
  static int open(File file) {
    Event e = begin(Kind.OPEN);
    if (e == null) return 0;
    Helpers.dPath(file.path(), e.what);
    e.detail = file.fFlags();
    log.submit(e);
    Count c = perTask.getOrCreate(Helpers.getCurrentTaskBtf(TaskStruct.class));
    if (c != null) c.events++;
    return 0;
  }

  @Lsm("bprm_check_security")
  static int exec(Binprm bprm) {
    Event e = begin(Kind.EXEC);
    if (e == null) return 0;
    bprm.filename().copyTo(e.what);
    e.detail = bprm.argc();
    log.submit(e);
    return 0;
  }

  @Lsm("socket_connect")
  static int connect(Socket socket, Sockaddr address, int length, int ret) {
    if (ret != 0) return ret;
    if (address.saFamily() != 2) return 0;
    SockaddrIn in = Helpers.viewAt(SockaddrIn.class, Helpers.addressOf(address));
    Event e = begin(Kind.CONNECT);
    if (e == null) return 0;
    e.target = in.address();
    e.port = in.sinPort();
    boolean deny = enforce && e.port == 25;
    log.submit(e);
    return deny ? -1 : 0;
  }

  @Lsm("task_kill")
  static int kill(TaskStruct target, Siginfo info, int sig) {
    Event e = begin(Kind.KILL);
    if (e == null) return 0;
    e.target = target.tgid();
    e.detail = sig;
    target.comm().copyTo(e.what);
    log.submit(e);
    return 0;
  }

  @Lsm("inode_unlink")
  static int unlink(Inode dir, Dentry victim) {
    Inode inode = victim.dInode();
    if (inode == null) return 0;
    Watched w = watched.get(inode);
    Event e = begin(Kind.UNLINK);
    if (e != null) {
      e.what.format("%s/%s", victim.dParent().name(), victim.name());
      e.detail = w == null ? 0 : w.rule;
      log.submit(e);
    }
    return w != null && enforce ? -13 : 0;
  }

  @Lsm("task_fix_setuid")
  static int setuid(Cred fresh, Cred old, int flags) {
    if (fresh.uid() == old.uid()) return 0;
    Event e = begin(Kind.SETUID);
    if (e == null) return 0;
    e.what.format("%d -> %d", old.uid(), fresh.uid());
    log.submit(e);
    return 0;
  }
}
