package org.bpf4j.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A range of this process's addresses that is kept for an arena until the arena is mapped there.
///
/// It begins at a multiple of 4 GB, as programs expect: the low half of a reference counts from the
/// arena's start.
///
/// @param address its first byte
/// @param bytes its length
public record ArenaPlace(long address, long bytes) {

  private static final long ALIGNMENT = 1L << 32;

  /// `PROT_READ | PROT_WRITE`.
  private static final int READ_WRITE = 3;

  /// `MAP_SHARED | MAP_FIXED`.
  private static final int SHARED_FIXED = 0x11;

  /// `MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE`.
  private static final int NOTHING_YET = 0x4022;

  /// Keeps a range.
  ///
  /// @param bytes its length, a multiple of the page size
  public static ArenaPlace reserve(long bytes) {
    long room = bytes + ALIGNMENT;
    long from = checked(Native.call(SystemCall.MMAP, 0, room, 0, NOTHING_YET, -1, 0), room);
    long address = Math.ceilDiv(from, ALIGNMENT) * ALIGNMENT;
    if (address > from) {
      Memory.unmap(from, address - from);
    }
    Memory.unmap(address + bytes, from + room - (address + bytes));
    return new ArenaPlace(address, bytes);
  }

  /// Maps an arena there; closing the owner unmaps it.
  MemorySegment map(Descriptor arena, Arena owner) {
    long at =
        Native.call(SystemCall.MMAP, address, bytes, READ_WRITE, SHARED_FIXED, arena.number(), 0);
    return Native.mapping(checked(at, bytes), bytes, owner);
  }

  /// Gives the range back, if no arena was mapped there.
  public void release() {
    Memory.unmap(address, bytes);
  }

  private static long checked(long address, long bytes) {
    Failure.check(address > -4096 && address < 0 ? address : 0, "mmap of " + bytes + " bytes");
    return address;
  }
}
