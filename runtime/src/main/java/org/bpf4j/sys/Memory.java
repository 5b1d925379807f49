package org.bpf4j.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Memory shared with the kernel: `mmap` and `munmap`.
public final class Memory {

  /// `PROT_READ`.
  private static final int READ = 1;

  /// `PROT_WRITE`.
  private static final int WRITE = 2;

  /// `MAP_SHARED`.
  private static final int SHARED = 1;

  /// The size of a page.
  public static final int PAGE_BYTES = Native.pageBytes();

  private Memory() {}

  /// Maps a part of what a descriptor stands for; closing the owner unmaps it.
  ///
  /// @param bytes the length, a multiple of the page size
  /// @param offset where the part begins, a multiple of the page size
  public static MemorySegment map(
      Descriptor descriptor, long bytes, long offset, boolean writable, Arena owner) {
    int protection = writable ? READ | WRITE : READ;
    long address =
        Native.call(SystemCall.MMAP, 0, bytes, protection, SHARED, descriptor.number(), offset);
    Failure.check(address > -4096 && address < 0 ? address : 0, "mmap of " + bytes + " bytes");
    MemorySegment mapping = Native.mapping(address, bytes, owner);
    return writable ? mapping : mapping.asReadOnly();
  }

  /// The least multiple of the page size that is at least `bytes`.
  public static long pages(long bytes) {
    return Math.ceilDiv(bytes, PAGE_BYTES) * (long) PAGE_BYTES;
  }

  static void unmap(long address, long bytes) {
    Native.call(SystemCall.MUNMAP, address, bytes, 0, 0, 0, 0);
  }
}
