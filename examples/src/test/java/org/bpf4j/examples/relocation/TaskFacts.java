package org.bpf4j.examples.relocation;

import org.bpf4j.lang.BitField;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Core;
import org.bpf4j.lang.Embedded;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.Iter;
import org.bpf4j.lang.IterContext;
import org.bpf4j.lang.KernelEnum;
import org.bpf4j.lang.KernelString;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Size;
import org.bpf4j.lang.Struct;

/// Lists processes with what is known of them elsewhere, by members that moved or were renamed
/// between kernels.
@Bpf(license = "GPL")
public final class TaskFacts {

  @KernelStruct
  interface TaskStruct {
    int pid();

    int tgid();

    TaskStruct realParent();

    @Size(16)
    KernelString comm();

    int staticPrio();

    long startBoottime();

    Cred cred();

    Nsproxy nsproxy();

    SignalStruct signal();

    MmStruct mm();
  }

  @KernelStruct
  interface Cred {
    @Field("uid.val")
    int uid();
  }

  @KernelStruct
  interface Nsproxy {
    PidNamespace pidNsForChildren();
  }

  @KernelStruct
  interface PidNamespace {
    @Field("ns.inum")
    int number();
  }

  @KernelStruct
  interface SignalStruct {
    /// `RLIMIT_NOFILE`.
    @Field("rlim[7].rlim_cur")
    long openFiles();
  }

  /// In a struct without name since Linux 4.20, behind others that came and went.
  @KernelStruct
  interface MmStruct {
    long argStart();

    OpenFile exeFile();
  }

  @KernelStruct("file")
  interface OpenFile {
    @Field("f_path.dentry")
    Dentry dentry();

    @Field("f_inode")
    Inode inode();
  }

  @KernelStruct
  interface Dentry {
    /// Renamed in Linux 6.14.
    @Field({"d_shortname.string", "d_iname"})
    @Size(32)
    KernelString shortName();
  }

  @KernelStruct
  interface Inode {
    /// Two numbers since Linux 6.11.
    @Field({"i_mtime_sec", "i_mtime.tv_sec"})
    long seconds();

    @Field({"i_mtime_nsec", "i_mtime.tv_nsec"})
    int nanoseconds();

    @Field("i_mtime")
    @Embedded
    Time time();
  }

  @KernelStruct("timespec64")
  interface Time {}

  @KernelStruct
  interface SkBuff {
    /// Since Linux 5.18; renamed in 6.10, when it got a second bit.
    @BitField
    @Field({"tstamp_type", "mono_delivery_time"})
    int clock();
  }

  @KernelStruct
  interface NoSuchStruct {}

  @KernelEnum
  enum BpfMapType {
    BPF_MAP_TYPE_ARENA
  }

  @KernelEnum
  enum BpfAttachType {
    __MAX_BPF_ATTACH_TYPE
  }

  @Struct
  static final class Names {
    final BpfString comm = BpfString.ofSize(16);
    final BpfString program = BpfString.ofSize(32);
  }

  static long items;

  @Iter("task")
  static void taskFacts(IterContext out, TaskStruct task) {
    if (items == 0) {
      out.print(
          "types %d %d %d %d %d %d\n",
          Core.hasConstant(BpfMapType.BPF_MAP_TYPE_ARENA)
              ? Core.valueOf(BpfMapType.BPF_MAP_TYPE_ARENA)
              : -1,
          Core.valueOf(BpfAttachType.__MAX_BPF_ATTACH_TYPE),
          Core.sizeOf(TaskStruct.class),
          Core.hasType(NoSuchStruct.class) ? 1 : 0,
          Core.hasType(NoSuchStruct.class) ? Core.sizeOf(NoSuchStruct.class) : -1,
          Core.hasField(Inode::time) ? 1 : 0);
      out.print(
          "fields %d %d %d %d %d %d %d\n",
          Core.offsetOf(TaskStruct::tgid),
          Core.sizeOf(TaskStruct::comm),
          Core.isSigned(TaskStruct::staticPrio) ? 1 : 0,
          Core.hasField(SkBuff::clock) ? Core.offsetOf(SkBuff::clock) : -1,
          Core.hasField(SkBuff::clock) ? Core.sizeOf(SkBuff::clock) : -1,
          Core.hasField(SkBuff::clock) ? Core.leftShift(SkBuff::clock) : -1,
          Core.hasField(SkBuff::clock) ? Core.rightShift(SkBuff::clock) : -1);
    }
    items++;
    if (task.pid() != task.tgid()) {
      return;
    }
    Names names = new Names();
    task.comm().copyTo(names.comm);
    task.mm().exeFile().dentry().shortName().copyTo(names.program);
    out.print(
        "task %d parent %d uid %d nice %d start %d arguments %d files %d namespace %d",
        task.tgid(),
        task.realParent().tgid(),
        task.cred().uid(),
        task.staticPrio() - 120,
        task.startBoottime(),
        task.mm().argStart(),
        task.signal().openFiles(),
        task.nsproxy().pidNsForChildren().number() & 0xffff_ffffL);
    out.print(
        " modified %d.%d comm %s program %s\n",
        task.mm().exeFile().inode().seconds(),
        task.mm().exeFile().inode().nanoseconds(),
        names.comm,
        names.program);
  }

  private TaskFacts() {}
}
