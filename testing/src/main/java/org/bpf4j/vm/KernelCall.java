package org.bpf4j.vm;

/// One call of a function of the kernel, while it happens.
public interface KernelCall {

  /// The value of an argument register.
  ///
  /// @param number 1 to 5
  long argument(int number);

  /// The program's memory.
  Memory memory();

  /// Calls a function of the program, as helpers with callbacks do.
  ///
  /// @param function the function's address, as the program passed it
  /// @param arguments at most five
  /// @return its `r0`
  long callBack(long function, long... arguments);

  /// A function of the program, to be called when this run is over.
  ///
  /// @param function the function's address, as the program passed it
  Deferred later(long function);

  /// A function that is called by itself, as a program is.
  @FunctionalInterface
  interface Deferred {
    /// Calls it.
    ///
    /// @param arguments at most five
    Outcome run(Helpers helpers, long... arguments);
  }
}
