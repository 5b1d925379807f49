package org.bpf4j.lang;

/// A buffer of records for each CPU, from programs to user space; for kernels before 5.8, and for
/// whoever wants the records of CPUs apart. A [RingBuffer] is better else: it keeps their order and
/// copies less.
///
/// @param <E> a [Struct]
public final class PerfEventArray<E> {

  private PerfEventArray() {}

  /// Declares a map, as the initialiser of a `static final` field; it has a slot for each CPU.
  public static <E> PerfEventArray<E> create() {
    return new PerfEventArray<>();
  }

  /// Copies a record into the buffer of this CPU.
  ///
  /// @return whether user space reads that buffer and there was room; if there was none, the kernel
  ///   counts the record as lost
  public boolean output(E event) {
    return Host.of(this).maps().output(this, event);
  }

  /// The same as [#output(Object)]; the context is the program's own in any case.
  public boolean output(Object context, E event) {
    return output(event);
  }
}
