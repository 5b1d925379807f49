package org.bpf4j.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// One `BPF_PROG_TEST_RUN`; offsets are those of `union bpf_attr.test` in `linux/bpf.h`.
///
/// @param result 0, or the negated error number; then the rest is empty
/// @param returnValue the program's 32-bit result
/// @param data the packet as the program left it
/// @param context the context as the program left it
/// @param nanoseconds the time of one run, on average
@SuppressWarnings("ArrayRecordComponent") // a result that is taken apart at once
public record ProgramRun(
    long result, int returnValue, byte[] data, byte[] context, long nanoseconds) {

  /// How much a program may add to a packet: headroom and more, `XDP_PACKET_HEADROOM` is 256.
  private static final int GROWTH_BYTES = 512;

  /// Runs a program.
  ///
  /// @param repeat how often, or 0 for kinds that only run once
  /// @param returnsContext whether the kernel writes the context back apart from the input: it does
  ///   for packet contexts, while a `syscall` program's context is written in place
  public static ProgramRun of(
      Descriptor program, byte[] data, byte[] context, int repeat, boolean returnsContext) {
    try (Arena arena = Arena.ofConfined()) {
      int room = data.length == 0 ? 0 : data.length + GROWTH_BYTES;
      MemorySegment dataOut = arena.allocate(room);
      MemorySegment contextIn = arena.allocate(context.length, 8);
      MemorySegment.copy(context, 0, contextIn, ValueLayout.JAVA_BYTE, 0, context.length);
      MemorySegment contextOut = returnsContext ? arena.allocate(context.length, 8) : contextIn;
      MemorySegment attr = arena.allocate(80, 8);
      attr.set(JAVA_INT, 0, program.number());
      if (room > 0) {
        attr.set(JAVA_INT, 8, data.length);
        attr.set(JAVA_INT, 12, room);
        attr.set(JAVA_LONG, 16, arena.allocateFrom(ValueLayout.JAVA_BYTE, data).address());
        attr.set(JAVA_LONG, 24, dataOut.address());
      }
      attr.set(JAVA_INT, 32, repeat);
      if (context.length > 0) {
        attr.set(JAVA_INT, 40, context.length);
        attr.set(JAVA_LONG, 48, contextIn.address());
        if (returnsContext) {
          attr.set(JAVA_INT, 44, context.length);
          attr.set(JAVA_LONG, 56, contextOut.address());
        }
      }
      long result = Bpf.testRun(arena, attr);
      if (result < 0) {
        return new ProgramRun(result, 0, new byte[0], new byte[0], 0);
      }
      int dataLength = Math.clamp(attr.get(JAVA_INT, 12), 0, room);
      return new ProgramRun(
          0,
          attr.get(JAVA_INT, 4),
          dataOut.asSlice(0, dataLength).toArray(ValueLayout.JAVA_BYTE),
          contextOut.toArray(ValueLayout.JAVA_BYTE),
          Integer.toUnsignedLong(attr.get(JAVA_INT, 36)));
    }
  }
}
