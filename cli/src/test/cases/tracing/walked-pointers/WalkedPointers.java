import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.BtfTracepoint;
import org.bpf4j.lang.Embedded;
import org.bpf4j.lang.Fentry;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Iter;
import org.bpf4j.lang.IterContext;
import org.bpf4j.lang.KernelString;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Lsm;
import org.bpf4j.lang.Size;

@Bpf(license = "GPL")
public final class WalkedPointers {

  @KernelStruct
  interface TaskStruct {
    int tgid();

    long startTime();

    TaskStruct realParent();

    MmStruct mm();

    @Embedded
    SchedEntity se();

    @Size(16)
    KernelString comm();
  }

  /// All members of this one are in a struct without a name.
  @KernelStruct
  interface MmStruct {
    File exeFile();

    long totalVm();
  }

  @KernelStruct
  interface File {
    Inode fInode();

    @Field("f_path.dentry")
    Dentry dentry();

    /// The kernel does not say what this points to.
    Inode privateData();
  }

  @KernelStruct
  interface Inode {
    long iIno();

    /// In a union, and not its first member.
    Cdev iCdev();
  }

  @KernelStruct
  interface Cdev {
    int count();
  }

  @KernelStruct
  interface Dentry {
    @Field("d_name.name")
    KernelString name();

    Dentry dParent();
  }

  @KernelStruct
  interface SchedEntity {
    SchedEntity parent();

    long vruntime();
  }

  static final BpfHashMap<Integer, TaskStruct> kept = BpfHashMap.create(4);
  static int tgid = 1;
  static int ancestors;
  static long inode = 1;
  static long pages = 1;
  static long runtime = 1;
  static long odd = 1;
  static int kin;
  static final BpfString comm = BpfString.ofSize(16);
  static final BpfString name = BpfString.ofSize(32);

  private static long inodeOf(MmStruct mm) {
    File file = mm.exeFile();
    if (file == null) {
      return 0;
    }
    Dentry dentry = file.dentry();
    if (dentry != null) {
      dentry.name().copyTo(name);
    }
    Inode inode = file.fInode();
    return inode == null ? 0 : inode.iIno();
  }

  @BtfTracepoint("sched_switch")
  static int look(boolean preempt, TaskStruct previous, TaskStruct next) {
    TaskStruct parent = next.realParent();
    tgid = parent == null ? next.tgid() : parent.tgid();
    if (parent != null) {
      parent.comm().copyTo(comm);
    }
    MmStruct mm = previous.mm();
    if (mm != null) {
      inode = inodeOf(mm);
      pages = mm.totalVm();
    } else {
      pages = 0;
    }
    SchedEntity entity = next.se();
    runtime = entity.vruntime() + next.startTime();
    SchedEntity outer = entity.parent();
    if (outer != null) {
      runtime += outer.vruntime();
    }
    kin = 0;
    TaskStruct at = previous;
    for (int i = 0; i < 8 && at != null && at.tgid() > 1; i++) {
      at = at.realParent();
      kin++;
    }
    return 3;
  }

  /// Neither a pointer out of a map nor a number is one that the kernel knows.
  @BtfTracepoint("sched_wakeup")
  static int keep(TaskStruct task) {
    TaskStruct before = kept.get(1);
    kept.put(1, task);
    TaskStruct either = before == null || before.tgid() == 7 ? task : before;
    TaskStruct again = Helpers.viewAt(TaskStruct.class, Helpers.addressOf(task));
    TaskStruct parent = again.realParent();
    tgid = either.tgid() + (parent == null ? 0 : parent.tgid());
    return 4;
  }

  /// What is computed with is a number.
  @BtfTracepoint("sched_wakeup_new")
  static int hash(TaskStruct task) {
    TaskStruct parent = task.realParent();
    odd = Helpers.addressOf(parent) * 31 >>> 7;
    tgid = parent == null ? 5 : parent.tgid();
    return 5;
  }

  @Fentry("vfs_open")
  static void open(Path path, File file) {
    Inode own = file.privateData();
    inode = own == null ? 0 : own.iIno();
    Inode there = file.fInode();
    if (there != null) {
      Cdev device = there.iCdev();
      odd = device == null ? 0 : device.count();
    }
    Dentry dentry = path.dentry();
    if (dentry != null && dentry.dParent() != null) {
      dentry.dParent().name().copyTo(name);
    }
  }

  @KernelStruct
  interface Path {
    Dentry dentry();
  }

  @Lsm("file_open")
  static int mayOpen(File file) {
    Inode there = file.fInode();
    return there == null || there.iIno() != -1 ? 0 : -13;
  }

  @Iter("task_file")
  static void files(IterContext out, TaskStruct task, int number, File file) {
    TaskStruct parent = task.realParent();
    Inode there = file.fInode();
    if (parent != null && there != null) {
      out.print("%d %d %d\n", parent.tgid(), number, there.iIno());
    }
    kin = number;
  }
}
