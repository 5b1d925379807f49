import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfInodeStorage;
import org.bpf4j.lang.BpfTaskStorage;
import org.bpf4j.lang.BtfTracepoint;
import org.bpf4j.lang.Fentry;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Lsm;
import org.bpf4j.lang.Struct;

/// The kernel knows the type of what is read from a struct that it gave, which is enough for a
/// storage.
@Bpf(license = "GPL")
public final class StorageOfWhatWasRead {

  @KernelStruct
  interface TaskStruct {
    int tgid();

    TaskStruct realParent();

    TaskStruct groupLeader();

    /// On no list of the verifier's.
    TaskStruct parent();
  }

  @KernelStruct
  interface File {
    Inode fInode();
  }

  @KernelStruct
  interface Inode {
    long iIno();
  }

  @Struct
  static final class Seen {
    int children;
    int threads;
  }

  static final BpfTaskStorage<Seen> tasks = BpfTaskStorage.create();
  static final BpfInodeStorage<Seen> inodes = BpfInodeStorage.create();
  static int found = 1;

  private static void count(TaskStruct task, int children) {
    Seen seen = tasks.getOrCreate(task);
    if (seen != null) {
      seen.children += children;
    }
  }

  @BtfTracepoint("sched_process_fork")
  static int onFork(TaskStruct parent, TaskStruct child) {
    TaskStruct leader = child.groupLeader();
    if (leader != null) {
      count(leader, 0);
    }
    TaskStruct grandparent = parent.realParent();
    if (grandparent == null) {
      return 4;
    }
    count(grandparent, 1);
    TaskStruct further = grandparent.parent();
    if (further != null && tasks.get(further) != null) {
      found = further.tgid();
    }
    return 5;
  }

  @BtfTracepoint("sched_process_exit")
  static int onExit(TaskStruct task) {
    TaskStruct either = task.tgid() == 7 ? task.realParent() : task;
    if (either != null && tasks.delete(either)) {
      found = 3;
    }
    return 6;
  }

  @Fentry("wake_up_new_task")
  static void onNew(TaskStruct task) {
    TaskStruct leader = task.groupLeader();
    Seen seen = leader == null ? null : tasks.getOrCreate(leader);
    if (seen != null) {
      seen.threads++;
    }
  }

  @Lsm("file_open")
  static int mayOpen(File file) {
    Inode inode = file.fInode();
    Seen seen = inode == null ? null : inodes.getOrCreate(inode);
    if (seen != null) {
      seen.children++;
    }
    return 0;
  }

  @Lsm(value = "file_open", sleepable = true)
  static int mayOpenAsleep(File file) {
    Inode inode = file.fInode();
    if (inode != null && inodes.get(inode) != null) {
      found = 9;
    }
    return 0;
  }
}
