package org.bpf4j.examples.execcount;

import java.time.Duration;
import java.time.Instant;
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
  /// @param args `--seconds N` to end after that time; without, it goes on until it is stopped
  public static void main(String[] args) throws InterruptedException {
    boolean limited = args.length == 2 && args[0].equals("--seconds");
    try (ExecCounterBpf bpf = ExecCounterBpf.load()) {
      bpf.attachAll();
      Instant end = limited ? Instant.now().plusSeconds(Long.parseLong(args[1])) : Instant.MAX;
      System.out.println("counting");
      while (Instant.now().isBefore(end)) {
        Thread.sleep(Duration.ofSeconds(2));
        System.out.println("execve() calls: " + bpf.execs().get(0));
      }
    }
  }
}
