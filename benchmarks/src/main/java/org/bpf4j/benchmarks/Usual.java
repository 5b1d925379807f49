package org.bpf4j.benchmarks;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelString;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.RawTracepoint;
import org.bpf4j.lang.RawTracepointContext;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Size;
import org.bpf4j.lang.Struct;

/// A usual tool: a ring buffer, a hash map, globals, and fields of the kernel's structs.
@Bpf(license = "GPL")
final class Usual {

  @KernelStruct
  interface TaskStruct {
    int tgid();

    TaskStruct realParent();

    @Size(16)
    KernelString comm();
  }

  @Struct
  static final class Event {
    long ts;
    int pid;
    int ppid;
    final BpfString comm = BpfString.ofSize(16);
  }

  static final RingBuffer<Event> events = RingBuffer.ofBytes(256 * 1024);
  static final BpfHashMap<Integer, Long> starts = BpfHashMap.create(8192);
  static volatile int minPid;
  static long seen;

  private Usual() {}

  @RawTracepoint("sched_process_exec")
  static void onExec(RawTracepointContext exec) {
    TaskStruct task = Helpers.viewAt(TaskStruct.class, exec.argument(0));
    int pid = task.tgid();
    if (pid < minPid) return;
    seen++;
    long now = Helpers.ktimeGetNs();
    starts.put(pid, now);
    Event event = events.reserve();
    if (event == null) return;
    event.ts = now;
    event.pid = pid;
    event.ppid = task.realParent().tgid();
    task.comm().copyTo(event.comm);
    events.submit(event);
  }

  @RawTracepoint("sched_process_exit")
  static void onExit(RawTracepointContext exit) {
    TaskStruct task = Helpers.viewAt(TaskStruct.class, exit.argument(0));
    starts.remove(task.tgid());
  }
}
