import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfLruHashMap;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Core;
import org.bpf4j.lang.Embedded;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelEnum;
import org.bpf4j.lang.KernelString;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Kprobe;
import org.bpf4j.lang.Lsm;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Size;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tracepoint;
import org.bpf4j.lang.TracepointArgs;
import org.jspecify.annotations.Nullable;

/// Everything a security agent says of an exec: namespaces, capabilities, cgroup, tty, arguments,
/// environment.
@Bpf(license = "GPL")
public final class ExecAudit {
  @KernelStruct("task_struct")
  interface Task {
    int tgid();

    int pid();

    long startBoottime();

    Task realParent();

    KernelString comm();

    NsProxy nsproxy();

    Cred cred();

    Mm mm();

    Signal signal();

    @Field("thread_pid")
    Pid threadPid();

    CssSet cgroups();
  }

  @KernelStruct("nsproxy")
  interface NsProxy {
    @Field("mnt_ns")
    MntNs mntNs();

    @Field("pid_ns_for_children")
    PidNs pidNs();

    @Field("net_ns")
    NetNs netNs();

    UtsNs utsNs();
  }

  @KernelStruct("mnt_namespace")
  interface MntNs {
    @Field("ns.inum")
    int inum();
  }

  @KernelStruct("pid_namespace")
  interface PidNs {
    @Field("ns.inum")
    int inum();
  }

  @KernelStruct("net")
  interface NetNs {
    @Field("ns.inum")
    int inum();
  }

  @KernelStruct("uts_namespace")
  interface UtsNs {
    @Field("ns.inum")
    int inum();

    @Field("name.nodename")
    KernelString nodename();
  }

  @KernelStruct
  interface Cred {
    @Field("uid.val")
    int uid();

    @Field("euid.val")
    int euid();

    @Field({"cap_effective.val", "cap_effective.cap[0]"})
    long effective();
  }

  @KernelStruct("mm_struct")
  interface Mm {
    long argStart();

    long argEnd();

    long envStart();

    long envEnd();

    FileView exeFile();
  }

  @KernelStruct("file")
  interface FileView {
    @Field("f_path.dentry")
    DentryView dentry();
  }

  @KernelStruct("dentry")
  interface DentryView {
    InodeView dInode();
  }

  @KernelStruct("inode")
  interface InodeView {
    long iIno();

    short iMode();
  }

  @KernelStruct("signal_struct")
  interface Signal {
    @Nullable Tty tty();
  }

  @KernelStruct("tty_struct")
  interface Tty {
    @Size(64)
    KernelString name();

    int index();

    TtyDriver driver();
  }

  @KernelStruct("tty_driver")
  interface TtyDriver {
    int major();

    int minorStart();
  }

  @KernelStruct("pid")
  interface Pid {
    int level();

    @Embedded
    @Size(4)
    Upid numbers(int i);
  }

  @KernelStruct("upid")
  interface Upid {
    int nr();
  }

  @KernelStruct("css_set")
  interface CssSet {
    @Field("dfl_cgrp")
    Cgroup dfl();

    @Size(14)
    Css subsys(int i);
  }

  @KernelStruct("cgroup_subsys_state")
  interface Css {
    Cgroup cgroup();
  }

  @KernelStruct("cgroup")
  interface Cgroup {
    Kn kn();

    int level();
  }

  @KernelStruct("kernfs_node")
  interface Kn {
    KernelString name();

    long id();

    @Field({"__parent", "parent"})
    Kn parent();
  }

  @TracepointArgs
  interface SchedProcessExec {
    KernelString filename();

    int pid();
  }

  @KernelStruct("linux_binprm")
  interface Binprm {
    int argc();
  }

  static final int ARGS = 1024;
  static final int ENV = 512;

  @Struct
  static final class Namespaces {
    int mnt, pid, net, uts;
  }

  @Struct
  static final class Event {
    int pid, tid, ppid, nsPid, uid, euid, argsSize, envSize, tty, cgroupLevel;
    long startNs, effective, inode, cgroupId;
    boolean setuid;
    final Namespaces ns = new Namespaces();
    final BpfString comm = BpfString.ofSize(16);
    final BpfString parentComm = BpfString.ofSize(16);
    final BpfString ttyName = BpfString.ofSize(64);
    final BpfString file = BpfString.ofSize(256);
    final BpfString host = BpfString.ofSize(65);
    final BpfString cgroup = BpfString.ofSize(128);
    final byte[] args = new byte[ARGS];
    final byte[] env = new byte[ENV];
  }

