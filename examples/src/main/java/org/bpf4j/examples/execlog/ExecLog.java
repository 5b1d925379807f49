package org.bpf4j.examples.execlog;

import java.time.Duration;
import java.time.Instant;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelString;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tracepoint;
import org.bpf4j.lang.TracepointArgs;

/// Logs every program that is started on the machine: who started what.
@Bpf(license = "GPL")
public final class ExecLog {

  /// A program that was started.
  @Struct
  static final class Exec {
    int pid;
    int parent;
    int uid;
    long startedNs;
    final BpfString comm = BpfString.ofSize(16); // TASK_COMM_LEN
    final BpfString path = BpfString.ofSize(256);
  }

  /// Of the kernel's description of a task, what is read here.
  @KernelStruct
  interface TaskStruct {
    int tgid();

    TaskStruct realParent();
  }

  /// Of the tracepoint's arguments, what is read here.
  @TracepointArgs
  interface SchedProcessExec {
    KernelString filename();
  }

  static final RingBuffer<Exec> events = RingBuffer.ofBytes(1 << 20);

  /// The only user to log, or −1 for all.
  @Config static int onlyUid = -1;

  private ExecLog() {}

  @Tracepoint("sched/sched_process_exec")
  static void onExec(SchedProcessExec args) {
    int uid = (int) Helpers.getCurrentUidGid();
    if (onlyUid >= 0 && uid != onlyUid) return;
    Exec exec = events.reserve();
    if (exec == null) return;
    exec.pid = (int) (Helpers.getCurrentPidTgid() >>> 32);
    exec.parent = Helpers.currentTask(TaskStruct.class).realParent().tgid();
    exec.uid = uid;
    exec.startedNs = Helpers.ktimeGetNs();
    Helpers.getCurrentComm(exec.comm);
    args.filename().copyTo(exec.path);
    events.submit(exec);
  }

  /// Prints each program as it is started.
  ///
  /// @param args `--seconds N` to end after that time; without, it goes on until it is stopped
  public static void main(String[] args) throws InterruptedException {
    boolean limited = args.length == 2 && args[0].equals("--seconds");
    try (ExecLogBpf log = ExecLogBpf.load()) {
      log.attachAll();
      Instant end = limited ? Instant.now().plusSeconds(Long.parseLong(args[1])) : Instant.MAX;
      System.out.printf("%8s %8s %6s %-16s %s%n", "PID", "PARENT", "UID", "COMM", "PATH");
      while (Instant.now().isBefore(end)) {
        log.events().poll(Duration.ofSeconds(1), exec -> System.out.println(text(exec)));
      }
      System.out.println("lost: " + log.events().lost());
    }
  }

  private static String text(Exec exec) {
    return "%8d %8d %6d %-16s %s".formatted(exec.pid, exec.parent, exec.uid, exec.comm, exec.path);
  }
}
