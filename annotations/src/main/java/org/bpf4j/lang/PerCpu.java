package org.bpf4j.lang;

/// Scratch memory: one struct for each CPU, for what does not fit on a program's stack of 512 bytes
/// (`MAX_BPF_STACK`).
///
/// Its content is whatever the previous run on that CPU left; a program that needs zeroes writes
/// them. Programs that may sleep cannot use it, since another run may use it meanwhile.
///
/// @param <T> a [Struct]
public final class PerCpu<T> {

  private PerCpu() {}

  /// Declares scratch memory, as the initialiser of a `static final` field.
  public static <T> PerCpu<T> create() {
    return new PerCpu<>();
  }

  /// The struct of the CPU that the program runs on.
  public T get() {
    return Host.of(this).scratch(this);
  }
}