  static final RingBuffer<Event> events = RingBuffer.ofBytes(1 << 20);
  static final BpfLruHashMap<Integer, Long> running = BpfLruHashMap.create(1024);
  @Config static boolean onlyContainers, withEnvironment = true;

  @KernelEnum("cgroup_subsys_id")
  enum Subsystem {
    pids_cgrp_id
  }

  /// The process's number in its own namespace.
  static int nsPid(Task task) {
    Pid p = task.threadPid();
    int level = p.level();
    if (level < 0 || level >= 4) return 0;
    return p.numbers(level).nr();
  }

  static void namespaces(Task task, Namespaces ns) {
    NsProxy proxy = task.nsproxy();
    ns.mnt = proxy.mntNs().inum();
    ns.pid = proxy.pidNs().inum();
    ns.net = proxy.netNs().inum();
    ns.uts = proxy.utsNs().inum();
  }

  static Cgroup cgroup(Task task) {
    return Core.hasConstant(Subsystem.pids_cgrp_id)
        ? task.cgroups().subsys((int) Core.valueOf(Subsystem.pids_cgrp_id)).cgroup()
        : task.cgroups().dfl();
  }

  /// The group below the root that a group is in, at most eight steps up.
  static Kn outermost(Kn group) {
    Kn at = group;
    for (int i = 0; i < 8 && at.parent() != null && at.parent().parent() != null; i++) {
      at = at.parent();
    }
    return at;
  }

  @Tracepoint("sched/sched_process_exec")
  static void exec(SchedProcessExec ctx) {
    Task task = Helpers.currentTask(Task.class);
    if (onlyContainers && task.threadPid().level() == 0) return;
    Event e = events.reserve();
    if (e == null) return;
    e.pid = task.tgid();
    e.tid = ctx.pid();
    Task parent = task.realParent();
    e.ppid = parent.tgid();
    parent.comm().copyTo(e.parentComm);
    e.nsPid = nsPid(task);
    Cred cred = task.cred();
    e.uid = cred.uid();
    e.euid = cred.euid();
    e.effective = cred.effective();
    e.startNs = task.startBoottime();
    namespaces(task, e.ns);
    task.nsproxy().utsNs().nodename().copyTo(e.host);
    Tty tty = task.signal().tty();
    e.tty = tty == null ? 0 : tty.driver().major() << 20 | tty.driver().minorStart() + tty.index();
    if (tty != null) tty.name().copyTo(e.ttyName);
    Mm mm = task.mm();
    InodeView inode = mm.exeFile().dentry().dInode();
    e.inode = inode.iIno();
    e.setuid = (inode.iMode() & 04000) != 0;
    ctx.filename().copyTo(e.file);
    Helpers.getCurrentComm(e.comm);
    Cgroup c = cgroup(task);
    e.cgroupLevel = c.level();
    e.cgroupId = c.kn().id();
    outermost(c.kn()).name().copyTo(e.cgroup);
    long start = mm.argStart(), end = mm.argEnd();
    int n = (int) Math.min(end - start, ARGS);
    if (n > 0 && Helpers.probeReadUser(e.args, 0, n, start) == 0) e.argsSize = n;
    if (withEnvironment) {
      long size = Math.clamp(mm.envEnd() - mm.envStart(), 0, ENV);
      if (Helpers.probeReadUser(e.env, 0, (int) size, mm.envStart()) == 0) e.envSize = (int) size;
    }
    running.put(e.pid, e.startNs);
    events.submit(e);
  }

  @Lsm(value = "bprm_committed_creds", sleepable = true)
  static void committed(Binprm bprm) {
    Task task = Helpers.getCurrentTaskBtf(Task.class);
    long[] first = new long[2];
    Helpers.copyFromUser(first, task.mm().envStart());
    if (first[0] != 0 && bprm.argc() > 0) running.put(task.tgid(), first[1]);
  }

  @Kprobe("do_exit")
  static void exit(long code) {
    Task t = Helpers.currentTask(Task.class);
    if (t.pid() != t.tgid()) return;
    Long since = running.get(t.tgid());
    if (since != null)
      Helpers.printk(
          "%d lived %d, code %d signal %d",
          t.tgid(), Helpers.ktimeGetBootNs() - since, code >> 8 & 0xff, code & 0x7f);
    running.remove(t.tgid());
  }
}
