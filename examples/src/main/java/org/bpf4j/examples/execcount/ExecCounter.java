package org.bpf4j.examples.execcount;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.Tracepoint;

/// Counts the `execve` system calls of the whole machine.
@Bpf(license = "GPL")
public final class ExecCounter {

  static final BpfArray<AtomicLong> execs = BpfArray.create(1);

  private ExecCounter() {}

  @Tracepoint("syscalls/sys_enter_execve")
  static void onExecve() {
    AtomicLong count = execs.get(0);
    count.incrementAndGet();
  }

  /// Prints the count every two seconds.
  ///
  /// @param args how many times to print; without, it goes on until it is stopped
  public static void main(String[] args) throws InterruptedException {
    long times = args.length > 0 ? Long.parseLong(args[0]) : Long.MAX_VALUE;
    try (ExecCounterBpf bpf = ExecCounterBpf.load()) {
      bpf.attachAll();
      for (long i = 0; i < times; i++) {
        Thread.sleep(Duration.ofSeconds(2));
        System.out.println("execve() calls: " + bpf.execs().get(0));
      }
    }
  }
}
