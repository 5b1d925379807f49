package org.bpf4j.sim;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.bpf4j.object.Helper;
import org.bpf4j.vm.KernelCall;

/// Helpers about time, CPU, task and tracing.
final class EnvironmentHelpers {

  /// `_NSIG`: the greatest signal.
  private static final int MAX_SIGNAL = 64;

  /// `TASK_COMM_LEN`.
  private static final int COMM_BYTES = 16;

  static final Map<Helper, HelperBody> BODIES =
      Map.ofEntries(
          Map.entry(Helper.KTIME_GET_NS, (run, _) -> run.environment.clock.nanos()),
          Map.entry(Helper.KTIME_GET_BOOT_NS, (run, _) -> run.environment.clock.bootNanos()),
          Map.entry(Helper.KTIME_GET_COARSE_NS, (run, _) -> run.environment.clock.coarseNanos()),
          Map.entry(Helper.KTIME_GET_TAI_NS, (run, _) -> run.environment.clock.taiNanos()),
          Map.entry(Helper.JIFFIES64, (run, _) -> run.environment.clock.jiffies()),
          Map.entry(
              Helper.GET_PRANDOM_U32,
              (run, _) -> Integer.toUnsignedLong(run.environment.nextRandom())),
          Map.entry(Helper.GET_SMP_PROCESSOR_ID, (run, _) -> run.environment.cpu),
          Map.entry(Helper.GET_NUMA_NODE_ID, (run, _) -> run.environment.numaNode),
          Map.entry(Helper.GET_CURRENT_PID_TGID, (run, _) -> run.environment.pidTgid()),
          Map.entry(Helper.GET_CURRENT_UID_GID, (run, _) -> run.environment.uidGid()),
          Map.entry(Helper.GET_CURRENT_TASK, (run, _) -> run.environment.taskAddress),
          Map.entry(Helper.GET_CURRENT_TASK_BTF, (run, _) -> run.environment.taskAddress),
          Map.entry(Helper.GET_CURRENT_CGROUP_ID, (run, _) -> run.environment.task.cgroupId()),
          Map.entry(Helper.THIS_CPU_PTR, (_, call) -> call.argument(1)),
          Map.entry(Helper.PER_CPU_PTR, EnvironmentHelpers::ofCpu),
          Map.entry(Helper.FIND_VMA, (_, _) -> -Errno.ENOENT),
          Map.entry(Helper.GET_ATTACH_COOKIE, (run, _) -> run.environment.cookie),
          Map.entry(Helper.GET_FUNC_RET, EnvironmentHelpers::returned),
          Map.entry(Helper.GET_CURRENT_COMM, EnvironmentHelpers::comm),
          Map.entry(Helper.TRACE_PRINTK, EnvironmentHelpers::trace),
          Map.entry(Helper.TRACE_VPRINTK, EnvironmentHelpers::traceMany),
          Map.entry(Helper.SEQ_PRINTF, EnvironmentHelpers::write),
          Map.entry(Helper.SNPRINTF, EnvironmentHelpers::format),
          Map.entry(Helper.SEND_SIGNAL, EnvironmentHelpers::signal),
          Map.entry(Helper.SEND_SIGNAL_THREAD, EnvironmentHelpers::signal));

  private EnvironmentHelpers() {}

  /// All CPUs have the same variable.
  private static long ofCpu(Run run, KernelCall call) {
    int cpu = (int) call.argument(2);
    return cpu >= 0 && cpu < run.environment.cpus ? call.argument(1) : 0;
  }

  /// The word behind the arguments.
  private static long returned(Run run, KernelCall call) {
    if (!(run.context instanceof PlainContext plain)) {
      return -Errno.EINVAL;
    }
    long last = plain.address() + plain.region().size() - Long.BYTES;
    call.memory().storeLong(call.argument(2), call.memory().loadLong(last));
    return 0;
  }

  private static long comm(Run run, KernelCall call) {
    int size = (int) call.argument(2);
    if (size <= 0) {
      return -Errno.EINVAL;
    }
    byte[] name = run.environment.task.comm().getBytes(StandardCharsets.UTF_8);
    int length = Math.min(Math.min(name.length, COMM_BYTES - 1), size - 1);
    call.memory().clear(call.argument(1), size);
    call.memory().write(call.argument(1), Arrays.copyOf(name, length));
    return 0;
  }

  private static long trace(Run run, KernelCall call) {
    int size = (int) call.argument(2);
    byte[] format = call.memory().read(call.argument(1), size);
    if (size <= 0 || format[size - 1] != 0) {
      return -Errno.EINVAL;
    }
    long[] arguments = {call.argument(3), call.argument(4), call.argument(5)};
    return print(run, format, arguments);
  }

  /// What an iterator writes is seen with what programs print.
  private static long write(Run run, KernelCall call) {
    int size = (int) call.argument(3);
    byte[] format = call.memory().read(call.argument(2), size);
    if (size <= 0 || format[size - 1] != 0) {
      return -Errno.EINVAL;
    }
    print(run, format, words(call, call.argument(4), call.argument(5)));
    return 0;
  }

  private static long traceMany(Run run, KernelCall call) {
    int size = (int) call.argument(2);
    byte[] format = call.memory().read(call.argument(1), size);
    if (size <= 0 || format[size - 1] != 0) {
      return -Errno.EINVAL;
    }
    return print(run, format, words(call, call.argument(3), call.argument(4)));
  }

  private static long[] words(KernelCall call, long address, long bytes) {
    long[] words = new long[(int) bytes / Long.BYTES];
    for (int i = 0; i < words.length; i++) {
      words[i] = call.memory().loadLong(address + (long) i * Long.BYTES);
    }
    return words;
  }

  /// Text of bytes: a character for each.
  private static long format(Run run, KernelCall call) {
    long[] arguments = words(call, call.argument(4), call.argument(5));
    byte[] text =
        TraceFormat.format(run.characters(call.argument(3)), arguments, run::characters)
            .getBytes(StandardCharsets.ISO_8859_1);
    int room = (int) call.argument(2);
    if (room > 0) {
      byte[] ended = Arrays.copyOf(text, Math.min(text.length + 1, room));
      ended[ended.length - 1] = 0;
      call.memory().write(call.argument(1), ended);
    }
    return text.length + 1L;
  }

  private static long print(Run run, byte[] format, long[] arguments) {
    String text = new String(Arrays.copyOf(format, format.length - 1), StandardCharsets.UTF_8);
    String line = TraceFormat.format(text, arguments, run::text);
    run.environment.trace.add(line.endsWith("\n") ? line.substring(0, line.length() - 1) : line);
    return line.getBytes(StandardCharsets.UTF_8).length;
  }

  private static long signal(Run run, KernelCall call) {
    int signal = (int) call.argument(1);
    if (signal < 0 || signal > MAX_SIGNAL) {
      return -Errno.EINVAL;
    }
    run.environment.signals.add(signal);
    return 0;
  }
}
