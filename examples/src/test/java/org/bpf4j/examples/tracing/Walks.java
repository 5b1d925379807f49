package org.bpf4j.examples.tracing;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.BtfTracepoint;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Embedded;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelString;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Size;

/// Walks from struct to struct when a child of one process executes a file.
@Bpf(license = "GPL")
public final class Walks {

  @KernelStruct
  interface TaskStruct {
    int tgid();

    TaskStruct realParent();

    MmStruct mm();

    @Embedded
    SchedEntity se();

    @Size(16)
    KernelString comm();
  }

  /// All its members are in a struct without a name.
  @KernelStruct
  interface MmStruct {
    File exeFile();
  }

  @KernelStruct
  interface LinuxBinprm {
    File file();

    MmStruct mm();
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
  }

  @KernelStruct
  interface SchedEntity {
    long sumExecRuntime();
  }

  @Config static int process = -1;

  static int child;
  static long executable;
  static long given;
  static long elsewhere;
  static int ancestors;
  static int oldest;
  static long byAddress;
  static boolean ran;
  static final BpfString parent = BpfString.ofSize(16);
  static final BpfString name = BpfString.ofSize(32);

  @BtfTracepoint("sched_process_exec")
  static void exec(TaskStruct task, int before, LinuxBinprm program) {
    if (task.realParent().tgid() != process) {
      return;
    }
    child = task.tgid();
    executable = task.mm().exeFile().fInode().iIno();
    File file = program.file();
    given = file.fInode().iIno();
    elsewhere = file.privateData().iIno() + file.fInode().iCdev().count();
    file.dentry().name().copyTo(name);
    task.realParent().comm().copyTo(parent);
    ran = task.realParent().se().sumExecRuntime() > 0;
    TaskStruct mere = Helpers.viewAt(TaskStruct.class, Helpers.addressOf(task));
    byAddress = mere.mm().exeFile().fInode().iIno();
    ancestors = 0;
    TaskStruct at = task;
    for (int i = 0; i < 32 && at != null && at.tgid() > 1; i++) {
      at = at.realParent();
      ancestors++;
    }
    oldest = at == null ? -1 : at.tgid();
  }

  private Walks() {}
}
