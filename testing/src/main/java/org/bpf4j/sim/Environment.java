package org.bpf4j.sim;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bpf4j.object.KernelIterator;

/// What programs can observe of the machine they run on, apart from maps and contexts.
///
/// Shared by the two ways to run a program, so that the same test sees the same world in both.
final class Environment {

  /// That of Linux 6.12.
  private static final int VERSION = 6 << 16 | 12 << 8;

  final Timers timers = new Timers();
  final Timers work = new Timers();
  final SimulatedClock clock = new SimulatedClock(timers);
  final ForeignMemory foreign = new ForeignMemory();
  final List<String> trace = new ArrayList<>();
  final List<Integer> signals = new ArrayList<>();
  final Map<String, String> configuration =
      new HashMap<>(
          Map.of(
              "LINUX_KERNEL_VERSION",
              Integer.toString(VERSION),
              "CONFIG_BPF",
              "y",
              "CONFIG_BPF_SYSCALL",
              "y"));
  final Map<String, Long> symbols = new HashMap<>();
  final int cpus;
  Task task = Task.DEFAULT;
  long taskAddress = foreign.placeTask();
  final Map<KernelIterator, List<Long>> lists = new EnumMap<>(KernelIterator.class);
  int cpu;

  /// What the program that runs was attached with, or 0.
  long cookie;

  int numaNode;
  private Random random = new Random(1);

  /// Creates an environment with that many CPUs.
  Environment(int cpus) {
    if (cpus < 1) {
      throw new IllegalArgumentException("a kernel with " + cpus + " CPUs");
    }
    this.cpus = cpus;
  }

  /// Does the work that waits; what is started meanwhile waits for the next run of a program.
  void work() {
    work.all().forEach(waiting -> waiting.code().run());
  }

  /// The addresses of what an iterator gives; without further ado there is one task.
  List<Long> listed(KernelIterator iterator) {
    boolean tasks = iterator.iteration().item().struct().equals("task_struct");
    List<Long> otherwise = tasks ? List.of(taskAddress) : List.of();
    return lists.getOrDefault(iterator, otherwise);
  }

  /// Starts the random numbers anew.
  void seed(long seed) {
    random = new Random(seed);
  }

  /// The next random number (`bpf_get_prandom_u32`).
  int nextRandom() {
    return random.nextInt();
  }

  /// The thread in the lower half, the process in the upper (`bpf_get_current_pid_tgid`).
  long pidTgid() {
    return (long) task.tgid() << 32 | Integer.toUnsignedLong(task.pid());
  }

  /// The user in the lower half, the group in the upper (`bpf_get_current_uid_gid`).
  long uidGid() {
    return (long) task.gid() << 32 | Integer.toUnsignedLong(task.uid());
  }
}
