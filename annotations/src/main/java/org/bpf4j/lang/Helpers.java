package org.bpf4j.lang;

import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.bpf4j.lang.host.MemoryDynptr;
import org.jspecify.annotations.Nullable;

/// The functions that the kernel provides to programs, under the kernel's own names.
///
/// A call is one instruction of the program. Which kinds of programs may call a function, from
/// which kernel on and under which licence, the compiler knows. Numbers that the kernel calls
/// unsigned arrive as Java's signed ones, bit by bit. A buffer is a [Struct], an array, a
/// [BpfString] or, where it is only read, a [Header] view; its size is not an argument. Of an array
/// a part can be given: where it begins and how many elements it has, one of them a constant. A
/// part that reaches beyond the array aborts.
///
/// What other types of the language do better is not here: maps, ring buffers, tail calls, methods
/// of contexts. The classes above this one are its parts by topic; programs name this one.
public final class Helpers extends TracingHelpers {

  /// `BPF_MAX_LOOPS`.
  private static final int MAX_LOOPS = 1 << 23;

  private static final int E2BIG = 7;

  private Helpers() {}

  /// The current task as a view.
  ///
  /// @param view a [KernelStruct] interface for `task_struct`
  public static <T> T currentTask(Class<T> view) {
    return Host.current().currentTask(view);
  }

  /// What an address in the kernel points to, as a view: for addresses that come as numbers, from a
  /// raw tracepoint or a map.
  ///
  /// @param view a [KernelStruct] interface
  /// @param address where the struct lies; reading where none is gives zeroes
  public static <T> T viewAt(Class<T> view, long address) {
    return Host.current().viewAt(view, address);
  }

  /// The address of a struct in the kernel: what tells it from others of its kind as long as it
  /// lives, and what a map can keep.
  ///
  /// @param view of a [KernelStruct] interface; 0 for null
  public static long addressOf(@Nullable Object view) {
    return view == null ? 0 : Host.current().addressOf(view);
  }

  /// Writes a line to the kernel's trace, `/sys/kernel/tracing/trace_pipe`; for debugging.
  ///
  /// @param format a constant expression with Java's `%d %x %s %c`
  /// @param args up to twelve numbers, characters and a [BpfString] for `%s`; more than three need
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

  /// The numbers from 0 up to another, which is none of them; see [#range(int, int)].
  public static Range range(int to) {
    return new Range(0, to);
  }

  /// The numbers from one up to another, which is none of them. It is what an enhanced `for` goes
  /// over, as fast as a loop that counts.
  public static Range range(int from, int to) {
    return new Range(from, to);
  }

  /// Finds the area of a task's memory that an address is in, and calls a function with it, once;
  /// not if another process holds the lock of that memory (`EBUSY`).
  ///
  /// @param task a view of a `task_struct`, as the kernel gave it to the program
  /// @param view a [KernelStruct] interface for `vm_area_struct`
  /// @return 0 or a negative error number
  public static <V> int findVma(Object task, long address, Class<V> view, Consumer<V> body) {
    return Host.current().findVma(task, address, view, body);
  }

  /// The variable of the kernel that the CPU has on which the program runs.
  ///
  /// @param variable a [Ksym] of which each CPU has its own; it is named, and not read
  public static <T> T thisCpuPtr(T variable) {
    return variable;
  }

  /// The variable of the kernel that a CPU has, or null if there is no such CPU.
  ///
  /// @param variable a [Ksym] of which each CPU has its own; it is named, and not read
  public static <T> @Nullable T perCpuPtr(T variable, int cpu) {
    return Host.current().call("perCpuPtr", 1L, cpu) == 0 ? null : variable;
  }

  /// Whether the running kernel has a function or variable: known when the program is loaded, so
  /// code behind it that cannot run is no code at all.
  ///
  /// @param symbol a constant expression: the name of a [Kfunc], a [Ksym] or any other symbol
  public static boolean kernelHas(String symbol) {
    return Host.current().kernelHas(symbol);
  }

  /// Whether a [KprobeSession] or [UprobeSession] program runs when the function returns, and not
  /// at its entry; needs Linux 6.10.
  public static boolean sessionIsReturn() {
    return Host.current().isReturn();
  }

  /// Memory as what functions of the kernel take that want its length too (5.19), or null if
  /// `flags` is not 0.
  ///
  /// @param memory a struct, an array or a [BpfString] in the value of a map or in a static field
  public static @Nullable Dynptr dynptrFromMem(Object memory, long flags) {
    return flags == 0 ? new MemoryDynptr(memory) : null;
  }

  /// Copies a struct into another of the same class.
  public static <T> void copy(T from, T to) {
    Host.current().copy(from, to);
  }
}
