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

  /// `MAP_PRIVATE`.
  private static final int PRIVATE = 2;

  /// `MAP_ANONYMOUS`, on x86-64 and arm64.
  private static final int ANONYMOUS = 32;

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
    MemorySegment mapping = map(bytes, protection, SHARED, descriptor.number(), offset, owner);
    return writable ? mapping : mapping.asReadOnly();
  }

  /// Memory that takes none before it is written to, and holds zeroes until then: for what the
  /// kernel may write much to, and mostly does not.
  ///
  /// @param bytes the length, a multiple of the page size
  public static MemorySegment reserve(long bytes, Arena owner) {
    return map(bytes, READ | WRITE, PRIVATE | ANONYMOUS, -1, 0, owner);
  }

  private static MemorySegment map(
      long bytes, int protection, int flags, int descriptor, long offset, Arena owner) {
    long address = Native.call(SystemCall.MMAP, 0, bytes, protection, flags, descriptor, offset);
    Failure.check(address > -4096 && address < 0 ? address : 0, "mmap of " + bytes + " bytes");
    return Native.mapping(address, bytes, owner);
  }

  /// The least multiple of the page size that is at least `bytes`.
  public static long pages(long bytes) {
    return Math.ceilDiv(bytes, PAGE_BYTES) * (long) PAGE_BYTES;
  }

  static void unmap(long address, long bytes) {
    Native.call(SystemCall.MUNMAP, address, bytes, 0, 0, 0, 0);
  }
}
