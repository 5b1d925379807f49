package org.bpf4j.handle;

/// A program for the samples of a counter. [#attachTo] takes a [Hook.PerfEvent] with a cookie, by
/// which it tells its counters apart.
public final class PerfEventProgram extends ProgramHandle {

  PerfEventProgram(LoadedObject object, String name, Links links) {
    super(object, name, links);
  }

  /// Attaches to a counter on one CPU, whatever runs there.
  ///
  /// @param period how many events a sample stands for; nanoseconds for clocks
  /// @throws org.bpf4j.kernel.NoSuchTargetException if the machine has no such counter
  public Link attach(PerfCounter counter, long period, int cpu) {
    return attachTo(new Hook.PerfEvent(counter, period, -1, cpu));
  }

  /// Attaches to a counter of one thread, wherever it runs.
  ///
  /// @param period how many events a sample stands for; nanoseconds for clocks
  /// @param thread the thread; a process's first has the process's number
  /// @throws org.bpf4j.kernel.NoSuchTargetException if the machine has no such counter
  public Link attachToThread(PerfCounter counter, long period, long thread) {
    return attachTo(new Hook.PerfEvent(counter, period, thread, -1));
  }
}
