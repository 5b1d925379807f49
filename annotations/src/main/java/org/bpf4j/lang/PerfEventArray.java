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

  /// Copies the first bytes of a record. User space sees zeroes behind them, except for up to seven
  /// bytes, which hold anything: there the kernel pads what it copied.
  ///
  /// @param bytes how many; a number that the record does not have aborts
  /// @return what [#output(Object)] does
  public boolean outputFirst(E event, int bytes) {
    return Host.of(this).maps().outputFirst(this, event, bytes);
  }

  /// Copies a record, and behind it the first bytes of the packet, fragments included; for programs
  /// of packets only. How many they are user space learns from the record.
  ///
  /// @param packetBytes how many bytes of the packet, up to 1,048,575 (`BPF_F_CTXLEN_MASK`)
  /// @return what [#output(Object)] does; false as well if the packet is shorter, or the number is
  ///   negative
  public boolean outputWithPacket(Context context, E event, int packetBytes) {
    return Host.of(this).maps().outputWithPacket(this, event, packetBytes);
  }

  /// The same as [#output(Object)]; the context is the program's own in any case.
  public boolean output(Object context, E event) {
    return output(event);
  }
}
