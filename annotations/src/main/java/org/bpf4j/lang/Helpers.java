package org.bpf4j.lang;

import java.util.function.IntPredicate;

/// The functions that the kernel provides to programs, under the kernel's own names.
///
/// A call is one instruction of the program. Which kinds of programs may call a function, from
/// which kernel on and under which licence, the compiler knows. Numbers that the kernel calls
/// unsigned arrive as Java's signed ones, bit by bit.
public final class Helpers {

  /// `BPF_MAX_LOOPS`.
  private static final int MAX_LOOPS = 1 << 23;

  private static final int E2BIG = 7;

  private Helpers() {}

  /// The time since boot in nanoseconds, without the time that the machine was suspended; the clock
  /// of [System#nanoTime] on Linux.
  public static long ktimeGetNs() {
    return Host.current().ktimeGetNs();
  }

  /// The time since boot in nanoseconds, with the time that the machine was suspended.
  public static long ktimeGetBootNs() {
    return Host.current().ktimeGetBootNs();
  }

  /// Like [#ktimeGetNs], but cheaper and only as fine as the kernel's tick: 1 to 10 milliseconds.
  public static long ktimeGetCoarseNs() {
    return Host.current().ktimeGetCoarseNs();
  }

  /// The international atomic time in nanoseconds since 1970.
  public static long ktimeGetTaiNs() {
    return Host.current().ktimeGetTaiNs();
  }

  /// The kernel's ticks since boot.
  public static long jiffies64() {
    return Host.current().jiffies64();
  }

  /// A pseudo-random number of 32 bits.
  public static int getPrandomU32() {
    return Host.current().getPrandomU32();
  }

  /// The number of the CPU that the program runs on, from 0.
  public static int getSmpProcessorId() {
    return Host.current().getSmpProcessorId();
  }

  /// The number of the memory node of this CPU, from 0.
  public static int getNumaNodeId() {
    return Host.current().getNumaNodeId();
  }

  /// The current process (the kernel's `tgid`) in the upper 32 bits, the current thread (`pid`) in
  /// the lower.
  public static long getCurrentPidTgid() {
    return Host.current().getCurrentPidTgid();
  }

  /// The current group in the upper 32 bits, the current user in the lower.
  public static long getCurrentUidGid() {
    return Host.current().getCurrentUidGid();
  }

  /// The address of the current task's `task_struct`.
  public static long getCurrentTask() {
    return Host.current().getCurrentTask();
  }

  /// The number of the current task's cgroup (version 2).
  public static long getCurrentCgroupId() {
    return Host.current().getCurrentCgroupId();
  }

  /// Copies the current thread's name, 15 bytes at most, and sets the rest to zero.
  public static void getCurrentComm(BpfString to) {
    Host.current().getCurrentComm(to);
  }

  /// The current task as a view.
  ///
  /// @param view a [KernelStruct] interface for `task_struct`
  public static <T> T currentTask(Class<T> view) {
    return Host.current().currentTask(view);
  }

  /// Copies a string from an address in the kernel, or as much as there is room for with a
  /// terminating zero.
  ///
  /// @return the bytes copied, the zero included, or a negative error number
  public static int probeReadKernelStr(BpfString to, long address) {
    return Host.current().probeReadKernelStr(to, address);
  }

  /// Copies a string from an address in the current process, or as much as there is room for with a
  /// terminating zero.
  ///
  /// @return the bytes copied, the zero included, or a negative error number
  public static int probeReadUserStr(BpfString to, long address) {
    return Host.current().probeReadUserStr(to, address);
  }

  /// Sends the packet to another interface, once the program has returned [XdpAction#REDIRECT] or
  /// [TcAction#REDIRECT].
  ///
  /// @param ifindex the interface's number
  /// @param flags 0; in [Tc] programs 1 (`BPF_F_INGRESS`) for that interface's receiving side
  /// @return the number of the action to return
  public static long redirect(int ifindex, int flags) {
    return Host.current().redirect(ifindex, flags);
  }

  /// Sends a signal to the current process.
  ///
  /// @return 0, or a negative error number
  public static int sendSignal(int signal) {
    return Host.current().sendSignal(signal);
  }

  /// Writes a line to the kernel's trace, `/sys/kernel/tracing/trace_pipe`; for debugging.
  ///
  /// @param format a constant expression with Java's `%d %x %s %c`
  /// @param args numbers, booleans, characters and a [BpfString] for `%s`; more than three need
  ///   kernel 5.16
  public static void printk(String format, Object... args) {
    Host.current().printk(format, args);
  }

  /// Calls a function with 0, 1, 2 … until it gives false, or that many times: for loops that are
  /// too long for the verifier to follow. It sees the function once.
  ///
  /// @param count how often at most; beyond 8,388,608 (`BPF_MAX_LOOPS`) nothing is called and the
  ///   result is -7 (`E2BIG`)
  /// @param body what is done in each round; whether to go on
  /// @return the number of calls
  public static int loop(int count, IntPredicate body) {
    if (Integer.compareUnsigned(count, MAX_LOOPS) > 0) {
      return -E2BIG;
    }
    for (int i = 0; i < count; i++) {
      if (!body.test(i)) {
        return i + 1;
      }
    }
    return count;
  }

  /// Copies a struct into another of the same class.
  public static <T> void copy(T from, T to) {
    Host.current().copy(from, to);
  }
}
